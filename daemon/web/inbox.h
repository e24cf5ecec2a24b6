#pragma once

#include <mutex>
#include <variant>
#include <vector>

#include "web/access.h"
#include "web/answer_maker.h"
#include "web/crowd.h"

namespace restorewatch {

/// What other threads have to tell the server's loop of a connection.
struct Message {
  ConnectionId connection = 0;
  std::variant<Admission, MadeAnswer> content;
};

/// Where they put it. Whoever may be late holds a share of it, and may outlive the server.
class Inbox {
 public:
  Inbox();
  ~Inbox();
  Inbox(const Inbox&) = delete;
  Inbox& operator=(const Inbox&) = delete;

  /// Wakes the loop, if that sleeps. Thread-safe.
  void put(Message message);
  void wake() const;

  // For the loop:

  int descriptor() const { return descriptor_; }  // readable: somebody has woken the loop

  /// What has come. None: from now on put() wakes, and the loop may sleep.
  std::vector<Message> take();

  /// The loop sleeps no more. `was_woken`: the descriptor was readable.
  void awake(bool was_woken);

 private:
  int descriptor_;
  std::mutex mutex_;  // guards the two below
  std::vector<Message> messages_;
  bool asleep_ = false;
};

}  // namespace restorewatch
