#pragma once

// Included by decoders' .cpp files only, see json_values.h.

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "atlas/json_values.h"
#include "atlas/member_table.h"
#include "base/time.h"
#include "jobs/job_source.h"
#include "jobs/restore_job.h"
#include "jobs/state_rules.h"

namespace restorewatch {

/// What has been read of one job, before it is known what it amounts to.
struct JobFields {
  explicit JobFields(RestoreJob& to) : job(to) {}

  RestoreJob& job;  // members that mean the same in every family are read into it at once
  JobFlags flags;
  std::optional<JobId> id;
  std::string shown_id;            // of an id that is none
  std::string_view delivery_word;  // these live until the parser takes another document
  std::string_view state_word;
  bool has_link = false;
  std::optional<WallTime> requested_at;
  std::optional<WallTime> point_in_time;
  std::optional<WallTime> oplog_time;
  std::optional<WallTime> desired_time;
  // By the names of the published v1.0 example, which are not the documented ones.
  std::optional<WallTime> example_requested_at;
  std::optional<WallTime> example_finished_at;
  std::optional<WallTime> example_snapshot_at;
  std::vector<UnknownWord> unknown_words;

  void note_unknown(std::string_view member, std::string_view word);
};

/// One shape of restore jobs: what its members are called, and what they amount to.
struct JobFamily {
  MemberTable members;
  /// Completes `fields.job`, whose id is there.
  void (*complete)(JobFields& fields);
};

namespace json {

// Readers of members, for the families' tables.

inline constexpr std::string_view kHexWanted = "24 hex digits";
inline constexpr std::string_view kFlagWanted = "true or false";
inline constexpr std::string_view kTimeWanted = "a time";
inline constexpr std::string_view kWordWanted = "a word";
inline constexpr std::string_view kNameWanted = "a name";
inline constexpr std::string_view kSecondsWanted = "seconds since 1970";
inline constexpr std::string_view kLinksWanted = "a list of links";
inline constexpr std::string_view kTextWanted = "a text";
inline constexpr std::string_view kCountWanted = "a count";

Found read_job_id(value from, JobFields& to);
Found read_target_cluster(value from, JobFields& to);
/// {"date": …, "increment": …}, in real answers with null members when there is no such time.
Found read_desired_time(value from, JobFields& to);
/// Notes whether there is a link, in whatever shape.
Found read_links(value from, JobFields& to);

}  // namespace json

/// Sets the job's state and outcome by its word, which stood in `member`.
void take_state(JobFields& fields, std::string_view member, std::span<const WordRule> rules);

/// The moment the restored data stands at: what was asked for, else the snapshot's time.
std::optional<WallTime> recovery_point_of(const JobFields& fields);

}  // namespace restorewatch
