#include "net/handle_pool.h"

#include <curl/curl.h>

#include <algorithm>
#include <new>
#include <utility>

namespace restorewatch {

void EasyDeleter::operator()(void* easy) const {
  curl_easy_cleanup(easy);
}

PooledHandle HandlePool::take(const std::string& session) {
  const auto found = std::find_if(idle_.rbegin(), idle_.rend(), [&](const PooledHandle& handle) {
    return handle.session == session;
  });
  if (found == idle_.rend()) return fresh(session);
  PooledHandle handle = std::move(*found);
  idle_.erase(std::next(found).base());
  return handle;
}

void HandlePool::give_back(PooledHandle handle) {
  if (!handle.easy) return;
  idle_.push_back(std::move(handle));
  if (idle_.size() > max_idle_) idle_.pop_front();
}

PooledHandle HandlePool::fresh(const std::string& session) {
  EasyHandle easy(curl_easy_init());
  if (!easy) throw std::bad_alloc();
  return {std::move(easy), session};
}

}  // namespace restorewatch
