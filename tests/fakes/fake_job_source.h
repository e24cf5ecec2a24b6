#pragma once

#include <chrono>
#include <deque>
#include <functional>
#include <map>
#include <set>
#include <utility>

#include "fakes/fake_loop.h"
#include "jobs/job_source.h"

namespace restorewatch {

/// An Atlas whose jobs are whatever the test puts into it. Answers come through the loop; while
/// held they wait.
class FakeJobSource final : public JobSource {
 public:
  explicit FakeJobSource(FakeLoop& loop) : loop_(loop) {}

  /// The job is listed, and found by its id.
  void put(const TargetKey& target, const RestoreJob& job) { jobs_[target][job.id] = job; }
  /// The job is neither listed nor found any more.
  void remove(const TargetKey& target, const JobId& id) { jobs_[target].erase(id); }
  /// The job is found, but lists leave it out.
  void hide(const JobId& id) { hidden_.insert(id); }
  /// Lists of the target end with this error; what is in them stays. Absent: they end well.
  void fail(const TargetKey& target, std::optional<Error> error) {
    errors_[target] = std::move(error);
  }
  /// Asking for single jobs ends with this error. Absent: it ends well.
  void fail_gets(std::optional<Error> error) { get_error_ = std::move(error); }
  void add_unreadable(const TargetKey& target, UnreadableJob job) {
    unreadable_[target].push_back(std::move(job));
  }

  /// Lists tell the time from now on, as Atlas's answers do.
  void tell_time(std::function<WallTime()> clock) { clock_ = std::move(clock); }

  void hold() { held_ = true; }
  void release() {
    held_ = false;
    for (auto& answer : std::exchange(waiting_, {})) loop_.post(std::move(answer));
  }

  int lists() const { return lists_; }
  int gets() const { return gets_; }

  void list(const Target& target, ListDone done) override {
    ++lists_;
    answer([this, key = target.key, done = std::move(done)] { done(listing_of(key)); });
  }

  void get(const Target& target, const JobId& id, GetDone done) override {
    ++gets_;
    answer([this, key = target.key, id, done = std::move(done)] { done(find(key, id)); });
  }

 private:
  void answer(std::function<void()> answer) {
    if (held_) {
      waiting_.push_back(std::move(answer));
    } else {
      loop_.post(std::move(answer));
    }
  }

  Listing listing_of(const TargetKey& key) {
    Listing listing;
    for (const auto& [id, job] : jobs_[key]) {
      if (!hidden_.contains(id)) listing.jobs.push_back(job);
    }
    listing.unreadable = unreadable_[key];
    listing.error = errors_[key];
    if (clock_) listing.served_at = std::chrono::floor<std::chrono::seconds>(clock_());
    return listing;
  }

  Result<RestoreJob> find(const TargetKey& key, const JobId& id) {
    if (get_error_) return *get_error_;
    const auto found = jobs_[key].find(id);
    if (found == jobs_[key].end()) return Error{ErrorKind::NotFound, "no such job"};
    return found->second;
  }

  FakeLoop& loop_;
  std::map<TargetKey, std::map<JobId, RestoreJob>> jobs_;
  std::map<TargetKey, std::optional<Error>> errors_;
  std::map<TargetKey, std::vector<UnreadableJob>> unreadable_;
  std::set<JobId> hidden_;
  std::optional<Error> get_error_;
  std::function<WallTime()> clock_;
  std::deque<std::function<void()>> waiting_;
  bool held_ = false;
  int lists_ = 0;
  int gets_ = 0;
};

}  // namespace restorewatch
