#include "cli/target_report.h"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>
#include <utility>

#include "base/json_object.h"
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

std::string idle_lines(const Survey& survey) {
  if (survey.idle_rules.empty()) return "";
  return "\nThese rules pick nothing of that; are their names right? " + joined(survey.idle_rules) +
         "\n";
}

std::optional<std::string> if_any(const std::string& text) {
  return text.empty() ? std::nullopt : std::optional(text);
}

std::string problem_json(const Error& problem) {
  return json_string(problem.detail);
}

std::string cluster_json(const InventoryCluster& known) {
  const Cluster& cluster = known.cluster;
  const auto reason = known.not_polled ? std::optional(label(*known.not_polled)) : std::nullopt;
  return JsonObject()
      .add("name", cluster.name)
      .add_or_null("id", cluster.id)
      .add("tier", label(cluster.tier))
      .add("api", label(cluster.api))
      .add_json("sources", json_array(source_words(known), json_string))
      .add_or_null("not_polled", reason)
      .add("configured", known.configured)
      .add("listed", known.listed)
      .add("paused", cluster.paused)
      .add("deleted", cluster.deleted)
      .add_or_null("backup_enabled", cluster.backup_enabled)
      .add_or_null("created_at", cluster.created_at)
      .text();
}

std::string project_json(const InventoryProject& project) {
  const auto problem = project.problem ? std::optional(project.problem->detail) : std::nullopt;
  return JsonObject()
      .add("id", project.project.id)
      .add("name", project.project.name)
      .add_json("credentials", json_array(project.credentials, json_string))
      .add("excluded", project.excluded)
      .add_or_null("problem", problem)
      .add_json("clusters", json_array(project.clusters, cluster_json))
      .text();
}

std::string rate_json(const CallRate& rate) {
  return JsonObject()
      .add("project_id", rate.project_id)
      .add("endpoint_set", rate.endpoint_set)
      .add_json("calls_a_minute", fmt::format("{:.3f}", rate.calls_a_minute))
      .add_or_null("documented_limit", rate.documented_limit)
      .add_json("our_share", rate.our_limit() ? fmt::format("{:.3f}", *rate.our_limit()) : "null")
      .add("over_committed", rate.is_over_committed())
      .add("effective_interval_seconds", rate.effective_interval())
      .text();
}

std::string probe_json(const Probe& probe) {
  const TargetKey& key = probe.target.key;
  const auto problem = probe.status ? std::nullopt : std::optional(probe.status.error().detail);
  return JsonObject()
      .add("project_id", key.project_id)
      .add("source", label(key.source))
      .add("cluster", key.cluster_name)
      .add_or_null("credential", if_any(probe.credential))
      .add("role", probe.role)
      .add("ok", probe.status.ok())
      .add_or_null("problem", problem)
      .text();
}

}  // namespace

std::string target_table(const Survey& survey) {
  const std::string nothing = survey.rates.empty() ? "\nNo cluster would be watched.\n" : "";
  return cluster_rows(survey.inventory) + nothing + rate_rows(survey) + probe_rows(survey) +
         idle_lines(survey) + problem_lines(survey.inventory);
}

std::string target_json(const Survey& survey) {
  return JsonObject()
             .add_json("projects", json_array(survey.inventory.projects, project_json))
             .add_json("calls", json_array(survey.rates, rate_json))
             .add_json("probes", json_array(survey.probes, probe_json))
             .add_json("idle_rules", json_array(survey.idle_rules, json_string))
             .add_json("problems", json_array(survey.inventory.problems, problem_json))
             .text() +
         "\n";
}

}  // namespace restorewatch
