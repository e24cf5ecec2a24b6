#include <algorithm>
#include <chrono>
#include <cstddef>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>

#include "config/endpoints.h"
#include "config/sections.h"

namespace restorewatch {
namespace {

using Names = std::set<std::string, std::less<>>;

constexpr std::size_t kMaxName = 64;
constexpr std::string_view kLogSink = "log";  // whose place in the journal is kept by this name

/// What an attacker could find out by trying, given one delivery.
constexpr std::size_t kShortSecret = 16;

bool is_name(std::string_view text) {
  const auto allowed = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '_' || c == '-';
  };
  return text.size() <= kMaxName && std::ranges::all_of(text, allowed);
}

Result<std::string> check_name(const std::string& name) {
  if (is_name(name)) return name;
  return Error{ErrorKind::BadConfig, "must be of lower-case letters, digits, ., _ and -, at most " +
                                         std::to_string(kMaxName) + " of them"};
}

std::string lower(std::string text) {
  for (char& c : text) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return text;
}

/// Its place in the journal is kept by its name, so no two may share one.
void claim(const std::string& name, const Value& value, bool is_given, Names& taken) {
  if (!is_given && !is_name(name))
    return value.problem("has a host that cannot be a name; add name");
  if (taken.insert(name).second) return;
  value.problem(name == kLogSink ? "log is the name of the event log; give another name"
                : is_given       ? "is the name of two webhooks"
                                 : "has the host of another webhook; tell them apart by name");
}

WebhookConfig read_webhook(MapReader& map, const SecretPlaces& places, Names& taken) {
  WebhookConfig webhook;
  const std::optional<Value> name = map.find("name");
  const std::optional<Value> url = map.require("url", "where to send events");
  const auto given = name ? name->parsed(check_name) : std::nullopt;
  auto where = url ? url->parsed(check_webhook_url) : std::nullopt;
  if (where) webhook.url = std::move(where->url);
  webhook.name = name ? given.value_or("") : lower(where ? where->host : "");
  if (given) claim(webhook.name, *name, true, taken);
  if (!name && where) claim(webhook.name, *url, false, taken);
  webhook.secret = read_secret(map, "secret_file", places, webhook.secret_path);
  if (!webhook.secret.empty() && webhook.secret.reveal().size() < kShortSecret) {
    map.warning("the secret is shorter than " + std::to_string(kShortSecret) +
                " characters: whoever sees a delivery may guess it");
  }
  map.read("timeout", webhook.timeout, {std::chrono::milliseconds{1}, std::chrono::minutes{5}});
  if (const auto proxy = map.find_nullable("proxy_url")) {
    webhook.proxy_url = proxy->parsed(check_proxy_url);
  }
  return webhook;
}

}  // namespace

void read_events(MapReader& map, const SecretPlaces& places, EventsConfig& events) {
  const std::optional<Value> list = map.find("webhooks");
  if (!list) return;
  Names taken{std::string(kLogSink)};
  for (const Value& item : list->list()) {
    item.map(
        [&](MapReader& entry) { events.webhooks.push_back(read_webhook(entry, places, taken)); });
  }
}

}  // namespace restorewatch
