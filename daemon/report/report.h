#pragma once

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "jobs/objectives.h"
#include "report/job_evidence.h"
#include "report/observation.h"
#include "report/span.h"

namespace restorewatch {

/// What is asked for.
struct ReportOptions {
  Period period;
  std::optional<std::string> project{};  // a glob over the project's name or id; absent: all
  std::optional<std::string> cluster{};  // a glob over the cluster's name; absent: all
  ObjectiveRules objectives{};           // in force now
  std::chrono::milliseconds stale_after{std::chrono::minutes{15}};  // silence for longer is a gap
};

/// One job of the period: it was going on at some moment of it.
struct ReportRow {
  JobEvidence job;
  std::string project_name;  // of the cluster whose backup is read, the newest; empty: not known
  std::string cluster_name;  // likewise
  bool ended_in_period = false;  // else it is counted in another report
  // Against the objectives; absent: there is none, or it cannot be judged.
  std::optional<bool> duration_met{};
  std::optional<bool> recovery_point_met{};
};

/// How well tested a cluster is at the end of the period.
enum class Coverage : std::uint8_t {
  Tested,        // a drill succeeded in the period
  TestedBefore,  // none in it, but before
  NeverTested,   // no successful drill is known
  NotWatched,    // it was not looked at in the period, so nobody knows
  NotSeen,       // it was, but could not be read at any time of it
};

std::string_view label(Coverage coverage);

/// One cluster that was watched in the period, had a job in it, or is there now.
struct ClusterSummary {
  ClusterBook::Entry cluster;
  Coverage coverage = Coverage::NotWatched;
  std::vector<Span> watched;            // within the period
  std::chrono::milliseconds unseen{0};  // of that: blind through a source, or nobody watched
  bool watched_at_end = false;
  bool blind_at_end = false;

  std::array<std::uint64_t, kOutcomeCount> restores{};   // ended in the period, by outcome
  std::array<std::uint64_t, kOutcomeCount> downloads{};  // likewise
  std::uint64_t active_at_end = 0;                       // restores that had not ended by its end
  std::uint64_t drills_completed = 0;                    // of the restores above
  std::optional<std::chrono::milliseconds> duration_median{};  // of those that completed
  std::optional<std::chrono::milliseconds> duration_max{};
  std::uint64_t duration_missed = 0;        // restores that took longer than the objective
  std::uint64_t recovery_point_missed = 0;  // whose data was older than the objective

  Objectives objectives{};
  std::optional<WallTime> last_good_drill{};  // until the end of the period, also before it
  std::optional<std::chrono::milliseconds> longest_gap{};  // between good drills, see drill_gap.h
  std::optional<bool> drill_interval_met{};                // absent: none, or it cannot be judged

  std::uint64_t restores_ended() const;
  /// Of those that completed, failed or were lost, the share that completed, 0 to 1; absent where
  /// there are none. Who cancels a restore proves nothing about it.
  std::optional<double> success_share() const;
};

/// What the report is made of, and how it can be proved.
struct Provenance {
  std::string program;  // name, version and revision
  std::string store_path;
  std::string objectives_from;  // the configuration's path; empty: none was read
  WallTime made_at;
  std::optional<WallTime> store_created_at{};  // absent: retention has cut that entry
  std::optional<WallTime> forgotten_before{};  // what is older was cut; absent: nothing was
  std::uint64_t entries = 0;
  std::string anchor;  // "<seq>:<hash>" of the last entry that was cut; that of 0: none was
  std::string head;    // of the last entry there is
  bool sound = false;  // the chain was verified
  std::vector<std::string> findings{};
  std::string verify_command{};
};

/// All of a report but its rows.
struct Report {
  ReportOptions asked;
  Provenance provenance;
  Period evidence;  // what of the period the journal can speak of; empty where it begins later
  std::vector<ClusterSummary> clusters;          // by project name, then cluster name
  std::vector<RulesChange> rules;                // in force at some moment of the period, in order
  std::vector<Gap> gaps;                         // that touch the period, by beginning
  std::vector<ClusterBook::Entry> gap_clusters;  // of each gap; empty names where it has none
};

}  // namespace restorewatch
