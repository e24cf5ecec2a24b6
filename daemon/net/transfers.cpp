#include "net/transfers.h"

#include <curl/curl.h>

#include <exception>
#include <new>
#include <utility>

namespace restorewatch {
namespace {

Error broken(const char* what, CURLMcode code) {
  return Error{ErrorKind::Other, std::string(what) + ": " + curl_multi_strerror(code)};
}

}  // namespace

void Transfers::MultiDeleter::operator()(void* multi) const {
  curl_multi_cleanup(multi);
}

Transfers::Transfers(TransferSettings settings, std::size_t max_connections)
    : settings_(std::move(settings)),
      max_connections_(max_connections),
      pool_(2 * max_connections),
      multi_(curl_multi_init()) {
  if (!multi_) throw std::bad_alloc();
  set_max_connections(max_connections);
  curl_multi_setopt(multi_.get(), CURLMOPT_PIPELINING, CURLPIPE_NOTHING);
}

void Transfers::set_max_connections(std::size_t connections) {
  max_connections_ = connections;
  pool_.set_max_idle(2 * connections);
  const long limit = static_cast<long>(connections);
  curl_multi_setopt(multi_.get(), CURLMOPT_MAX_TOTAL_CONNECTIONS, limit);
  curl_multi_setopt(multi_.get(), CURLMOPT_MAXCONNECTS, limit);  // kept open while idle
}

Transfers::~Transfers() {
  for (const auto& [easy, transfer] : running_) curl_multi_remove_handle(multi_.get(), easy);
}

void Transfers::add(HttpRequest request, HttpTransport::Done done) {
  waiting_.push_back(std::make_unique<Transfer>(std::move(request), std::move(done)));
}

Status Transfers::perform() {
  while (can_begin()) {
    TransferPtr next = std::move(waiting_.front());
    waiting_.pop_front();
    PooledHandle handle = pool_.take(next->session());
    begin(std::move(next), std::move(handle));
  }
  int running = 0;
  const CURLMcode code = curl_multi_perform(multi_.get(), &running);
  if (code != CURLM_OK) return broken("curl_multi_perform", code);
  collect();
  return Success{};
}

void Transfers::begin(TransferPtr transfer, PooledHandle handle) {
  const Status ready = transfer->prepare(std::move(handle), settings_);
  if (!ready) return transfer->finish(ready.error());
  void* const easy = transfer->easy();
  if (const CURLMcode code = curl_multi_add_handle(multi_.get(), easy); code != CURLM_OK) {
    return transfer->finish(Error{ErrorKind::Unreachable, broken("not sent", code).detail});
  }
  running_.emplace(easy, std::move(transfer));
}

void Transfers::collect() {
  int left = 0;
  while (const CURLMsg* message = curl_multi_info_read(multi_.get(), &left)) {
    if (message->msg == CURLMSG_DONE) ended(message->easy_handle, message->data.result);
  }
}

void Transfers::ended(void* easy, int curl_code) {
  curl_multi_remove_handle(multi_.get(), easy);
  auto node = running_.extract(easy);
  if (node.empty()) return;
  TransferPtr transfer = std::move(node.mapped());
  Result<HttpResponse> outcome = transfer->outcome(curl_code);
  if (transfer->try_fresh_login(outcome)) {
    PooledHandle handle = HandlePool::fresh(transfer->session());
    return begin(std::move(transfer), std::move(handle));
  }
  pool_.give_back(transfer->take_handle(outcome));
  transfer->finish(std::move(outcome));
}

Status Transfers::wait(std::chrono::milliseconds longest) {
  const int timeout_ms = can_begin() ? 0 : static_cast<int>(longest.count());
  const CURLMcode code = curl_multi_poll(multi_.get(), nullptr, 0, timeout_ms, nullptr);
  if (code != CURLM_OK) return broken("curl_multi_poll", code);
  return Success{};
}

void Transfers::wake() {
  curl_multi_wakeup(multi_.get());
}

void Transfers::fail_all(const Error& why) {
  while (!running_.empty() || !waiting_.empty()) {
    TransferPtr transfer;
    if (!running_.empty()) {
      auto node = running_.extract(running_.begin());
      curl_multi_remove_handle(multi_.get(), node.key());
      transfer = std::move(node.mapped());
    } else {
      transfer = std::move(waiting_.front());
      waiting_.pop_front();
    }
    transfer->finish(why);
  }
}

}  // namespace restorewatch
