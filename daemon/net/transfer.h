#pragma once

#include <array>
#include <chrono>
#include <memory>
#include <string>

#include "base/http_transport.h"
#include "net/answer.h"
#include "net/handle_pool.h"
#include "net/request_url.h"
#include "net/trust_anchors.h"

struct curl_slist;

namespace restorewatch {

/// What all transfers of a loop have in common.
struct TransferSettings {
  std::string user_agent;
  std::string proxy_url;  // empty: none, whatever the environment says
  TrustAnchors anchors;
};

/// One request on its way: it sets up an easy handle, collects the answer, and says what came of
/// it. Stays where it is while under way, since libcurl holds its address.
class Transfer {
 public:
  Transfer(HttpRequest request, HttpTransport::Done done);
  Transfer(const Transfer&) = delete;
  Transfer& operator=(const Transfer&) = delete;

  const std::string& session() const { return request_.session; }

  /// Makes `handle` ready to be sent; `settings` must outlive the transfer. Errors: Unreachable
  /// for a URL that may not be asked, Malformed for a header that could not be sent safely.
  Status prepare(PooledHandle handle, const TransferSettings& settings);

  void* easy() const { return handle_.easy.get(); }

  /// What came of it, given the CURLcode that it ended with.
  Result<HttpResponse> outcome(int curl_code);

  /// True once: the server refused a digest nonce that an earlier request had been accepted with,
  /// and there is time left to log in anew. (It may have forgotten its nonces and not say stale.)
  bool try_fresh_login(const Result<HttpResponse>& outcome);

  /// The handle, if it is fit for another request of its session; else an empty one.
  PooledHandle take_handle(const Result<HttpResponse>& outcome);

  /// Tells the caller. The last use of a transfer.
  void finish(Result<HttpResponse> outcome);

 private:
  struct ListDeleter {
    void operator()(curl_slist* list) const;
  };

  Status build_headers();
  bool apply(UrlClass url_class, const TransferSettings& settings);
  bool uses_digest() const;
  std::chrono::milliseconds time_left() const;

  HttpRequest request_;
  HttpTransport::Done done_;
  PooledHandle handle_;
  std::unique_ptr<curl_slist, ListDeleter> headers_;
  Answer answer_;
  std::array<char, 256> words_{};         // CURL_ERROR_SIZE
  std::chrono::microseconds elapsed_{0};  // of this attempt and the one before
  bool reused_nonce_ = false;
  bool tried_fresh_login_ = false;
};

}  // namespace restorewatch
