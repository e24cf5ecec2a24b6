#include "web/workers.h"

#include <pthread.h>

#include <algorithm>
#include <utility>

namespace restorewatch {
namespace {

/// Empty where memory or the library fails: the connection ends, the thread does not.
MadeAnswer answer_to(const Job& job, AnswerMaker& maker) {
  try {
    return maker.make(job.request, *job.added, job.stays);
  } catch (...) {
    return {};
  }
}

}  // namespace

Workers::Workers(Options options, WebHandler handler, std::shared_ptr<Inbox> inbox)
    : options_(std::move(options)), handler_(std::move(handler)), inbox_(std::move(inbox)) {
  for (std::size_t i = 0; i < std::max<std::size_t>(options_.threads, 2); ++i) {
    threads_.emplace_back([this, takes_all = i > 0](const std::stop_token& stop) {
      pthread_setname_np(pthread_self(), "http-worker");
      work(stop, takes_all);
    });
  }
}

bool Workers::submit(Job job) {
  const bool is_urgent =
      std::ranges::find(options_.urgent, job.request.path) != options_.urgent.end();
  {
    const std::lock_guard lock(mutex_);
    if (!is_urgent && others_.size() >= options_.queue) return false;
    (is_urgent ? urgent_ : others_).push_back(std::move(job));
  }
  (is_urgent ? urgent_came_ : came_).notify_one();
  return true;
}

void Workers::work(const std::stop_token& stop, bool takes_all) {
  AnswerMaker maker(handler_, options_.promise);
  std::unique_lock lock(mutex_);
  const auto has_work = [&] { return !urgent_.empty() || (takes_all && !others_.empty()); };
  while ((takes_all ? came_ : urgent_came_).wait(lock, stop, has_work)) {
    Queue& queue = urgent_.empty() ? others_ : urgent_;
    const Job job = std::move(queue.front());
    queue.pop_front();
    lock.unlock();
    inbox_->put({job.connection, answer_to(job, maker)});
    lock.lock();
  }
}

}  // namespace restorewatch
