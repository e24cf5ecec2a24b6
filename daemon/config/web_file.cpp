#include "config/web_file.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>
#include <utility>

#include "base/bcrypt_hash.h"
#include "config/files.h"
#include "config/map_reader.h"
#include "config/tls_section.h"
#include "config/yaml_document.h"

namespace restorewatch {
namespace {

constexpr std::size_t kMaxFileBytes = 1U << 20U;
constexpr std::size_t kMaxUsers = 1000;

/// The headers that exporter-toolkit lets an operator set, and their values where it says which.
struct HeaderRule {
  std::string_view name;
  std::array<std::string_view, 2> values{};  // empty: any
};
constexpr std::array kHeaders{HeaderRule{"Strict-Transport-Security"},
                              HeaderRule{"X-Content-Type-Options", {"nosniff", "nosniff"}},
                              HeaderRule{"X-Frame-Options", {"deny", "sameorigin"}},
                              HeaderRule{"X-XSS-Protection"},
                              HeaderRule{"Content-Security-Policy"}};

/// Nothing that could end the line, and nothing that a client might read in two ways.
bool is_printable_ascii(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return c >= ' ' && c <= '~'; });
}

void read_header(MapReader& map, const HeaderRule& rule, WebHeaders& headers) {
  const auto value = map.find(rule.name);
  const auto text = value ? value->text() : std::nullopt;
  if (!text) return;
  const bool any = rule.values[0].empty();
  if (!any && std::ranges::find(rule.values, *text) == rule.values.end()) {
    const bool single = rule.values[0] == rule.values[1];
    value->problem("must be " + std::string(rule.values[0]) +
                   (single ? "" : " or " + std::string(rule.values[1])));
  } else if (!is_printable_ascii(*text)) {
    value->problem("must hold nothing but printable ASCII");
  } else {
    headers.emplace_back(rule.name, *text);
  }
}

void read_http(MapReader& map, WebHeaders& headers) {
  if (const auto http2 = map.find("http2")) {
    if (http2->boolean().value_or(false))
      http2->warning("is not spoken: HTTP/1.1 is what there is");
  }
  const auto given = map.find_nullable("headers");
  if (!given) return;
  given->map([&](MapReader& entries) {
    for (const HeaderRule& rule : kHeaders) read_header(entries, rule, headers);
  });
}

Result<int> parse_hash(std::string_view hash) {
  const std::optional<int> cost = bcrypt_cost(hash);
  if (!cost) {
    return Error{
        ErrorKind::BadConfig,
        "must be a bcrypt hash ($2a$, $2b$ or $2y$), as `htpasswd -nBC 10 NAME` writes it"};
  }
  if (*cost <= kMaxBcryptCost) return *cost;
  return Error{ErrorKind::BadConfig, "costs more than " + std::to_string(kMaxBcryptCost) +
                                         ": each login would take seconds; hash it with 10"};
}

void read_users(MapReader& map, std::map<std::string, std::string>& users) {
  std::optional<int> first_cost;
  map.each([&](const std::string& name, const Value& value) {
    const std::optional<int> cost = value.parsed(parse_hash);
    if (!cost) return;
    if (name.find(':') != std::string::npos) {
      value.problem("the name holds a colon, and so could never log in");
      return;
    }
    if (cost != first_cost.value_or(*cost)) {
      value.warning(
          "costs another time than the users before it, by which an attacker can tell "
          "which names there are; hash all with the same cost");
    }
    if (!first_cost) first_cost = cost;
    users.emplace(name, *value.plain());
  });
  if (users.size() > kMaxUsers) map.problem("names more than a thousand users");
}

void read_rate(MapReader& map, std::optional<RateRules>& rate) {
  RateRules rules;
  map.read("interval", rules.interval, {std::chrono::milliseconds{0}, std::chrono::hours{1}});
  map.read("burst", rules.burst, NumberRange{0, 1'000'000});
  if (rules.interval == std::chrono::milliseconds{0}) return;  // no limit, as there
  if (rules.burst == 0) map.problem("needs a burst of 1 at least; with 0 nobody is ever answered");
  rate = rules;
}

/// Null is as good as absent.
void section(MapReader& map, std::string_view key, const std::function<void(MapReader&)>& read) {
  if (const auto value = map.find_nullable(key)) value->map(read);
}

void read_web_document(MapReader& map, const SecretPlaces& places, WebRules& rules) {
  section(map, "tls_server_config",
          [&](MapReader& entries) { rules.tls = read_tls(entries, places); });
  section(map, "http_server_config",
          [&](MapReader& entries) { read_http(entries, rules.headers); });
  section(map, "basic_auth_users", [&](MapReader& entries) { read_users(entries, rules.users); });
  section(map, "rate_limit", [&](MapReader& entries) { read_rate(entries, rules.rate); });
}

/// Nothing but comments and blank lines: plain HTTP for everybody, as exporter-toolkit has it.
bool says_nothing(std::string_view text) {
  while (!text.empty()) {
    const std::string_view line = text.substr(0, text.find('\n'));
    const std::size_t first = line.find_first_not_of(" \r");
    if (first != std::string_view::npos && line[first] != '#') return false;
    text.remove_prefix(std::min(text.size(), line.size() + 1));
  }
  return true;
}

void warn_of_plain_logins(const WebRules& rules, Findings& findings) {
  if (rules.users.empty() || rules.tls) return;
  findings.warning({}, "basic_auth_users",
                   "without tls_server_config passwords go over the wire for all to read");
}

void read_web_file(const SecretPlaces& places, WebRules& rules, Findings& findings) {
  const Result<FileContents> file = read_regular_file(places.config_file, kMaxFileBytes);
  if (!file) return findings.problem({}, "", file.error().detail);
  if (says_nothing(file->bytes)) return;
  const std::optional<YamlNode> root = parse_yaml(file->bytes, findings);
  if (!root) return;
  const Value document(*root, "", findings);
  document.map([&](MapReader& map) { read_web_document(map, places, rules); });
  if (!rules.users.empty() && file->readable_by_others) {
    findings.warning({}, "basic_auth_users",
                     "everybody on this machine can read the hashes; chmod 600 the file");
  }
  warn_of_plain_logins(rules, findings);
}

}  // namespace

WebFileOutcome load_web_file(const SecretPlaces& places) {
  WebRules rules;
  Findings findings;
  read_web_file(places, rules, findings);
  WebFileOutcome outcome{{}, findings.problems(), findings.warnings()};
  if (outcome.problems.empty()) outcome.rules = std::move(rules);
  return outcome;
}

std::string web_file_path(const SecretPlaces& places, const std::string& name) {
  if (name.find('/') == std::string::npos && !places.credentials_directory.empty()) {
    std::string path = places.credentials_directory + "/" + name;
    if (read_regular_file(path, kMaxFileBytes)) return path;
  }
  return resolve_path(places.config_file, name);
}

}  // namespace restorewatch
