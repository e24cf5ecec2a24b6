#include "simulator/atlas.h"

#include <utility>

#include "simulator/envelope.h"
#include "simulator/fault_answer.h"
#include "simulator/json_text.h"
#include "simulator/retirement.h"
#include "simulator/time_text.h"

namespace atlas_simulator {
namespace {

constexpr std::string_view kTokenPath = "/api/oauth/token";

// A stalled answer gives its thread back after a while, in case the client never leaves.
constexpr Millis kLongestStall = std::chrono::seconds(60);

RequestKind kind_of(const ApiRequest& request, const std::optional<Route>& route) {
  if (request.path == kTokenPath && request.method == "POST") return RequestKind::Token;
  return route ? route->endpoint->kind : RequestKind::Other;
}

/// Recorded: the body of every first challenge, and what a wrong key gets.
Answer unauthorized() {
  return atlas_error(401, "UNEXPECTED_ERROR", "You are not authorized for this resource.");
}

std::string bucket_name(const Route& route, const std::string& credential) {
  std::string set(route.endpoint->set);
  switch (route.endpoint->scope) {
    case BucketScope::Project:
      return set + '/' + route.project;
    case BucketScope::Organization:
      return set + '/' + route.organization;
    case BucketScope::Credential:
      return set + '/' + credential;
  }
  return set;
}

/// An envelope that was asked for, in a request that is let in.
bool wants_envelope(const ApiRequest& request, const std::optional<Fault>& fault) {
  const bool by_fault = fault && fault->kind == FaultKind::Envelope;
  return by_fault || read_flag(request.query, "envelope", false).value_or(false);
}

Answer too_many(const ApiRequest& request, const RateLimit& limit, std::int64_t retry_after_s,
                ThrottleBody body) {
  constexpr std::string_view kDetail = "The rate limit of this resource has been reached.";
  const std::string path = json_string(request.path.substr(1));
  const std::string capacity = std::to_string(limit.capacity);
  switch (body) {
    case ThrottleBody::TokenBucket:
      return atlas_error(
          429, "RATE_LIMITED_TOKEN_BUCKET", kDetail,
          {path, std::to_string(retry_after_s), capacity, std::to_string(limit.refill),
           std::to_string(std::chrono::ceil<std::chrono::seconds>(limit.per).count())});
    case ThrottleBody::RateLimited:
      return atlas_error(429, "RATE_LIMITED", kDetail,
                         {path, capacity, std::to_string((retry_after_s + 59) / 60)});
    case ThrottleBody::Empty:
      return {429, "text/plain", "", {}};
  }
  return {429, "text/plain", "", {}};
}

void append(std::vector<std::pair<std::string, std::string>>& headers,
            std::vector<std::pair<std::string, std::string>> more) {
  for (auto& header : more) headers.push_back(std::move(header));
}

}  // namespace

Atlas::Atlas(const Scenario& scenario, std::shared_ptr<VirtualClock> clock)
    : clock_(std::move(clock)),
      scenario_(scenario),
      start_(clock_->now()),
      world_(scenario, start_),
      digest_(scenario.api_keys, scenario.seed),
      tokens_(scenario) {
  for (const auto& fault : scenario.faults) faults_.add(fault, start_);
  for (const auto& drain : scenario.drains) this->drain(drain);
}

Reply Atlas::reply(const ApiRequest& request, const Hold& hold) {
  Admission admission = [&] {
    const std::lock_guard lock(mutex_);
    world_.catch_up(clock_->now());
    return admit(request);
  }();
  Reply reply = answer(request, admission, hold);
  const std::lock_guard lock(mutex_);
  ++counts_.answers[{request.method, admission.kind, reply.answer.status}];
  return reply;
}

Atlas::Admission Atlas::admit(const ApiRequest& request) {
  Admission admission;
  admission.route = route(request.path);
  admission.kind = kind_of(request, admission.route);
  if (admission.kind == RequestKind::Token) {
    admission.fault = faults_.take({RequestKind::Token}, clock_->now());
  } else if (request.method != "GET") {
    admission.refusal = atlas_error(405, "METHOD_NOT_ALLOWED", "Only reading is simulated.");
  } else {
    admit_reader(request, admission);
  }
  return admission;
}

void Atlas::admit_reader(const ApiRequest& request, Admission& admission) {
  Answer refusal;
  const auto credential = authenticate(request, refusal);
  if (!credential) {
    admission.refusal = std::move(refusal);
    return;
  }
  admission.reader = reader(*credential);
  const Route none;
  const Route& route = admission.route ? *admission.route : none;
  const auto source = route.endpoint ? route.endpoint->source : std::nullopt;
  admission.fault = faults_.take(
      {admission.kind, source, world_.project(route.project), route.cluster}, clock_->now());
}

Reader Atlas::reader(const std::string& credential) const {
  for (const auto& key : scenario_.api_keys) {
    if (key.name == credential) return {credential, key.organization};
  }
  for (const auto& account : scenario_.service_accounts) {
    if (account.name == credential) return {credential, account.organization};
  }
  return {};
}

std::optional<std::string> Atlas::authenticate(const ApiRequest& request, Answer& refusal) {
  if (scenario_.api_keys.empty() && scenario_.service_accounts.empty()) return std::string();
  const VirtualTime now = clock_->now();
  if (auto account = tokens_.check(request.authorization, now)) return account;
  auto verdict = digest_.check(request.authorization, request.method, request.target, now);
  if (verdict.credential) return verdict.credential;
  refusal = unauthorized();
  refusal.headers.emplace_back("WWW-Authenticate",
                               digest_.challenge(request.authorization, verdict.stale, now));
  return std::nullopt;
}

Reply Atlas::answer(const ApiRequest& request, Admission& admission, const Hold& hold) {
  if (admission.refusal) return {*std::move(admission.refusal), {}, {}};
  const auto& fault = admission.fault;
  if (fault && fault->kind == FaultKind::Stall) hold(kLongestStall);
  const bool stays = !fault || fault->kind != FaultKind::Delay || hold(fault->pause);
  if (!stays) return {Answer{0, "", "", {}}, {}, {}};
  if (fault) {
    if (auto instead = fault_answer(*fault, admission.kind))
      return {*std::move(instead), fault, {}};
  }
  const std::lock_guard lock(mutex_);
  Reply reply = build(request, admission);
  reply.answer.headers.emplace_back("Date", http_text(clock_->now()));  // the jobs' own clock
  return reply;
}

Reply Atlas::build(const ApiRequest& request, const Admission& admission) {
  world_.catch_up(clock_->now());  // again: a fault may have let the client wait
  if (admission.kind == RequestKind::Token) {
    return {tokens_.issue(request, clock_->now()), admission.fault, {}};
  }
  Reply reply;
  reply.fault = admission.fault;
  Served served = serve_resource(request, admission);
  const auto kind = reply.fault ? reply.fault->kind : FaultKind::Delay;
  const bool counts = served.answer.status == 200 && served.cluster;
  if (kind == FaultKind::Drip) {
    reply.unshown = std::move(served.shown);
  } else if (kind != FaultKind::Truncate) {
    truth_.show(served.shown);
    if (counts) truth_.count(admission.kind, *served.cluster);
  }
  const bool is_list = admission.route && admission.route->is_list();
  reply.answer = wants_envelope(request, reply.fault) ? enveloped(std::move(served.answer), is_list)
                                                      : std::move(served.answer);
  return reply;
}

Served Atlas::serve_resource(const ApiRequest& request, const Admission& admission) {
  if (!admission.route) {
    return {atlas_error(404, "RESOURCE_NOT_FOUND", "Cannot find resource " + request.path + ".",
                        {json_string(request.path)})};
  }
  const Endpoint& endpoint = *admission.route->endpoint;
  const auto version = served_version(endpoint, request.accept);
  if (!version) {
    return {
        atlas_error(406, "INVALID_VERSION_DATE", "The version date in the Accept header is bad.")};
  }
  if (auto retired = retired_answer(endpoint, scenario_.retired)) return {*std::move(retired)};
  return serve_version(request, admission, *version);
}

Served Atlas::serve_version(const ApiRequest& request, const Admission& admission,
                            std::string_view version) {
  Answer rate;
  if (auto limited = limit_rate(request, admission, rate)) return {*std::move(limited)};
  Question question{request,       *admission.route, version,   world_,
                    clock_->now(), admission.reader, scenario_, bodies_};
  if (admission.fault && admission.fault->kind == FaultKind::BadJob) {
    question.spoil = admission.fault->field;
  }
  Served served = serve(question);
  append(served.answer.headers, std::move(rate.headers));
  if (served.answer.status != 200) return served;
  add_deprecation(served.answer, *admission.route->endpoint, version);
  if (!version.empty()) {
    served.answer.content_type =
        "application/vnd.atlas." + std::string(version) + "+json;charset=utf-8";
  }
  return served;
}

std::optional<Answer> Atlas::limit_rate(const ApiRequest& request, const Admission& admission,
                                        Answer& headers) {
  const RateLimit& limit = limit_of(admission.route->endpoint->set, scenario_);
  const ThrottleForm& form = scenario_.throttle;
  const std::string name = bucket_name(*admission.route, admission.reader.name);
  const auto take = buckets_.take(name, limit, clock_->now());
  if (form.headers) {
    headers.headers.emplace_back("RateLimit-Limit", std::to_string(limit.capacity));
    headers.headers.emplace_back("RateLimit-Remaining", std::to_string(take.remaining));
  }
  if (take.allowed) return std::nullopt;
  if (form.headers) headers.headers.emplace_back("Retry-After", std::to_string(take.retry_after_s));
  if (!form.headers && form.body == ThrottleBody::Empty) buckets_.told_nothing(name);
  Answer answer = too_many(request, limit, take.retry_after_s, form.body);
  append(answer.headers, std::move(headers.headers));
  return answer;
}

void Atlas::drain(const Drain& drain) {
  const std::lock_guard lock(mutex_);
  world_.catch_up(clock_->now());
  const Project* project = world_.named_project(drain.project);
  if (project == nullptr) throw ActionRefused(404, "no such project: " + drain.project);
  buckets_.drain(drain.set + '/' + project->id, limit_of(drain.set, scenario_),
                 drain.calls_a_minute, clock_->now());
}

void Atlas::show(const std::vector<Shown>& jobs) {
  const std::lock_guard lock(mutex_);
  truth_.show(jobs);
}

void Atlas::add_fault(const Fault& fault) {
  const std::lock_guard lock(mutex_);
  faults_.add(fault, clock_->now());
}

void Atlas::clear_faults() {
  const std::lock_guard lock(mutex_);
  faults_.clear();
}

std::vector<std::string> Atlas::add_job(const AddedJob& added) {
  const std::lock_guard lock(mutex_);
  world_.catch_up(clock_->now());
  return world_.add(added, clock_->now());
}

void Atlas::act(const Action& action) {
  const std::lock_guard lock(mutex_);
  world_.catch_up(clock_->now());
  world_.act(action, clock_->now());
}

void Atlas::change(const SecretChange& change) {
  const std::lock_guard lock(mutex_);
  if (tokens_.change(change) || digest_.change(change)) return;
  throw ActionRefused(404, "no such credential: " + change.credential);
}

std::string Atlas::truth_json() const {
  const std::lock_guard lock(mutex_);
  const VirtualTime now = clock_->now();
  world_.catch_up(now);
  return truth_.json(world_, now);
}

RequestCounts Atlas::counts() const {
  const std::lock_guard lock(mutex_);
  RequestCounts counts = counts_;
  counts.digest_challenges = digest_.challenges();
  counts.stale_challenges = digest_.stale_challenges();
  counts.nonce_replays = digest_.replays();
  counts.tokens_issued = tokens_.issued();
  counts.buckets = buckets_.counts();
  counts.rate_limited = tokens_.rate_limited();
  for (const auto& [name, bucket] : counts.buckets) {
    counts.rate_limited += bucket.refused;
    counts.impatient += bucket.impatient;
  }
  return counts;
}

}  // namespace atlas_simulator
