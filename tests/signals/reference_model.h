#pragma once

#include <chrono>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "jobs/restore_job.h"

namespace restorewatch::testing_signals {

/// What one look at one source was shown. Atlas's times and ours are the same here, unless said.
struct Sight {
  Source source = Source::Dedicated;
  WallTime atlas_now;
  WallTime our_now;
  bool complete = false;                                // the list was read to its end
  std::vector<RestoreJob> listed;                       // in id order
  std::set<JobId> unreadable;                           // listed, and not to be understood
  std::vector<JobId> asked;                             // one by one, in this order
  std::map<JobId, std::optional<RestoreJob>> answered;  // absent: there is no such job (404)
};

/// The configuration, as far as the rules go.
struct Settings {
  std::chrono::minutes lookback{0};
  std::chrono::minutes lost_after{10};
  std::chrono::minutes retention{240};
  std::optional<WallTime>
      watched_from_birth;  // when the cluster came into being, if under our eyes
};

/// What must be known, told and counted after a series of looks: the rules of restorewatch written
/// down a second time, as simply as they can be said, to hold the daemon against. It knows no
/// process and no file, so a restart is nothing that it could notice.
class ReferenceModel {
 public:
  struct Job {
    RestoreJob shown;
    JobState state = JobState::Unknown;
    std::optional<Outcome> outcome;
    std::map<JobState, int> entered;
    std::optional<WallTime> missing_since;
  };
  struct Watched {
    std::optional<WallTime> baseline;
    std::map<JobId, Job> jobs;
    int requested = 0;
    std::map<std::pair<Kind, Outcome>, int> finished;
  };

  explicit ReferenceModel(Settings settings) : settings_(settings) {}

  /// Takes a look in. Returns the events that it must bring, in order.
  std::vector<std::string> look(const Sight& sight);

  /// The jobs that a look which was shown this has to ask for.
  std::vector<JobId> questions(const Sight& sight) const;

  /// Retention takes what has ended and was requested before this.
  void forget(WallTime horizon);

  void configure(Settings settings) { settings_ = settings; }

  const std::map<Source, Watched>& sources() const { return sources_; }
  int missed() const { return missed_; }

 private:
  std::optional<std::string> first_sight(Watched& source, const RestoreJob& shown,
                                         const Sight& sight);
  std::optional<std::string> seen_again(Watched& source, const RestoreJob& shown);
  std::optional<std::string> not_there(Watched& source, const JobId& id, WallTime now);
  std::string enter(Watched& source, Job& job, std::optional<JobState> from);
  bool is_news(const Watched& source, const RestoreJob& shown, const Sight& sight) const;

  Settings settings_;
  std::map<Source, Watched> sources_;
  int missed_ = 0;
};

}  // namespace restorewatch::testing_signals
