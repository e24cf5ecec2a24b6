#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <string>

#include "end_to_end/trial.h"

namespace restorewatch {

/// Everything that can go wrong around the daemon, drawn by a seed, for as long as is wished; in
/// the end all is held against the truth.
class Soak {
 public:
  Soak(std::uint32_t seed, std::chrono::seconds time);

  /// The report, a table, on standard output. True: there is no difference.
  bool run();

 private:
  void live_on(std::chrono::steady_clock::time_point until);
  void do_something();
  void add_fault();
  void change_receiver();
  void fill_or_free_disk();
  void signal_reload();
  void end_all_trouble();
  void report(const Verdict& verdict, std::chrono::seconds took);
  void keep_what_there_is();

  const std::uint32_t seed_;
  const std::chrono::seconds time_;
  Trial trial_;
  std::map<std::string, int> done_;  // what was done, by its name
  bool disk_is_full_ = false;
};

}  // namespace restorewatch
