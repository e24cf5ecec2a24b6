#include "store/tallies.h"

#include <array>
#include <initializer_list>
#include <optional>

namespace restorewatch {
namespace {

constexpr std::string_view kNoState = "none";
constexpr std::string_view kLastBucket = "more";
constexpr std::size_t kMaxWords = 4;

std::string join(std::initializer_list<std::string_view> words) {
  std::string name;
  for (const std::string_view word : words) {
    if (!name.empty()) name += '/';
    name += word;
  }
  return name;
}

// The words of a name; unused places stay empty, a name of too many words gives none.
std::array<std::string_view, kMaxWords> split(std::string_view name) {
  std::array<std::string_view, kMaxWords> words;
  std::size_t count = 0;
  while (count < kMaxWords) {
    const std::size_t slash = name.find('/');
    words[count++] = name.substr(0, slash);
    if (slash == std::string_view::npos) return words;
    name.remove_prefix(slash + 1);
  }
  return {};
}

void append(std::vector<Tally>& rows, std::string name, std::uint64_t value) {
  if (value != 0) rows.push_back({std::move(name), value});
}

std::string bucket_name(std::size_t bucket) {
  if (bucket == kDurationBounds.size()) return std::string(kLastBucket);
  return std::to_string(kDurationBounds[bucket].count());
}

std::optional<std::size_t> bucket_from(std::string_view name) {
  for (std::size_t i = 0; i <= kDurationBounds.size(); ++i) {
    if (bucket_name(i) == name) return i;
  }
  return std::nullopt;
}

void append(std::vector<Tally>& rows, std::string_view kind, const DurationHistogram& histogram) {
  for (std::size_t i = 0; i < histogram.buckets.size(); ++i) {
    if (histogram.buckets[i] == 0) continue;
    append(rows, join({"durations", kind, bucket_name(i)}), histogram.buckets[i]);
  }
  append(rows, join({"duration_ms", kind}), histogram.sum_ms);
}

using Words = std::array<std::string_view, kMaxWords>;

bool restore_transitions(const Words& words, std::uint64_t value, FleetTotals& totals) {
  const auto source = source_from(words[1]);
  const auto from = job_state_from(words[2]);
  const auto to = job_state_from(words[3]);
  if (!source || !to || (!from && words[2] != kNoState)) return false;
  totals.transitions[{*source, from, *to}] = value;
  return true;
}

bool restore_missed(const Words& words, std::uint64_t value, FleetTotals& totals) {
  const auto project = parse_object_id(words[1]);
  if (!project) return false;
  totals.missed[*project] = value;
  return true;
}

bool restore_duration(const Words& words, std::uint64_t value, FleetTotals& totals) {
  const auto kind = kind_from(words[1]);
  const auto bucket = bucket_from(words[2]);
  if (!kind || !bucket) return false;
  totals.durations[index_of(*kind)].buckets[*bucket] = value;
  return true;
}

bool restore_duration_sum(const Words& words, std::uint64_t value, FleetTotals& totals) {
  const auto kind = kind_from(words[1]);
  if (!kind) return false;
  totals.durations[index_of(*kind)].sum_ms = value;
  return true;
}

}  // namespace

std::vector<Tally> tallies(const TargetCounters& counters) {
  std::vector<Tally> rows;
  for (std::size_t i = 0; i < kScopeCount; ++i) {
    if (counters.requested[i] == 0) continue;
    append(rows, join({"requested", label(static_cast<Scope>(i))}), counters.requested[i]);
  }
  for (std::size_t kind = 0; kind < kKindCount; ++kind) {
    for (std::size_t i = 0; i < kOutcomeCount; ++i) {
      const std::uint64_t value = counters.finished[kind][i];
      if (value == 0) continue;
      const std::string_view outcome = label(static_cast<Outcome>(i));
      append(rows, join({"finished", label(static_cast<Kind>(kind)), outcome}), value);
    }
  }
  for (std::size_t i = 0; i < kPolicyRuleCount; ++i) {
    if (counters.violations[i] == 0) continue;
    append(rows, join({"violations", label(static_cast<PolicyRule>(i))}), counters.violations[i]);
  }
  return rows;
}

std::vector<Tally> tallies(const FleetTotals& totals) {
  std::vector<Tally> rows;
  for (const auto& [pair, value] : totals.transitions) {
    const std::string_view from = pair.from ? label(*pair.from) : kNoState;
    append(rows, join({"transitions", label(pair.source), from, label(pair.to)}), value);
  }
  for (const auto& [project, value] : totals.missed) {
    append(rows, join({"missed", to_string(project)}), value);
  }
  for (std::size_t kind = 0; kind < kKindCount; ++kind) {
    append(rows, label(static_cast<Kind>(kind)), totals.durations[kind]);
  }
  return rows;
}

bool restore(std::string_view name, std::uint64_t value, TargetCounters& counters) {
  const Words words = split(name);
  if (words[0] == "requested") {
    const auto scope = scope_from(words[1]);
    if (scope) counters.requested[index_of(*scope)] = value;
    return scope.has_value();
  }
  if (words[0] == "violations") {
    const auto rule = policy_rule_from(words[1]);
    if (rule) counters.violations[index_of(*rule)] = value;
    return rule.has_value();
  }
  const auto kind = kind_from(words[1]);
  const auto outcome = outcome_from(words[2]);
  if (words[0] != "finished" || !kind || !outcome) return false;
  counters.finished[index_of(*kind)][index_of(*outcome)] = value;
  return true;
}

bool restore(std::string_view name, std::uint64_t value, FleetTotals& totals) {
  const Words words = split(name);
  if (words[0] == "transitions") return restore_transitions(words, value, totals);
  if (words[0] == "missed") return restore_missed(words, value, totals);
  if (words[0] == "durations") return restore_duration(words, value, totals);
  return words[0] == "duration_ms" && restore_duration_sum(words, value, totals);
}

}  // namespace restorewatch
