// restorewatch_soak [--seconds N] [--seed N]; see soak.h. Exits with 1 if anything was not true.

#include <cstdlib>
#include <iostream>
#include <string_view>

#include "soak/soak.h"

int main(int count, char** arguments) {
  int seconds = 600;
  int seed = 1;
  for (int i = 1; i + 1 < count; i += 2) {
    const std::string_view flag = arguments[i];
    if (flag == "--seconds") seconds = std::atoi(arguments[i + 1]);
    if (flag == "--seed") seed = std::atoi(arguments[i + 1]);
  }
  if (seconds <= 0 || count % 2 == 0) {
    std::cerr << "restorewatch_soak [--seconds N] [--seed N]\n";
    return 2;
  }
  try {
    restorewatch::Soak soak(static_cast<std::uint32_t>(seed), std::chrono::seconds(seconds));
    return soak.run() ? 0 : 1;
  } catch (const std::exception& e) {
    std::cerr << e.what() << "\n";
    return 1;
  }
}
