#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "simulator/families.h"
#include "simulator/fault.h"
#include "simulator/virtual_clock.h"

namespace atlas_simulator {

/// A duration drawn evenly between two bounds, both included.
struct Span {
  Millis least{0}, most{0};
};

/// An offset from the start of the scenario, or a time of its own.
using Moment = std::variant<Millis, VirtualTime>;

/// One job, or `count` alike. `at` is an offset from the start of the scenario.
struct JobPlan {
  Millis at{0};
  std::optional<Source> source;      // absent: that of the cluster's tier
  std::optional<Delivery> delivery;  // absent: usual_delivery()
  End end = End::Completed;
  Span takes{std::chrono::minutes(1), std::chrono::minutes(1)};
  std::optional<Span> pending, queued;        // parts of `takes`, where a source tells them apart
  std::optional<Millis> link_lives;           // downloads: how long a link works, if there is one
  std::optional<std::string> target_project;  // absent: the job's own project
  std::optional<std::string> target_cluster;  // absent: the job's own cluster
  std::optional<bool> partial;       // collection: single collections failed; absent: drawn
  std::optional<std::string> error;  // collection: what a failed job says
  bool closed = false;               // flex: a completed job says CLOSED
  std::int64_t count = 1;
  Millis every{0};  // between one of `count` jobs and the next
};

/// Jobs by chance, for scale. Offsets as in JobPlan; `mix` weighs the ends.
struct GeneratePlan {
  std::optional<Source> source;  // absent: that of the cluster's tier
  std::int64_t count = 0;
  Millis from{0}, until{0};
  Span takes{std::chrono::minutes(1), std::chrono::minutes(20)};
  std::map<End, std::uint64_t> mix;
};

using Tags = std::map<std::string, std::string>;

struct ClusterPlan {
  std::string name;
  Tier tier = Tier::Dedicated;
  std::optional<std::string> id;             // 24 hexadecimal digits; absent: drawn
  std::optional<Moment> created;             // absent: long before the start
  std::optional<std::string> instance_size;  // absent: the tier's usual one
  bool sharded = false, paused = false, backup_enabled = true;
  bool deleted_with_backups = false;  // gone before the start, its backups kept
  Tags tags;
  std::vector<JobPlan> jobs;
  std::vector<GeneratePlan> generate;
};

/// What a credential may do in a project, each role including the ones before it.
enum class Role { ReadOnly, BackupManager, Owner };

/// The organization of whatever names none.
inline constexpr std::string_view kUsualOrganization = "32b6e34b3d91647abb20e7b8";

struct ProjectPlan {
  std::string id;  // 24 hexadecimal digits
  std::string name;
  std::string organization{kUsualOrganization};
  std::optional<Moment> created;                        // absent: long before the start
  std::optional<std::vector<std::string>> credentials;  // who may see it; absent: all of its org
  std::map<std::string, Role> roles;                    // by credential; absent: owner
  Tags tags;
  std::vector<ClusterPlan> clusters;
};

enum class HashKind { Md5, Sha256 };

struct ApiKey {
  std::string name, public_key, private_key;
  std::string organization{kUsualOrganization};
  HashKind algorithm = HashKind::Md5;
  Millis nonce_lifetime = std::chrono::seconds(30);
  std::int64_t nonce_uses = 100;
  std::vector<std::string> further_secrets{};  // accepted as well
};

struct ServiceAccount {
  std::string name, client_id, client_secret;
  std::string organization{kUsualOrganization};
  Millis token_lifetime = std::chrono::hours(1);
  std::vector<std::string> further_secrets{};  // accepted as well
};

/// The secrets of a credential while it is being changed: which are valid from now on.
struct SecretChange {
  std::string credential;
  std::vector<std::string> secrets;  // at least one
  bool revoke_tokens = false;        // those made so far
};

/// A token bucket: holds up to `capacity`, gains `refill` every `per`.
struct RateLimit {
  std::int64_t capacity = 1200;
  std::int64_t refill = 500;
  Millis per = std::chrono::minutes(1);
};

/// Another client, which takes tokens from a project's bucket as long as there are any.
struct Drain {
  std::string project;  // id or name
  std::string set;      // of endpoints, counted by project
  std::int64_t calls_a_minute = 0;
};

/// The body of a 429.
enum class ThrottleBody { TokenBucket, RateLimited, Empty };

/// How a client is told that a bucket is empty.
struct ThrottleForm {
  ThrottleBody body = ThrottleBody::TokenBucket;
  bool headers = true;  // Retry-After and RateLimit-…, these with successes too
};

/// What becomes of the sources that Atlas has retired: serverless and shared tier.
enum class Retired { Served, Gone, NotFound, NotAllowed, NoRoute };

enum class ClusterVerb {
  Create,
  Upgrade,
  Rename,
  Pause,
  Resume,
  Delete,
  DeleteKeepingBackups,
  DisableBackup,
  EnableBackup
};

struct ClusterAction {
  ClusterVerb verb = ClusterVerb::Create;
  std::string project;              // id or name
  std::string cluster;              // name
  ClusterPlan plan{};               // Create
  Tier tier = Tier::Dedicated;      // Upgrade
  std::optional<std::string> id{};  // Upgrade; absent: it keeps its own
  std::string name{};               // Rename
};

enum class ProjectVerb { Create, Rename, Hide, Show };

struct ProjectAction {
  ProjectVerb verb = ProjectVerb::Create;
  std::string project;       // id or name; Create: the id
  ProjectPlan plan{};        // Create
  std::string name{};        // Rename
  std::string credential{};  // Hide, Show: who loses or gets sight of it
};

using Action = std::variant<ClusterAction, ProjectAction>;

/// An action at an offset from the start.
struct Event {
  Millis at{0};
  Action action;
  std::string place;  // "line:column", for complaints
};

/// Everything a simulated Atlas is told. Without credentials it lets everybody in.
struct Scenario {
  std::uint64_t seed = 1;
  double time_factor = 1;
  std::optional<VirtualTime> start;  // absent: now
  std::vector<ApiKey> api_keys;
  std::vector<ServiceAccount> service_accounts;
  std::map<std::string, RateLimit, std::less<>> rate_limits;  // by endpoint set; absent: Atlas's
  ThrottleForm throttle;
  std::vector<Drain> drains;           // from the start
  std::int64_t tokens_per_minute = 0;  // token requests per service account; 0: no limit
  int denied_status = 403;             // for a valid credential without the role
  bool foreign_links = false;          // `next` links name somebody else's host
  Retired retired = Retired::Served;
  std::vector<ProjectPlan> projects;
  std::vector<Event> events;
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
ClusterAction parse_cluster_action(const std::string& text);
SecretChange parse_secret_change(const std::string& text);
Drain parse_drain(const std::string& text);

/// Credentials are those of `scenario`.
ProjectAction parse_project_action(const std::string& text, const Scenario& scenario);

}  // namespace atlas_simulator
