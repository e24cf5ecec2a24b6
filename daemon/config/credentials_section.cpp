#include <algorithm>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "config/ids.h"
#include "config/sections.h"

namespace restorewatch {
namespace {

constexpr std::string_view kFile = "the file that holds the secret";

Result<std::string> check_name(const std::string& name) {
  const auto allowed = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
  };
  if (std::ranges::all_of(name, allowed)) return name;
  return Error{ErrorKind::BadConfig, "must be of lower-case letters, digits, - and _"};
}

std::optional<std::string> read_name(MapReader& map, KnownCredentials& known) {
  const std::optional<Value> value = map.require("name", "what projects call this credential");
  std::optional<std::string> name = value ? value->parsed(check_name) : std::nullopt;
  if (name && !known.names.insert(*name).second) value->problem("is the name of two credentials");
  return name;
}

std::string read_text(MapReader& map, std::string_view key, std::string_view why) {
  const std::optional<Value> value = map.require(key, why);
  return value ? value->text().value_or("") : "";
}

void read_login(MapReader& map, const SecretPlaces& places, Credential& credential) {
  const std::optional<Value> account = map.find("service_account");
  const std::optional<Value> key = map.find("api_key");
  if (account) {
    account->map([&](MapReader& entry) {
      std::string id = read_text(entry, "client_id", "the service account's client ID");
      Secret secret = read_secret(entry, "client_secret_file", places, credential.secret_path);
      credential.login = ServiceAccount{std::move(id), std::move(secret)};
    });
  }
  if (key) {
    key->map([&](MapReader& entry) {
      std::string id = read_text(entry, "public_key", "the API key's public half");
      Secret secret = read_secret(entry, "private_key_file", places, credential.secret_path);
      credential.login = ApiKey{std::move(id), std::move(secret)};
    });
  }
}

Result<ObjectId> check_org_id(const std::string& text) {
  return check_id(text, "an organization's");
}

void read_org_id(MapReader& map, Credential& credential) {
  const std::optional<Value> value = map.find("org_id");
  const std::optional<ObjectId> id = value ? value->parsed(check_org_id) : std::nullopt;
  if (id) credential.org_id = to_string(*id);
}

}  // namespace

Secret read_secret(MapReader& map, std::string_view key, const SecretPlaces& places,
                   std::string& path) {
  const std::optional<Value> value = map.require(key, kFile);
  if (!value) return {};
  std::optional<SecretFile> file =
      value->parsed([&places](const std::string& name) { return read_secret_file(places, name); });
  if (!file) return {};
  if (file->readable_by_others) value->warning("the file can be read by every user; chmod o-r it");
  path = std::move(file->path);
  return std::move(file->secret);
}

KnownCredentials read_credentials(const Value& list, const SecretPlaces& places,
                                  std::vector<Credential>& credentials) {
  KnownCredentials known;
  const std::vector<Value> items = list.list();
  std::size_t named = 0;
  for (const Value& item : items) {
    item.map([&](MapReader& map) {
      Credential credential;
      const std::optional<std::string> name = read_name(map, known);
      if (name) ++named;
      credential.name = name.value_or("");
      read_login(map, places, credential);
      read_org_id(map, credential);
      if (map.has("service_account") == map.has("api_key")) {
        map.problem("must have exactly one of service_account and api_key");
      }
      credentials.push_back(std::move(credential));
    });
  }
  known.complete = named == items.size() && named > 0;
  return known;
}

}  // namespace restorewatch
