#pragma once

#include <chrono>
#include <cstdint>
#include <set>
#include <string>
#include <vector>

#include "end_to_end/chaos.h"
#include "end_to_end/receiver_check.h"
#include "end_to_end/restless_jobs.h"
#include "end_to_end/witness.h"

namespace restorewatch {

/// What came out, and whether it is the truth.
struct Verdict {
  std::vector<std::string> findings;  // sentences about what is not so; empty: all is well
  std::size_t transitions = 0;        // in the journal
  std::size_t lines = 0;              // of events, repeats included
  std::size_t line_repeats = 0;
  std::size_t deliveries = 0;  // accepted by the receiver, repeats included
  std::size_t delivery_repeats = 0;
  std::size_t given_up = 0;  // events that the receiver refused until the end
};

/// A fake Atlas, a receiver of webhooks and a daemon that is maltreated, and all that is to be held
/// against each other in the end.
class Trial {
 public:
  /// `lifetime`: how long the fake Atlas lives at most.
  Trial(std::uint32_t seed, std::chrono::seconds lifetime);

  /// Kills from the very first start on, until everything was seen once. What was there until then
  /// is history. False: it was not seen.
  bool watch_begins();

  /// Lets the daemon run until all that is so now was told to everybody. What is so must not
  /// change meanwhile. The first thing that was not told in time; empty: all was.
  std::string settle(std::chrono::seconds patience = std::chrono::seconds(60));

  /// Settles for good, stops the daemon and compares everything.
  Verdict judge(Steps steps);

  Stage& stage() { return stage_; }
  RestlessJobs& jobs() { return jobs_; }
  WebhookReceiver& receiver() { return receiver_; }
  Chaos& chaos() { return chaos_; }
  std::mt19937& draw() { return draw_; }

 private:
  std::set<std::string> awaited(const std::vector<TrueJob>& truth);
  std::string store() const { return stage_.folder().file("store.db"); }
  void compare_pages(const std::vector<TrueJob>& truth, Steps steps, Verdict& verdict);

  Stage stage_;
  WebhookReceiver receiver_;
  RestlessJobs jobs_{stage_};
  Chaos chaos_;
  std::mt19937 draw_;
};

}  // namespace restorewatch
