#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "web/answer_maker.h"
#include "web/crowd.h"
#include "web/inbox.h"

namespace restorewatch {

/// A request that may be answered.
struct Job {
  ConnectionId connection = 0;
  WebRequest request;
  std::shared_ptr<const WebHeaders> added;
  bool stays = false;
};

/// The threads on which answers are made. What is urgent comes first, and one thread does nothing
/// else: however many ask for a page that takes long, a scrape does not wait for them.
class Workers {
 public:
  struct Options {
    std::size_t threads = 4;            // two at least
    std::size_t queue = 64;             // of what is not urgent
    std::vector<std::string> urgent{};  // paths
    AnswerMaker::Promise promise{};
  };
  Workers(Options options, WebHandler handler, std::shared_ptr<Inbox> inbox);

  /// The answer comes into the inbox. False: too much is waiting already.
  bool submit(Job job);

 private:
  using Queue = std::deque<Job>;

  void work(const std::stop_token& stop, bool takes_all);

  Options options_;
  WebHandler handler_;
  std::shared_ptr<Inbox> inbox_;
  std::mutex mutex_;  // guards the two below
  Queue urgent_;
  Queue others_;
  std::condition_variable_any urgent_came_;  // for the one thread
  std::condition_variable_any came_;         // for those that take all
  std::vector<std::jthread> threads_;        // last, so that they end first
};

}  // namespace restorewatch
