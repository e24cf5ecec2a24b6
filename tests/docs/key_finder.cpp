#include "docs/key_finder.h"

#include <sstream>
#include <string_view>
#include <utility>

namespace restorewatch {
namespace {

constexpr const char* kNobodys = "zzzzzzzzzzzzzzzzzzzzzzzz";  // no slip of any known word
constexpr std::string_view kKnownHere = "known here: ";

}  // namespace

std::string said_of(const ConfigOutcome& outcome, std::string path) {
  for (auto at = path.find("[]"); at != std::string::npos; at = path.find("[]")) {
    path.replace(at, 2, "[0]");
  }
  for (const Problem& problem : outcome.problems) {
    if (problem.key == path) return problem.message;
  }
  return "";
}

std::string without(std::string entries, const std::string& key) {
  std::istringstream all(std::exchange(entries, ""));
  for (std::string entry; std::getline(all >> std::ws, entry, ',');) {
    if (!entry.starts_with(key + ":")) entries += (entries.empty() ? "" : ", ") + entry;
  }
  return entries;
}

namespace {

void look_into(const ConfigFolder& folder, const std::string& path, KeysOfTheCode& found);

/// The words in "unknown key; known here: a, b".
void look_at_each(const ConfigFolder& folder, const std::string& path, const std::string& said,
                  KeysOfTheCode& found) {
  std::istringstream words(said.substr(said.find(kKnownHere) + kKnownHere.size()));
  for (std::string word; std::getline(words >> std::ws, word, ',');) {
    if (!path.empty()) word.insert(0, path + ".");
    look_into(folder, word, found);
  }
}

void look_into(const ConfigFolder& folder, const std::string& path, KeysOfTheCode& found) {
  const auto says = [&](const std::string& at) {
    const std::string key = at.empty() ? kNobodys : at + "." + kNobodys;
    return said_of(folder.load(with_key(key, "1")), key);
  };
  if (const std::string of_map = says(path); of_map.find(kKnownHere) != std::string::npos) {
    if (!path.empty()) found[path] = "must be a map of keys and values";
    return look_at_each(folder, path, of_map, found);
  }
  found[path] = said_of(folder.load(with_key(path, "{x: 1}")), path);
  const std::string of_item = says(path + "[]");
  if (of_item.find(kKnownHere) != std::string::npos) {
    look_at_each(folder, path + "[]", of_item, found);
  }
}

}  // namespace

KeysOfTheCode find_keys(const ConfigFolder& folder) {
  KeysOfTheCode found;
  look_into(folder, "", found);
  return found;
}

std::string least_of(const std::string& path) {
  if (path == "credentials[]")
    return "name: main, api_key: {public_key: abc; private_key_file: key}";
  if (path == "credentials[].service_account") return "client_id: abc, client_secret_file: key";
  if (path == "credentials[].api_key") return "public_key: abc, private_key_file: key";
  if (path == "projects[]") return "id: 5b69d0349b15c62cdfc38b78";
  if (path == "projects[].clusters[]") return "name: prod-a";
  if (path == "drills[]") return "target_cluster: a";
  if (path == "objectives[]") return "cluster: a, drill_interval: 1d";
  if (path == "policies[]") return "cluster: a, allow_download: true";
  if (path == "events.webhooks[]") return "url: \"https://a.example\", secret_file: key";
  if (path.empty())
    return "credentials: [{name: main; api_key: {public_key: abc; private_key_file: key}}]";
  return "";
}

std::string with_key(const std::string& path, const std::string& value) {
  const auto dot = path.rfind('.');
  const std::string parent = dot == std::string::npos ? "" : path.substr(0, dot);
  const std::string key = path.substr(parent.empty() ? 0 : dot + 1);
  std::string name = key;
  std::string wrapped = value;
  if (name.ends_with("[]")) {
    name.resize(name.size() - 2);
    wrapped = "[" + value + "]";
  }
  std::string others = without(least_of(parent), name);
  if (parent == "credentials[]" && name == "service_account") others = "name: main";
  std::string map = name + ": " + wrapped + (others.empty() ? "" : ", " + others);
  if (!parent.empty()) return with_key(parent, "{" + map + "}");
  for (char& c : map) {
    if (c == ';') c = ',';  // stood for a comma inside of an entry
  }
  return "{" + map + "}";
}

}  // namespace restorewatch
