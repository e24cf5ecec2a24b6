#include <fmt/format.h>

#include <algorithm>

#include "base/duration_text.h"
#include "report/cells.h"
#include "report/markdown_text.h"
#include "report/report_writer.h"

namespace restorewatch {
namespace {

using std::chrono::milliseconds;

constexpr std::string_view kNothing = "-";

std::string in_words(const std::optional<milliseconds>& time) {
  return time ? duration_text(*time) : std::string(kNothing);
}

std::string in_words(const std::optional<WallTime>& time) {
  return time ? format_time(*time) : std::string(kNothing);
}

std::string_view in_words(Coverage coverage) {
  switch (coverage) {
    case Coverage::Tested:
      return "tested";
    case Coverage::TestedBefore:
      return "not in the period, but before";
    case Coverage::NeverTested:
      return "**never tested**";
    case Coverage::NotWatched:
      return "not watched, so not known";
    case Coverage::NotSeen:
      return "could not be read, so not known";
  }
  return "";
}

std::string_view in_words(GapKind kind) {
  switch (kind) {
    case GapKind::BeforeStore:
      return "nobody watched yet";
    case GapKind::Cut:
      return "older entries were cut by retention";
    case GapKind::Stopped:
      return "the daemon was stopped";
    case GapKind::Killed:
      return "the daemon had been cut short, at some time in this gap";
    case GapKind::Silent:
      return "no sign of life in the store since";
    case GapKind::Blind:
      return "could not be read";
    case GapKind::NotWatched:
      return "not watched: gone from Atlas, taken out, or its backups switched off";
  }
  return "";
}

std::string verdict(const std::optional<bool>& met) {
  if (!met) return "";
  return *met ? " (met)" : " (**not met**)";
}

std::string place_in_words(const std::string& project, const ProjectId& id,
                           const std::string& cluster) {
  return markdown_escaped(project.empty() ? to_string(id) : project) + " / " +
         markdown_escaped(cluster);
}

std::string place_in_words(const ClusterBook::Entry& cluster) {
  return place_in_words(cluster.project_name, cluster.project_id, cluster.name);
}

std::string head_of(const Report& report) {
  const ReportOptions& asked = report.asked;
  const Provenance& from = report.provenance;
  std::string text = fmt::format(
      "# Restores of MongoDB Atlas clusters\n\nFrom {} to just before {} (all times are UTC). Made "
      "at "
      "{} by {}.\n\n",
      format_time(asked.period.since), format_time(asked.period.until), format_time(from.made_at),
      markdown_escaped(from.program));
  if (asked.project) text += "Only of projects like " + markdown_escaped(*asked.project) + ".\n\n";
  if (asked.cluster) text += "Only of clusters like " + markdown_escaped(*asked.cluster) + ".\n\n";
  text += from.objectives_from.empty()
              ? "No configuration was read, so nothing is held against objectives.\n\n"
              : "Objectives are those of " + markdown_escaped(from.objectives_from) +
                    " as it is now, also where others were in force then.\n\n";
  text += fmt::format(
      "The journal speaks of this period from {} to {}{}.\n\n", format_time(report.evidence.since),
      format_time(report.evidence.until),
      report.evidence == asked.period ? ", which is all of it" : "; of the rest it knows nothing");
  if (!from.sound) {
    text += "**The journal is NOT sound: this report proves nothing.** See the end.\n\n";
  }
  return text;
}

std::string coverage_of(const Report& report) {
  std::string text = "## Summary\n\n" + markdown_head({"Clusters", "Number"});
  for (const Coverage coverage : {Coverage::Tested, Coverage::TestedBefore, Coverage::NeverTested,
                                  Coverage::NotWatched, Coverage::NotSeen}) {
    const auto number = std::ranges::count(report.clusters, coverage, &ClusterSummary::coverage);
    text += markdown_row({in_words(coverage), std::to_string(number)});
  }
  const auto missed = std::ranges::count(report.clusters, std::optional(false),
                                         &ClusterSummary::drill_interval_met);
  const auto blind = std::ranges::count(report.clusters, true, &ClusterSummary::blind_at_end);
  text += markdown_row({"drill interval not kept", std::to_string(missed)});
  text += markdown_row({"could not be read at the end", std::to_string(blind)});
  return text + "\n";
}

std::string row_of(const ClusterSummary& summary) {
  const std::string drills = in_words(summary.longest_gap) + verdict(summary.drill_interval_met);
  const std::string restores = fmt::format(
      "{} of {}{}", summary.restores[index_of(Outcome::Completed)], summary.restores_ended(),
      summary.active_at_end > 0 ? fmt::format(", {} going on", summary.active_at_end)
                                : std::string{});
  const std::string durations =
      in_words(summary.duration_median) + ", " + in_words(summary.duration_max);
  const auto watched = length(summary.watched);
  return markdown_row({place_in_words(summary.cluster), in_words(summary.coverage),
                       in_words(summary.last_good_drill), drills, restores, durations,
                       summary.watched.empty()
                           ? std::string(kNothing)
                           : fmt::format("{}, of that {} unseen", duration_text(watched),
                                         duration_text(summary.unseen))});
}

std::string clusters_of(const Report& report) {
  std::string text = "## Clusters\n\n";
  if (report.clusters.empty()) return text + "None.\n\n";
  text +=
      markdown_head({"Cluster", "Tested by a drill", "Last good drill", "Longest time without one",
                     "Restores completed", "Duration: median, longest", "Watched"});
  for (const ClusterSummary& summary : report.clusters) text += row_of(summary);
  return text + "\n";
}

std::string gaps_of(const Report& report) {
  std::string text = "## Gaps in what was observed\n\n";
  if (report.gaps.empty()) return text + "None.\n\n";
  text += markdown_head({"From", "To", "Within the period", "What", "Why"});
  for (std::size_t i = 0; i < report.gaps.size(); ++i) {
    const Gap& gap = report.gaps[i];
    const std::string what =
        gap.cluster ? fmt::format("{}{}{}", place_in_words(report.gap_clusters[i]),
                                  gap.source ? ", " : "", gap.source ? label(*gap.source) : "")
                    : "everything";
    text += markdown_row(
        {format_time(gap.span.from), gap.span.to ? format_time(*gap.span.to) : "it goes on",
         duration_text(length(within(report.asked.period, {gap.span}))), what, in_words(gap.kind)});
  }
  return text + "\n";
}

std::string rules_of(const Report& report) {
  std::string text = "## Rules that were in force\n\n";
  if (report.rules.empty()) return text + "None.\n\n";
  for (const RulesChange& change : report.rules) {
    const std::string rules = change.rules.empty() ? "none" : change.rules;
    text += "Since " + format_time(change.from) + ":\n\n" + markdown_code(rules) + "\n";
  }
  return text;
}

std::string proof_of(const Report& report) {
  const Provenance& from = report.provenance;
  std::string text = fmt::format(
      "## Proof\n\nThis was read from {}, a journal of {} entries that ends with\n\n    {}\n\n",
      markdown_escaped(from.store_path), from.entries, from.head);
  if (from.store_created_at) {
    text += "The store was created at " + format_time(*from.store_created_at) + ".\n\n";
  }
  if (from.forgotten_before) {
    text += "What is older than " + format_time(*from.forgotten_before) +
            " was cut by retention; the journal begins behind " + from.anchor + ".\n\n";
  }
  text += from.sound ? "The chain was verified when this was made. Whether it still contains what "
                       "this was made of, says\n\n"
                     : "**The journal is NOT sound:**\n\n";
  for (const std::string& finding : from.findings) text += "- " + markdown_escaped(finding) + "\n";
  if (!from.findings.empty()) text += "\n";
  return text + "    " + from.verify_command + "\n";
}

std::string into(const JobEvidence& evidence) {
  const RestoreJob& job = evidence.job;
  if (evidence.kind() == Kind::Download) return std::string(kNothing);
  if (!job.target_project_id && !job.target_cluster) return "not said";
  const std::string cluster = markdown_escaped(job.target_cluster.value_or("?"));
  const bool is_elsewhere =
      job.target_project_id && *job.target_project_id != evidence.target.project_id;
  return is_elsewhere ? cluster + " of project " + to_string(*job.target_project_id) : cluster;
}

std::string end_in_words(const ReportRow& row) {
  const JobEvidence& evidence = row.job;
  std::string words(evidence.outcome ? label(*evidence.outcome) : label(evidence.job.state));
  if (evidence.is_good_drill()) words += ", a drill";
  const auto& progress = evidence.job.progress;
  if (progress && progress->failed_collections > 0) {
    words += fmt::format(", but for {} collections", progress->failed_collections);
  }
  if (evidence.violations.any()) words += ", breaks " + label(evidence.violations);
  if (!evidence.outcome) words += ", not ended";
  if (const auto& error = evidence.job.error_message) words += ": " + markdown_escaped(*error);
  if (evidence.outcome && !row.ended_in_period) words += ", after the period";
  return words;
}

std::string sighting_in_words(const JobEvidence& evidence) {
  if (evidence.evidence == Evidence::Baseline) return "Atlas's word, from before watching began";
  const auto& seen = evidence.end_seen ? evidence.end_seen : evidence.first_seen;
  if (!seen) return std::string(kNothing);
  const auto uncertainty = seen->uncertainty();
  return (evidence.end_seen ? "end at " : "begin at ") + format_time(seen->at) +
         (uncertainty ? ", within " + duration_text(*uncertainty) : "") +
         (evidence.missed ? ", missed" : "");
}

class MarkdownWriter final : public ReportWriter {
 public:
  explicit MarkdownWriter(const Report& report) : report_(report) {}

