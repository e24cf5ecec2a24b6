#include "app/named_thread.h"

#include <pthread.h>

#include <exception>
#include <utility>

namespace restorewatch {

std::jthread start_thread(const char* name, Log log, std::function<void(std::stop_token)> body,
                          std::function<void()> on_death) {
  return std::jthread([name, log = std::move(log), body = std::move(body),
                       on_death = std::move(on_death)](std::stop_token stop) {
    pthread_setname_np(pthread_self(), name);
    try {
      return body(std::move(stop));
    } catch (const std::exception& exception) {
      log.error("a thread died", {{"thread", name}, {"reason", exception.what()}});
    } catch (...) {
      log.error("a thread died", {{"thread", name}});
    }
    on_death();
  });
}

}  // namespace restorewatch
