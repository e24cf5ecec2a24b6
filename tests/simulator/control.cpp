#include "simulator/control.h"

#include <charconv>
#include <utility>

#include "simulator/json_text.h"

namespace atlas_simulator {
namespace {

// Times near the end of what milliseconds can count would overflow when added to.
constexpr std::int64_t kMostSeconds = 10LL * 365 * 24 * 3600;

Answer json_answer(std::string body) {
  return {200, "application/json", std::move(body) + '\n', {}};
}

Answer complaint(int status, const std::string& text) {
  return {status, "text/plain", text + '\n', {}};
}

std::optional<std::int64_t> seconds_of(const ApiRequest& request) {
  const auto found = request.query.find("seconds");
  if (found == request.query.end()) return std::nullopt;
  const std::string& text = found->second;
  const char* end = text.data() + text.size();
  std::int64_t seconds = 0;
  const auto [rest, error] = std::from_chars(text.data(), end, seconds);
  if (error != std::errc() || rest != end || seconds < 0 || seconds > kMostSeconds) {
    return std::nullopt;
  }
  return seconds;
}

}  // namespace

Control::Control(Atlas& atlas, std::function<RequestCounts()> counts, std::function<void()> quit)
    : atlas_(atlas), counts_(std::move(counts)), quit_(std::move(quit)) {}

Answer Control::answer(const ApiRequest& request) try {
  const std::string what =
      request.method + ' ' +
      request.path.substr(std::min(kControlPrefix.size(), request.path.size()));
  if (what == "GET healthy") return json_answer(R"({"healthy":true})");
  if (what == "GET truth") return json_answer(atlas_.truth_json());
  if (what == "GET requests") return json_answer(counts_().json());
  if (what == "POST faults") return add_faults(request.body);
  if (what == "POST jobs") return add_job(request.body);
  if (what == "POST clusters") return act(parse_cluster_action(request.body));
  if (what == "POST projects") {
    return act(parse_project_action(request.body, atlas_.scenario()));
  }
  if (what == "POST secrets") {
    atlas_.change(parse_secret_change(request.body));
    return json_answer("{}");
  }
  if (what == "POST drain") {
    atlas_.drain(parse_drain(request.body));
    return json_answer("{}");
  }
  if (what == "POST advance") return advance(request);
  if (what == "DELETE faults") {
    atlas_.clear_faults();
    return json_answer("{}");
  }
  if (what == "POST quit") {
    quit_();
    return json_answer("{}");
  }
  return complaint(404, "no such control: " + what);
} catch (const ScenarioError& error) {
  return complaint(400, error.what());
} catch (const ActionRefused& refused) {
  return complaint(refused.status(), refused.what());
}

Answer Control::add_faults(const std::string& text) {
  for (const auto& fault : parse_faults(text)) atlas_.add_fault(fault);
  return json_answer("{}");
}

Answer Control::add_job(const std::string& text) {
  const auto ids = atlas_.add_job(parse_added_job(text));
  if (ids.empty()) return complaint(404, "no such project and cluster");
  std::vector<std::string> quoted;
  quoted.reserve(ids.size());
  for (const auto& id : ids) quoted.push_back(json_string(id));
  JsonObject body;
  body.text("id", ids.front()).raw("ids", json_array(quoted));
  return json_answer(body.render());
}

Answer Control::act(const Action& action) {
  atlas_.act(action);
  return json_answer("{}");
}

Answer Control::advance(const ApiRequest& request) {
  const auto seconds = seconds_of(request);
  if (!seconds) return complaint(400, "advance needs seconds=N, whole and not negative");
  atlas_.advance(std::chrono::seconds(*seconds));
  return json_answer("{}");
}

}  // namespace atlas_simulator
