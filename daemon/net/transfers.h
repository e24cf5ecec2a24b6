#pragma once

#include <chrono>
#include <cstddef>
#include <deque>
#include <map>
#include <memory>
#include <string>

#include "base/http_transport.h"
#include "base/result.h"
#include "net/curl_global.h"
#include "net/handle_pool.h"
#include "net/transfer.h"

namespace restorewatch {

/// All transfers of a loop, and their connections. At most `max_connections` are under way;
/// further requests wait here, so that their deadlines begin with the transfer and not with the
/// waiting. Everything but wake() belongs to the loop's thread.
class Transfers {
 public:
  Transfers(TransferSettings settings, std::size_t max_connections);
  ~Transfers();
  Transfers(const Transfers&) = delete;
  Transfers& operator=(const Transfers&) = delete;

  /// How many may be under way from now on. Those that are go on.
  void set_max_connections(std::size_t connections);

  void add(HttpRequest request, HttpTransport::Done done);

  /// Begins what may begin, moves bytes, and calls the `done` of what has ended.
  Status perform();

  /// Blocks until a transfer can go on, wake() is called, or `longest` has passed.
  Status wait(std::chrono::milliseconds longest);

  /// Ends a wait(), the next one if none is going on. Thread-safe.
  void wake();

  /// Ends every transfer at once and calls its `done` with `why`, until none is left.
  void fail_all(const Error& why);

 private:
  using TransferPtr = std::unique_ptr<Transfer>;
  struct MultiDeleter {
    void operator()(void* multi) const;
  };

  bool can_begin() const { return !waiting_.empty() && running_.size() < max_connections_; }
  void begin(TransferPtr transfer, PooledHandle handle);
  void collect();
  void ended(void* easy, int curl_code);

  CurlGlobal curl_;
  TransferSettings settings_;
  std::size_t max_connections_;
  HandlePool pool_;
  std::unique_ptr<void, MultiDeleter> multi_;  // a CURLM, which libcurl declares as void
  std::deque<TransferPtr> waiting_;
  std::map<void*, TransferPtr> running_;  // by their easy handle
};

}  // namespace restorewatch
