#pragma once

#include <algorithm>
#include <chrono>
#include <cstddef>
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
  void put(const TargetKey& target, const RestoreJob& job) {
    ++changes_;
    jobs_[target][job.id] = job;
  }
  /// The job is neither listed nor found any more.
  void remove(const TargetKey& target, const JobId& id) {
    ++changes_;
    jobs_[target].erase(id);
  }
  /// The job is found, but lists leave it out.
  void hide(const JobId& id) {
    ++changes_;
    hidden_.insert(id);
  }
  /// Lists of the target end with this error; what is in them stays. Absent: they end well.
  void fail(const TargetKey& target, std::optional<Error> error) {
    errors_[target] = std::move(error);
  }
  /// Asking for single jobs ends with this error. Absent: it ends well.
  void fail_gets(std::optional<Error> error) { get_error_ = std::move(error); }
  void add_unreadable(const TargetKey& target, UnreadableJob job) {
    ++changes_;
    unreadable_[target].push_back(std::move(job));
  }

  /// An answer that is known already is not read again from now on.
  void tell_answers_apart() { has_digests_ = true; }
  int unread() const { return unread_; }

  /// Lists have pages from now on, and end early where they may.
  void set_page_size(std::size_t jobs) { page_size_ = jobs; }

  /// Lists tell the time from now on, as Atlas's answers do.
  void tell_time(std::function<WallTime()> clock) { clock_ = std::move(clock); }

  void hold() { held_ = true; }
  void release() {
    held_ = false;
    for (auto& answer : std::exchange(waiting_, {})) loop_.post(std::move(answer));
  }

  int lists() const { return lists_; }
  int gets() const { return gets_; }

  CallBucket bucket_of(const Target& target) const override {
    return {to_string(target.key.project_id), "cloud_backups"};
  }

  /// Calls are counted there from now on.
  void draw_from(CallBudget& budget) { budget_ = &budget; }

  void list(const Target& target, Known known, ListDone done) override {
    ++lists_;
    call(
        target, [this, key = target.key] { return errors_[key]; },
        [this, key = target.key, known = std::move(known),
         done = std::move(done)](std::optional<Error> refusal) {
          Listing listing;
          if (!refusal) listing = listing_of(key, known);
          if (refusal) listing.error = std::move(refusal);
          done(std::move(listing));
        });
  }

  void get(const Target& target, const JobId& id, GetDone done) override {
    ++gets_;
    call(
        target, [this] { return get_error_; },
        [this, key = target.key, id, done = std::move(done)](std::optional<Error> refusal) {
          done(refusal ? Result<RestoreJob>(*refusal) : find(key, id));
        });
  }

 private:
  /// As the real client: reserves, waits, tells what the answer says of the bucket.
  void call(const Target& target, const std::function<std::optional<Error>()>& error,
            const std::function<void(std::optional<Error> refusal)>& answer) {
    if (budget_ == nullptr) return when_released([answer] { answer(std::nullopt); });
    const CallBucket bucket = bucket_of(target);
    const auto at = budget_->reserve(bucket);
    if (!at) {
      const Error left_alone{ErrorKind::Throttled, "left alone", std::chrono::seconds(1)};
      return loop_.post([answer, left_alone] { answer(left_alone); });
    }
    loop_.at(*at, [this, sent = *at, bucket, error, answer] {
      when_released([this, sent, bucket, error, answer] {
        const auto wrong = error();
        BucketNews news;
        news.throttled = wrong && wrong->kind == ErrorKind::Throttled;
        if (news.throttled) news.retry_after = wrong->retry_after;
        budget_->answered(bucket, sent, news);
        answer(std::nullopt);
      });
    });
  }

  void when_released(std::function<void()> answer) {
    if (held_) {
      waiting_.push_back(std::move(answer));
    } else {
      loop_.post(std::move(answer));
    }
  }

  Listing listing_of(const TargetKey& key, const Known& known) {
    Listing listing;
    if (has_digests_) listing.answer = changes_;
    if (has_digests_ && known.answer == changes_) {
      ++unread_;
      listing.unchanged = true;
      return listing;
    }
    for (const auto& [id, job] : jobs_[key]) {
      if (!hidden_.contains(id)) listing.jobs.push_back(job);
    }
    listing.unreadable = unreadable_[key];
    listing.error = errors_[key];
    if (known.is_settled && page_size_ > 0) stop_early(listing, known.is_settled);
    if (clock_) listing.served_at = std::chrono::floor<std::chrono::seconds>(clock_());
    return listing;
  }

  /// Ids sort by age, and lists come newest first.
  void stop_early(Listing& listing, const IsSettled& is_settled) const {
    auto& jobs = listing.jobs;
    for (std::size_t left = jobs.size(); left > page_size_; left -= page_size_) {
      const auto end = jobs.begin() + static_cast<std::ptrdiff_t>(left);
      if (!std::all_of(end - static_cast<std::ptrdiff_t>(page_size_), end, is_settled)) continue;
      listing.extent = Extent::Newest;
      jobs.erase(jobs.begin(), end - static_cast<std::ptrdiff_t>(page_size_));
      return;
    }
  }

  Result<RestoreJob> find(const TargetKey& key, const JobId& id) {
    if (get_error_) return *get_error_;
    const auto found = jobs_[key].find(id);
    if (found == jobs_[key].end()) return Error{ErrorKind::NotFound, "no such job"};
    return found->second;
  }

  FakeLoop& loop_;
  CallBudget* budget_ = nullptr;
  std::size_t page_size_ = 0;
  bool has_digests_ = false;
  AnswerDigest changes_ = 0;  // of all targets
  int unread_ = 0;
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
