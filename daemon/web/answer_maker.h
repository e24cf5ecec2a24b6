#pragma once

#include <chrono>
#include <memory>

#include "base/web_exchange.h"

namespace restorewatch {

/// An answer as it goes over the wire.
struct MadeAnswer {
  SharedText bytes;  // empty: none could be made
  int status = 0;
  bool stays = false;  // the connection may serve another request
};

/// Asks the handler and puts its answer into bytes, by cpp-httplib. What stands behind the library
/// here has no socket, no thread and no time, so that nothing of a client reaches those of its
/// parts. One for each thread.
class AnswerMaker {
 public:
  struct Promise {  // what a client that stays is told
    std::chrono::seconds idle{};
    std::size_t requests = 0;
  };
  AnswerMaker(WebHandler handler, const Promise& promise);
  ~AnswerMaker();

  /// `added`: headers of every answer. `stays`: whether the connection would serve another one.
  /// Whatever the handler throws is a 500 that does not tell what it was.
  MadeAnswer make(const WebRequest& request, const WebHeaders& added, bool stays);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace restorewatch
