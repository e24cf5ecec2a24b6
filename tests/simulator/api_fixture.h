#pragma once

#include <fstream>
#include <memory>
#include <sstream>
#include <string>
#include <utility>

#include <gtest/gtest.h>

#include "simulator/atlas.h"
#include "simulator/job_paths.h"
#include "simulator/scenario.h"
#include "simulator/virtual_clock.h"

namespace atlas_simulator {

inline const std::string kProjectId = "5b69d0349b15c62cdfc38b78";
inline const std::string kGroups = "/api/atlas/v2/groups";
inline const std::string kJobs = kGroups + '/' + kProjectId + "/clusters/prod-a/backup/restoreJobs";
inline const std::string kAccept = "application/vnd.atlas.2023-11-15+json";

/// A simulated Atlas without sockets whose clock stands still at 2026-01-31 until a test moves it.
struct StillAtlas {
  /// `text` is a scenario without `start` and `time_factor`.
  explicit StillAtlas(const std::string& text)
      : atlas(parse_scenario("start: 2026-01-31T00:00:00Z\ntime_factor: 0\n" + text),
              std::make_shared<VirtualClock>(*start(), 0)) {}

  static std::optional<VirtualTime> start() {
    return VirtualTime(std::chrono::sys_days(std::chrono::January / 31 / 2026));
  }

  /// A GET by the newest version that any endpoint has.
  Answer get(const std::string& path, const std::string& query = "");

  Answer ask(const ApiRequest& request) {
    return atlas.reply(request, [](Millis) { return true; }).answer;
  }

  Atlas atlas;
};

/// A GET as a well-behaved client sends it; `query` is "a=1&b=2".
inline ApiRequest get_request(const std::string& path, const std::string& query = "") {
  ApiRequest request;
  request.method = "GET";
  request.path = path;
  request.target = query.empty() ? path : path + '?' + query;
  request.accept = kAccept;
  for (std::size_t at = 0; at < query.size();) {
    const std::size_t end = std::min(query.find('&', at), query.size());
    const std::size_t equals = query.find('=', at);
    request.query.emplace(query.substr(at, equals - at),
                          query.substr(equals + 1, end - equals - 1));
    at = end + 1;
  }
  return request;
}

inline Answer StillAtlas::get(const std::string& path, const std::string& query) {
  ApiRequest request = get_request(path, query);
  request.accept = "application/vnd.atlas.2025-03-12+json";
  return ask(request);
}

/// The text of a file of this repository, by its path from the top.
inline std::string repository_file(const std::string& path) {
  std::ostringstream text;
  text << std::ifstream(RW_SOURCE_DIR "/" + path).rdbuf();
  return text.str();
}

/// The value of a header; empty if absent.
inline std::string header(const Answer& answer, const std::string& name) {
  for (const auto& [its_name, value] : answer.headers) {
    if (its_name == name) return value;
  }
  return {};
}

/// As open_scenario(), but the cluster `prod-a` has these keys.
inline std::string cluster_scenario(const std::string& keys) {
  return "projects:\n  - id: " + kProjectId +
         "\n    name: prod-payments\n    clusters:\n      - {name: prod-a, " + keys + "}\n";
}

/// Where the jobs of `prod-a` are served.
inline std::string jobs_of_prod_a(Source source, Generation generation = Generation::V2) {
  return jobs_path(generation, source, kProjectId, "prod-a");
}

/// A scenario that lets everybody in: one project, one cluster, with these lines of jobs.
inline std::string open_scenario(const std::string& jobs) {
  return "projects:\n  - id: " + kProjectId +
         "\n    name: prod-payments\n    clusters:\n      - name: prod-a\n        jobs:\n" + jobs;
}

}  // namespace atlas_simulator
