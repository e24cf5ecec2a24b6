#include "contract/simulated_atlas.h"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <type_traits>

#include "simulator/hashes.h"

namespace restorewatch {
namespace {

namespace sim = atlas_simulator;

std::string percent_decoded(std::string_view text) {
  std::string decoded;
  for (std::size_t i = 0; i < text.size(); ++i) {
    unsigned char byte = 0;
    const bool is_code =
        text[i] == '%' && i + 2 < text.size() &&
        std::from_chars(&text[i + 1], &text[i + 1] + 2, byte, 16).ptr == &text[i + 1] + 2;
    decoded += is_code ? static_cast<char>(byte) : text[i];
    if (is_code) i += 2;
  }
  return decoded;
}

std::multimap<std::string, std::string> query_of(std::string_view text) {
  std::multimap<std::string, std::string> query;
  while (!text.empty()) {
    const std::string_view pair = text.substr(0, text.find('&'));
    const auto equals = std::min(pair.find('='), pair.size());
    query.emplace(percent_decoded(pair.substr(0, equals)),
                  percent_decoded(pair.substr(std::min(equals + 1, pair.size()))));
    text.remove_prefix(std::min(pair.size() + 1, text.size()));
  }
  return query;
}

std::string authorization(const HttpLogin& login) {
  if (const auto* basic = std::get_if<BasicLogin>(&login)) {
    return "Basic " + sim::base64(basic->user + ':' + basic->password.reveal());
  }
  const auto* bearer = std::get_if<BearerToken>(&login);
  return bearer == nullptr ? "" : "Bearer " + bearer->token.reveal();
}

sim::ApiRequest api_request(const HttpRequest& request) {
  const auto path_at = request.url.find('/', request.url.find("://") + 3);
  sim::ApiRequest asked;
  asked.method = request.method == HttpMethod::Get ? "GET" : "POST";
  asked.target = request.url.substr(path_at);
  const auto question_mark = std::min(asked.target.find('?'), asked.target.size());
  asked.path = percent_decoded(std::string_view(asked.target).substr(0, question_mark));
  if (question_mark < asked.target.size()) {
    asked.query = query_of(std::string_view(asked.target).substr(question_mark + 1));
  }
  asked.authorization = authorization(request.login);
  for (const auto& [name, value] : request.headers) {
    if (name == "Accept") asked.accept = value;
    if (name == "Content-Type") asked.content_type = value;
  }
  asked.body = request.body;
  return asked;
}

std::string lower(std::string text) {
  std::ranges::transform(text, text.begin(), [](unsigned char c) { return std::tolower(c); });
  return text;
}

/// The fake Atlas and the daemon look at one clock.
std::shared_ptr<sim::VirtualClock> shared_clock(const ManualClock& clock) {
  static_assert(std::is_same_v<WallTime, sim::VirtualTime>);
  return std::make_shared<sim::VirtualClock>([&clock] { return clock.wall_now(); });
}

}  // namespace

atlas_simulator::Scenario still_scenario(const std::string& scenario) {
  return sim::parse_scenario("time_factor: 0\n" + scenario);
}

SimulatedAtlas::SimulatedAtlas(const std::string& scenario, const ManualClock& clock,
                               FakeLoop& loop)
    : loop_(loop), atlas_(still_scenario(scenario), shared_clock(clock)) {}

void SimulatedAtlas::start(HttpRequest request, Done done) {
  requests_.push_back(request);
  loop_.post([this, request = std::move(request), done = std::move(done)] {
    if (happening_) happening_(request);
    done(answer(request));
  });
}

HttpResponse SimulatedAtlas::answer(const HttpRequest& request) {
  sim::Answer answer = atlas_.reply(api_request(request), [](sim::Millis) { return true; }).answer;
  sent_ += answer.body;
  HttpResponse response{answer.status, {}, std::move(answer.body), std::chrono::milliseconds(20)};
  for (auto& [name, value] : answer.headers) response.headers[lower(name)] = value;
  response.headers["content-type"] = answer.content_type;
  if (text_.empty()) return response;
  for (auto at = response.body.find(text_); at != std::string::npos;
       at = response.body.find(text_, at + by_.size())) {
    response.body.replace(at, text_.size(), by_);
  }
  return response;
}

}  // namespace restorewatch
