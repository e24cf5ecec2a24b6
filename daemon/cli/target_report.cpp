#include "cli/target_report.h"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>
#include <utility>

#include "base/log_line.h"
#include "config/durations.h"

namespace restorewatch {
namespace {

std::string joined(const std::vector<std::string>& words) {
  return fmt::format("{}", fmt::join(words, ","));
}

std::vector<std::string> source_words(const InventoryCluster& cluster) {
  std::vector<std::string> words;
  for (const WatchedSource& watched : cluster.sources) words.emplace_back(label(watched.source));
  return words;
}

std::string_view in_words(NotPolled reason) {
  switch (reason) {
    case NotPolled::FreeTier:
      return "not polled: free clusters have no backups";
    case NotPolled::BackupDisabled:
      return "not polled: its backups are switched off";
    case NotPolled::SourceNotListed:
      return "not polled: none of `sources` reads clusters of this tier";
    case NotPolled::Excluded:
      return "not polled: excluded by discovery.include or discovery.exclude";
    case NotPolled::NameTaken:
      return "not polled: another cluster has its name";
  }
  return "";
}

std::string note_on(const InventoryCluster& known) {
  if (known.not_polled) return std::string(in_words(*known.not_polled));
  std::vector<std::string> notes;
  if (known.configured && !known.listed) notes.emplace_back("Atlas does not list it");
  if (known.cluster.paused) notes.emplace_back("paused");
  if (known.cluster.deleted) notes.emplace_back("deleted, its backups are kept");
  return fmt::format("{}", fmt::join(notes, "; "));
}

using Row = std::vector<std::string>;

/// Columns side by side; the last one is not padded.
std::string in_columns(std::vector<Row> rows) {
  for (Row& row : rows) std::ranges::transform(row, row.begin(), escaped);
  std::vector<std::size_t> widths;
  for (const Row& row : rows) {
    widths.resize(std::max(widths.size(), row.size()));
    for (std::size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], row[i].size());
  }
  std::string text;
  for (const Row& row : rows) {
    std::string line;
    for (std::size_t i = 0; i < row.size(); ++i) line += fmt::format("{:<{}}  ", row[i], widths[i]);
    line.erase(line.find_last_not_of(' ') + 1);
    text += line + "\n";
  }
  return text;
}

std::string cluster_rows(const Inventory& inventory) {
  std::vector<Row> rows{{"PROJECT", "CLUSTER", "TIER", "SOURCES", "CREDENTIAL", "NOTE"}};
  for (const InventoryProject& project : inventory.projects) {
    for (const InventoryCluster& known : project.clusters) {
      const auto sources = source_words(known);
      rows.push_back(
          {project.project.name, known.cluster.name, std::string(label(known.cluster.tier)),
           sources.empty() ? "-" : joined(sources), joined(project.credentials), note_on(known)});
    }
    if (project.clusters.empty() && !project.excluded) {
      rows.push_back({project.project.name, "-", "-", "-", joined(project.credentials),
                      project.problem ? "its clusters cannot be listed" : "it has no clusters"});
    }
    if (project.excluded) {
      rows.push_back({project.project.name, "*", "-", "-", joined(project.credentials),
                      std::string(in_words(NotPolled::Excluded))});
    }
  }
  return in_columns(std::move(rows));
}

std::string name_of(const ProjectId& id, const Inventory& inventory) {
  const auto found = std::ranges::find_if(
      inventory.projects, [&](const InventoryProject& known) { return known.project.id == id; });
  return found == inventory.projects.end() ? to_string(id) : found->project.name;
}

std::string note_on(const CallRate& rate) {
  if (!rate.is_over_committed()) return "";
  return fmt::format("OVER-COMMITTED: every {}, not {}", format_duration(rate.effective_interval()),
                     format_duration(rate.interval));
}

std::string rate_rows(const Survey& survey) {
  if (survey.rates.empty()) return "";
  std::vector<Row> rows{
      {"PROJECT", "RATE LIMIT OF", "CALLS A MINUTE", "ATLAS ALLOWS", "OUR SHARE", "NOTE"}};
  for (const CallRate& rate : survey.rates) {
    rows.push_back(
        {name_of(rate.project_id, survey.inventory), rate.endpoint_set,
         fmt::format("{:.1f}", rate.calls_a_minute),
         rate.documented_limit ? fmt::format("{:.0f}", *rate.documented_limit) : "(not said)",
         rate.our_limit() ? fmt::format("{:.1f}", *rate.our_limit()) : "-", note_on(rate)});
  }
  return "\n" + in_columns(std::move(rows));
}

std::string probe_rows(const Survey& survey) {
  if (survey.probes.empty()) return "";
  std::vector<Row> rows{
      {"PROJECT", "SOURCE", "CLUSTER ASKED FOR", "CREDENTIAL", "ROLE NEEDED", "A REAL LISTING"}};
  for (const Probe& probe : survey.probes) {
    const TargetKey& key = probe.target.key;
    rows.push_back({probe.target.project_name, std::string(label(key.source)), key.cluster_name,
                    probe.status ? probe.credential : joined(probe.target.credentials),
                    std::string(probe.role), probe.status ? "ok" : probe.status.error().detail});
  }
  return "\n" + in_columns(std::move(rows));
}

std::string problem_lines(const Inventory& inventory) {
  std::string text;
  for (const Error& problem : inventory.problems) {
    text += "projects cannot be listed: " + escaped(problem.detail) + "\n";
  }
  for (const InventoryProject& project : inventory.projects) {
    if (!project.problem) continue;
    const std::string id = to_string(project.project.id);
    const std::string& name = project.project.name;
    text += "clusters of " + (name == id ? id : escaped(name) + " (" + id + ")") +
            " cannot be listed: " + escaped(project.problem->detail) + "\n";
  }
  return text.empty() ? text : "\n" + text;
}

std::string quoted(std::string_view text) {
  std::string json;
  append_json_string(json, text);
  return json;
}

std::string quoted_or_null(const std::string& text) {
  return text.empty() ? "null" : quoted(text);
}

template <typename Items, typename Write>
std::string json_list(const Items& items, Write write) {
  std::vector<std::string> written;
  written.reserve(items.size());
  for (const auto& item : items) written.push_back(write(item));
  return fmt::format("[{}]", fmt::join(written, ","));
}

std::string cluster_json(const InventoryCluster& known) {
  const Cluster& cluster = known.cluster;
  return fmt::format(
      R"({{"name":{},"id":{},"tier":"{}","api":"{}","sources":{},"not_polled":{},"configured":{},)"
      R"("listed":{},"paused":{},"deleted":{},"backup_enabled":{},"created_at":{}}})",
      quoted(cluster.name), quoted_or_null(cluster.id ? to_string(*cluster.id) : ""),
      label(cluster.tier), label(cluster.api), json_list(source_words(known), quoted),
      quoted_or_null(known.not_polled ? std::string(label(*known.not_polled)) : ""),
      known.configured, known.listed, cluster.paused, cluster.deleted,
      cluster.backup_enabled ? (*cluster.backup_enabled ? "true" : "false") : "null",
      quoted_or_null(cluster.created_at ? format_time(*cluster.created_at) : ""));
}

std::string project_json(const InventoryProject& project) {
  return fmt::format(
      R"({{"id":"{}","name":{},"credentials":{},"excluded":{},"problem":{},"clusters":{}}})",
      to_string(project.project.id), quoted(project.project.name),
      json_list(project.credentials, quoted), project.excluded,
      quoted_or_null(project.problem ? project.problem->detail : ""),
      json_list(project.clusters, cluster_json));
}

std::string rate_json(const CallRate& rate) {
  return fmt::format(
      R"({{"project_id":"{}","endpoint_set":"{}","calls_a_minute":{:.3f},"documented_limit":{},)"
      R"("our_share":{},"over_committed":{},"effective_interval_seconds":{:.1f}}})",
      to_string(rate.project_id), rate.endpoint_set, rate.calls_a_minute,
      rate.documented_limit ? fmt::format("{:.0f}", *rate.documented_limit) : "null",
      rate.our_limit() ? fmt::format("{:.3f}", *rate.our_limit()) : "null",
      rate.is_over_committed(), std::chrono::duration<double>(rate.effective_interval()).count());
}

std::string probe_json(const Probe& probe) {
  const TargetKey& key = probe.target.key;
  return fmt::format(
      R"({{"project_id":"{}","source":"{}","cluster":{},"credential":{},"role":{},"ok":{},"problem":{}}})",
      to_string(key.project_id), label(key.source), quoted(key.cluster_name),
      quoted_or_null(probe.credential), quoted(probe.role), probe.status.ok(),
      probe.status ? "null" : quoted(probe.status.error().detail));
}

}  // namespace

std::string target_table(const Survey& survey) {
  const std::string nothing = survey.rates.empty() ? "\nNo cluster would be watched.\n" : "";
  return cluster_rows(survey.inventory) + nothing + rate_rows(survey) + probe_rows(survey) +
         problem_lines(survey.inventory);
}

std::string target_json(const Survey& survey) {
  return fmt::format(
      R"({{"projects":{},"calls":{},"probes":{},"problems":{}}})"
      "\n",
      json_list(survey.inventory.projects, project_json), json_list(survey.rates, rate_json),
      json_list(survey.probes, probe_json),
      json_list(survey.inventory.problems, [](const Error& e) { return quoted(e.detail); }));
}

}  // namespace restorewatch