  bool takes(Kind /*kind*/) const override { return true; }

  std::string opening() override {
    return head_of(report_) + coverage_of(report_) + clusters_of(report_) + gaps_of(report_) +
           rules_of(report_) + "## Restores\n\n";
  }

  std::string row(const ReportRow& row) override {
    const JobEvidence& evidence = row.job;
    const std::string table =
        rows_++ > 0 ? ""
                    : markdown_head({"Requested", "Job", "Cluster", "Into", "Snapshot",
                                     "Age of the data", "Duration", "Outcome", "Seen"});
    return table +
           markdown_row(
               {format_time(evidence.job.requested_at), to_string(evidence.job.id),
                place_in_words(row.project_name, evidence.target.project_id, row.cluster_name),
                into(evidence), in_words(evidence.job.snapshot_at),
                in_words(evidence.recovery_point_age()) + verdict(row.recovery_point_met),
                in_words(evidence.duration()) + verdict(row.duration_met), end_in_words(row),
                sighting_in_words(evidence)});
  }

  std::string between() override {
    return closing_of_rows() + "## Downloads\n\nA download proves nothing about restoring.\n\n";
  }

  std::string end() override { return closing_of_rows() + proof_of(report_); }

 private:
  std::string closing_of_rows() { return std::exchange(rows_, 0) == 0 ? "None.\n\n" : "\n"; }

  const Report& report_;
  std::uint64_t rows_ = 0;
};

}  // namespace

std::unique_ptr<ReportWriter> markdown_writer(const Report& report) {
  return std::make_unique<MarkdownWriter>(report);
}

}  // namespace restorewatch
