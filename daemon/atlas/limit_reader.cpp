#include "atlas/limit_reader.h"

#include <simdjson.h>

#include <algorithm>
#include <array>
#include <memory>
#include <optional>
#include <utility>

#include "atlas/endpoints.h"

namespace restorewatch {
namespace {

using simdjson::dom::element;

constexpr std::string_view kPath = "/api/atlas/v2/rateLimits";
constexpr std::string_view kAccept = "application/vnd.atlas.2025-03-12+json";

struct Name {
  std::string_view known_as;  // a path template, or what Atlas calls the set
  std::string_view endpoint_set;
};

constexpr std::array<Name, 2> kClusterLists{{
    {"/api/atlas/v2/groups/{groupId}/clusters", "clusters"},
    {"/api/atlas/v2/groups/{groupId}/flexClusters", "flex_clusters"},
}};

// From the documentation's table of rate limits.
constexpr std::array<Name, 4> kSetNames{{{"Cloud Backups", "cloud_backups"},
                                         {"Flex Restore Jobs", "flex_restore_jobs"},
                                         {"Clusters", "clusters"},
                                         {"Flex Clusters", "flex_clusters"}}};

/// Templates differ in what they call their parameters and in whether they begin with a slash.
std::string normalised(std::string_view path) {
  std::string plain;
  bool in_braces = false;
  for (const char c : path.substr(std::min(path.find('/'), path.find("api/")))) {
    if (c == '}') in_braces = false;
    if (!in_braces) plain += c;
    if (c == '{') in_braces = true;
  }
  if (plain.starts_with('/')) plain.erase(0, 1);
  return plain;
}

/// The set that a path is counted in; empty for paths that we never ask for.
std::string_view set_of_path(std::string_view path) {
  constexpr std::size_t kLongestPath = 500;  // four times the longest of ours
  if (path.size() > kLongestPath || path.find('/') == std::string_view::npos) return "";
  const std::string wanted = normalised(path);
  for (const Name& list : kClusterLists) {
    if (normalised(list.known_as) == wanted) return list.endpoint_set;
  }
  for (const Endpoint& endpoint : all_endpoints()) {
    const bool is_it =
        normalised(endpoint.list_path) == wanted || normalised(endpoint.get_path) == wanted;
    if (is_it) return endpoint.endpoint_set;
  }
  return "";
}

std::string_view text_of(element from) {
  std::string_view text;
  return from.get(text) == simdjson::SUCCESS ? text : "";
}

std::string_view text_at(element from, std::string_view key) {
  element member;
  return from[key].get(member) == simdjson::SUCCESS ? text_of(member) : "";
}

std::string_view path_of(element endpoint) {
  return endpoint.is_object() ? text_at(endpoint, "path") : text_of(endpoint);
}

std::string_view set_of(element row) {
  simdjson::dom::array endpoints;
  if (row["endpoints"].get(endpoints) == simdjson::SUCCESS) {
    for (const element endpoint : endpoints) {
      if (const auto set = set_of_path(path_of(endpoint)); !set.empty()) return set;
    }
  }
  const auto* const found =
      std::ranges::find(kSetNames, text_at(row, "endpointSetName"), &Name::known_as);
  return found == kSetNames.end() ? "" : found->endpoint_set;
}

/// Nothing of no size, and nothing that only a slip can be.
std::optional<double> number_at(element row, std::string_view key) {
  constexpr double kMost = 1e9;
  double number = 0;
  if (row[key]["value"].get(number) != simdjson::SUCCESS) return std::nullopt;
  return number > 0 && number < kMost ? std::optional(number) : std::nullopt;
}

std::optional<SetLimit> limit_of(element row) {
  if (text_at(row, "scope") != "GROUP") return std::nullopt;
  const std::string_view set = set_of(row);
  const auto capacity = number_at(row, "capacity");
  const auto refill = number_at(row, "refillRate");
  const auto seconds = number_at(row, "refillDurationSeconds");
  if (set.empty() || !capacity || !refill || !seconds) return std::nullopt;
  return SetLimit{set, {*capacity, *refill * 60 / *seconds}};
}

/// Sets of ours that Atlas counts apart share one bucket here, so the least that any allows holds.
void add(std::vector<SetLimit>& limits, const SetLimit& more) {
  const auto known = std::ranges::find(limits, more.endpoint_set, &SetLimit::endpoint_set);
  if (known == limits.end()) return limits.push_back(more);
  RateLimit& limit = known->limit;
  limit.capacity = std::min(limit.capacity, more.limit.capacity);
  limit.refill_a_minute = std::min(limit.refill_a_minute, more.limit.refill_a_minute);
}

}  // namespace

Result<std::vector<SetLimit>> decode_limits(std::string_view body) {
  simdjson::dom::parser parser;
  element root;
  simdjson::dom::array rows;
  if (parser.parse(body.data(), body.size()).get(root) != simdjson::SUCCESS ||
      root["results"].get(rows) != simdjson::SUCCESS) {
    return Error{ErrorKind::Malformed, "not the documented JSON: there is no results array."};
  }
  std::vector<SetLimit> limits;
  for (const element row : rows) {
    if (const auto limit = limit_of(row)) add(limits, *limit);
  }
  return limits;
}

void ask_limits(AtlasApi& api, const ProjectId& project,
                const std::vector<std::string>& credentials, LimitsDone done) {
  const auto limits = std::make_shared<Result<std::vector<SetLimit>>>(std::vector<SetLimit>{});
  ApiRequest request;
  request.project_id = to_string(project);
  request.url = api.options.base_url + std::string(kPath) + "?groupId=" + request.project_id;
  request.path_template = kPath;
  request.accept = kAccept;
  request.bucket = {"", "rate_limits"};
  request.read = [limits](std::string& body) {
    *limits = decode_limits(body);
    return kNoEnvelope;
  };
  api.calls.get(std::move(request), credentials,
                [limits, done = std::move(done)](const ApiAnswer& answer, const std::string&) {
                  if (answer.error) return done(*answer.error);
                  done(std::move(*limits));
                });
}

}  // namespace restorewatch
