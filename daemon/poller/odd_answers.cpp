#include "poller/odd_answers.h"

#include <utility>

namespace restorewatch {
namespace {

/// What is remembered of a target, so that each thing is told once.
constexpr std::size_t kMaxRemembered = 1000;

}  // namespace

void OddAnswers::note(std::size_t index, const Target& target, const Listing& listing) {
  for (const UnreadableJob& job : listing.unreadable) {
    if (is_new(index, job.id + job.reason)) tell(target, kUnreadableJob, job.id, job.reason);
  }
  for (const UnknownWord& odd : listing.unknown_words) {
    const std::string job = to_string(odd.job);
    if (!is_new(index, job + odd.member + odd.word)) continue;
    tell(target, odd.member == "deliveryType" ? kUnknownDelivery : kUnknownState, job,
         odd.member + " " + odd.word);
  }
}

void OddAnswers::note(const Target& target, const std::vector<AnomalySeen>& anomalies) {
  for (const AnomalySeen& odd : anomalies) {
    tell(target, label(odd.anomaly), to_string(odd.job), "kept as Atlas shows it");
  }
}

void OddAnswers::note(std::size_t index, const Target& target,
                      const std::vector<FutureTime>& times) {
  for (const FutureTime& odd : times) {
    const std::string id = to_string(odd.job);
    if (!is_new(index, id + "future")) continue;
    tell(target, label(Anomaly::FutureTime), id, format_time(odd.time) + " has not come yet");
  }
}

void OddAnswers::note_twice(std::size_t index, const Target& target, const JobId& job) {
  const std::string id = to_string(job);
  if (!is_new(index, id + "twice")) return;
  tell(target, label(Anomaly::ListedTwice), id, "another target of the project has it");
}

bool OddAnswers::is_new(std::size_t index, std::string what) {
  std::set<std::string>& reported = reported_[index];
  if (reported.size() > kMaxRemembered) reported.clear();
  return reported.insert(std::move(what)).second;
}

void OddAnswers::tell(const Target& target, std::string_view kind, const std::string& job,
                      std::string_view reason) {
  telemetry_.anomaly(kind);
  log_.warn("odd answer from Atlas", {{"kind", kind},
                                      {"project_id", to_string(target.key.project_id)},
                                      {"cluster_name", target.key.cluster_name},
                                      {"source", label(target.key.source)},
                                      {"job_id", job},
                                      {"reason", reason}});
}

}  // namespace restorewatch
