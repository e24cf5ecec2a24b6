#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "jobs/note.h"
#include "jobs/target_record.h"
#include "jobs/transition.h"
#include "store/query.h"

namespace restorewatch {

// Whole values <-> runs of columns. The column lists are in the order in which put() fills
// parameters and get() reads columns.

/// Of a target.
std::string target_row();
/// Of a tracked job.
std::string job_row();
/// Of a transition.
std::string transition_row();
/// How many columns `columns` names.
std::size_t count_columns(std::string_view columns);
/// "?, ?, ?": as many as `columns` names.
std::string placeholders(const std::string& columns);

/// How often a job entered each state, as pairs of bytes (state, times), zeros left out. Pairs of
/// one state add up, so that a number above 255 needs no wider column.
class EnteredBytes {
 public:
  explicit EnteredBytes(const std::array<std::uint16_t, kJobStateCount>& entered);
  std::span<const std::uint8_t> bytes() const { return bytes_; }

 private:
  std::vector<std::uint8_t> bytes_;
};

void put(Query& query, const TargetKey& target);
void put(Query& query, const RestoreJob& job);
/// `entered` must outlive the query.
void put(Query& query, const TrackedJob& tracked, const EnteredBytes& entered);
void put(Query& query, const Transition& transition);

TargetKey get_target(Query& query);
TrackedJob get_tracked_job(Query& query);
Transition get_transition(Query& query);

/// A note in the columns of a transition, those that it has no use for NULL.
void put_in_transition_row(Query& query, const Note& note);
/// All but its kind and its detail, which stand elsewhere.
Note get_note_in_transition_row(Query& query);

}  // namespace restorewatch
