#pragma once

#include <cstddef>
#include <list>
#include <memory>
#include <string>

namespace restorewatch {

struct EasyDeleter {
  void operator()(void* easy) const;
};
/// A libcurl easy handle. libcurl declares its type `CURL` as void.
using EasyHandle = std::unique_ptr<void, EasyDeleter>;

/// An easy handle and what is known about its past.
struct PooledHandle {
  EasyHandle easy;
  std::string session;
  bool holds_nonce = false;    // a digest login has succeeded with it: the next request re-uses it
  std::size_t body_bytes = 0;  // of its last answer; most of a session's answers are alike
};

/// Idle easy handles, by the session they served. A digest nonce and its counter live in a handle,
/// so a handle goes back to its own session only; connections are shared by all of them through
/// the multi handle. The one used last is taken first: its nonce is the freshest.
class HandlePool {
 public:
  explicit HandlePool(std::size_t max_idle) : max_idle_(max_idle) {}

  void set_max_idle(std::size_t handles) { max_idle_ = handles; }

  PooledHandle take(const std::string& session);
  void give_back(PooledHandle handle);

  /// A handle without a past.
  static PooledHandle fresh(const std::string& session);

 private:
  std::size_t max_idle_;  // beyond it, the one idle for longest is closed
  std::list<PooledHandle> idle_;
};

}  // namespace restorewatch
