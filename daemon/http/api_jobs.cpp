#include <algorithm>

#include "http/api.h"
#include "http/api_pages.h"
#include "http/cluster_filter.h"
#include "http/job_json.h"

namespace restorewatch {
namespace {

constexpr std::array<std::string_view, 5> kParameters{"project", "cluster", "state", "limit",
                                                      "cursor"};

/// Of one answer: most targets that have none of the jobs are passed over without being asked for
/// them, but of those that are no longer watched nobody knows how many there are.
constexpr int kMaxTargetsAsked = 2000;

struct Question {
  NameFilter names;
  JobStates states = kAnyJobState;
  std::uint64_t limit = 0;
  std::optional<JobPlace> after;
};

Result<JobStates> states_of(const Parameters& parameters) {
  const std::string* const word = find(parameters, "state");
  if (word == nullptr) return kAnyJobState;
  if (*word == "active") return active_states();
  if (const auto state = job_state_from(*word)) return only(*state);
  std::string words = "state: must be active";
  for (std::size_t i = 0; i < kJobStateCount; ++i) {
    words += i + 1 == kJobStateCount ? " or " : ", ";
    words += label(static_cast<JobState>(i));
  }
  return Error{ErrorKind::BadConfig, words};
}

Result<Question> question_of(std::string_view query) {
  const auto parameters = parse_query(query, kParameters);
  if (!parameters) return parameters.error();
  const auto states = states_of(*parameters);
  if (!states) return states.error();
  const auto limit = limit_of(*parameters);
  if (!limit) return limit.error();
  Question question{name_filter_of(*parameters), *states, *limit, std::nullopt};
  if (const std::string* const cursor = find(*parameters, "cursor")) {
    question.after = job_place_from(*cursor);
    if (!question.after) return bad_cursor();
  }
  return question;
}

bool may_have(const TargetView& view, JobStates states) {
  if (!view.polled) return true;  // its present is not told
  for (std::size_t i = 0; i < kJobStateCount; ++i) {
    if (view.summary.jobs[i] > 0 && (states >> i & 1U) != 0) return true;
  }
  return false;
}

/// Fills one page, target by target.
class Walk {
 public:
  Walk(Archive& archive, const Question& question) : archive_(archive), question_(question) {}

  Status run(const Snapshot& snapshot) {
    const auto key_of = [](const auto& view) -> const TargetKey& { return view->target.key; };
    auto view = snapshot.targets.begin();
    if (question_.after) {
      view = std::ranges::lower_bound(snapshot.targets, question_.after->target, {}, key_of);
    }
    for (; view != snapshot.targets.end() && next_.empty(); ++view) {
      if (!is_wanted(**view)) continue;
      if (Status asked = ask((*view)->target); !asked) return asked;
    }
    return Success{};
  }

  std::string page() const { return page_json(items_, next_); }

 private:
  bool is_wanted(const TargetView& view) const {
    const Target& target = view.target;
    if (question_.after == JobPlace{target.key}) return false;  // it is done with
    return may_have(view, question_.states) &&
           question_.names.picks(target.key.project_id, target.project_name,
                                 target.key.cluster_name);
  }

  Status ask(const Target& target) {
    JobQuestion asked{target.key, {}, question_.states, question_.limit - items_.size()};
    const bool goes_on = question_.after && question_.after->target == target.key;
    if (goes_on) asked.before = question_.after->job;
    const auto jobs = archive_.jobs_of(asked);
    if (!jobs) return jobs.error();
    for (const TrackedJob& tracked : *jobs) items_.push_back(job_json(target, tracked));
    if (items_.size() == question_.limit) {
      next_ = cursor_of(JobPlace{target.key, jobs->back().job.id});
    } else if (++targets_asked_ == kMaxTargetsAsked) {
      next_ = cursor_of(JobPlace{target.key});
    }
    return Success{};
  }

  Archive& archive_;
  const Question& question_;
  std::vector<std::string> items_;
  std::string next_;
  int targets_asked_ = 0;
};

}  // namespace

Reply api_jobs(const SiteSource& source, std::string_view query) {
  const auto question = question_of(query);
  if (!question) return json_error(question.error());
  const auto snapshot = snapshot_of(source);
  if (!snapshot) return json_error(snapshot.error());
  Walk walk(*source.archive, *question);
  if (const Status done = walk.run(**snapshot); !done) return json_error(done.error());
  return json_reply(walk.page());
}

}  // namespace restorewatch
