#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>

#include "jobs/target_record.h"
#include "jobs/transition.h"

namespace restorewatch {

/// Where a report knows a job from.
enum class Evidence : std::uint8_t {
  Journal,   // its steps were seen, and are entries of the chain
  Baseline,  // it was there when its cluster was first looked at: Atlas's word, outside the chain
};

std::string_view label(Evidence evidence);

/// A step as it was seen: it came after `not_before`, if a look before it could tell, and by `at`.
struct Sighting {
  WallTime at;
  std::optional<WallTime> not_before{};

  /// How long before `at` it may have come about.
  std::optional<std::chrono::milliseconds> uncertainty() const;
  bool operator==(const Sighting&) const = default;
};

/// All that is known of one job, put together from its steps.
struct JobEvidence {
  TargetKey target;  // of its last step
  RestoreJob job;    // likewise
  Purpose purpose = Purpose::Other;
  Violations violations{};  // of the policies in force when it was first seen
  std::optional<Outcome> outcome{};
  std::optional<WallTime> ended_at{};    // as Atlas says, else when its end was seen
  std::optional<Sighting> first_seen{};  // absent: it was going on when watching began
  std::optional<Sighting> end_seen{};    // absent: it has not ended, or had when watching began
  bool missed = false;                   // it had ended before it was first seen
  Evidence evidence = Evidence::Journal;

  Kind kind() const { return kind_of(job.delivery); }
  /// From request to end, of what completed and where Atlas gives both.
  std::optional<std::chrono::milliseconds> duration() const;
  /// How old the restored data was when the restore was requested.
  std::optional<std::chrono::milliseconds> recovery_point_age() const;
  /// A restore that is a drill, and completed.
  bool is_good_drill() const;

  bool operator==(const JobEvidence&) const = default;
};

/// Of a job that the journal does not speak of.
JobEvidence evidence_of(const TargetKey& target, const TrackedJob& tracked);

/// Puts jobs together from their steps, which come in the order of job ids and, of one job, in that
/// of the journal. Keeps one job at a time.
class JobAssembly {
 public:
  using Take = std::function<void(const JobEvidence&)>;

  /// `take` is called for each job, when it is complete.
  explicit JobAssembly(Take take) : take_(std::move(take)) {}

  void add(const Transition& transition);
  /// No more will come.
  void finish();

 private:
  Take take_;
  std::map<ProjectId, JobEvidence> jobs_;  // all of one id; a job is its project's
};

}  // namespace restorewatch
