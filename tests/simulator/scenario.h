#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "simulator/fault.h"
#include "simulator/virtual_clock.h"

namespace atlas_simulator {

enum class Delivery { Automated, Download, PointInTime };

/// How a job's story ends.
enum class End { Completed, Failed, Cancelled, Expired, Ready, Vanishes, Never };

/// A duration drawn evenly between two bounds, both included.
struct Span {
  Millis least{0}, most{0};
};

/// One job, or `count` alike. `at` is an offset from the start of the scenario.
struct JobPlan {
  Millis at{0};
  Delivery delivery = Delivery::Automated;
  End end = End::Completed;
  Span takes{std::chrono::minutes(1), std::chrono::minutes(1)};
  std::optional<Millis> link_lives;           // downloads: how long a link works, if there is one
  std::optional<std::string> target_project;  // absent: the job's own project
  std::optional<std::string> target_cluster;  // absent: the job's own cluster
  std::int64_t count = 1;
  Millis every{0};  // between one of `count` jobs and the next
};

/// Jobs by chance, for scale. Offsets as in JobPlan; `mix` weighs the ends.
struct GeneratePlan {
  std::int64_t count = 0;
  Millis from{0}, until{0};
  Span takes{std::chrono::minutes(1), std::chrono::minutes(20)};
  std::map<End, std::uint64_t> mix;
};

struct ClusterPlan {
  std::string name;
  bool sharded = false;
  std::vector<JobPlan> jobs;
  std::optional<GeneratePlan> generate;
};

struct ProjectPlan {
  std::string id;  // 24 hexadecimal digits
  std::string name;
  std::optional<std::vector<std::string>> credentials;  // who may see it; absent: all
  std::vector<ClusterPlan> clusters;
};

enum class HashKind { Md5, Sha256 };

struct ApiKey {
  std::string name, public_key, private_key;
  HashKind algorithm = HashKind::Md5;
  Millis nonce_lifetime = std::chrono::seconds(30);
  std::int64_t nonce_uses = 100;
};

struct ServiceAccount {
  std::string name, client_id, client_secret;
  Millis token_lifetime = std::chrono::hours(1);
};

/// A token bucket: holds up to `capacity`, gains `refill` every `per`.
struct RateLimit {
  std::int64_t capacity = 1200;
  std::int64_t refill = 500;
  Millis per = std::chrono::minutes(1);
};

/// Everything a simulated Atlas is told. Without credentials it lets everybody in.
struct Scenario {
  std::uint64_t seed = 1;
  double time_factor = 1;
  std::optional<VirtualTime> start;  // absent: now
  std::vector<ApiKey> api_keys;
  std::vector<ServiceAccount> service_accounts;
  RateLimit rate_limit;                // of the restore jobs of one project
  std::int64_t tokens_per_minute = 0;  // token requests per service account; 0: no limit
  int denied_status = 403;             // for a valid credential without the role
  bool foreign_links = false;          // `next` links name somebody else's host
  std::vector<ProjectPlan> projects;
  std::vector<Fault> faults;
};

/// What is wrong with a text, as "line:column: message", both counted from 1.
class ScenarioError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// A job to be added while the simulator runs; `plan.at` counts from then.
struct AddedJob {
  std::string project;  // id or name
  std::string cluster;
  JobPlan plan;
};

/// Readers of YAML (and so of JSON). All are strict: an unknown or repeated key, a missing one, or
/// a value of the wrong kind is a ScenarioError.
Scenario parse_scenario(const std::string& text);
std::vector<Fault> parse_faults(const std::string& text);  // one fault or a list
AddedJob parse_added_job(const std::string& text);

}  // namespace atlas_simulator
