#pragma once

#include <algorithm>
#include <regex>
#include <set>
#include <string>
#include <vector>

#include <yaml-cpp/yaml.h>

namespace atlas_simulator {

/// JSON without white space and with members in order of their names; strings keep their quotes,
/// so that 17 and "17" differ. Read by yaml-cpp, which is no code of ours. Members named in
/// `ignored` are left out.
inline std::string canonical(const YAML::Node& node, const std::set<std::string>& ignored = {}) {
  if (node.IsSequence()) {
    std::string text = "[";
    for (const auto& element : node) {
      text += (text.size() > 1 ? "," : "") + canonical(element, ignored);
    }
    return text + ']';
  }
  if (node.IsMap()) {
    std::vector<std::string> members;
    for (const auto& member : node) {
      const std::string name = member.first.Scalar();
      if (ignored.contains(name)) continue;
      members.push_back('"' + name + "\":" + canonical(member.second, ignored));
    }
    std::sort(members.begin(), members.end());
    std::string text = "{";
    for (const auto& member : members) text += (text.size() > 1 ? "," : "") + member;
    return text + '}';
  }
  if (node.IsNull()) return "null";
  const bool quoted = node.Tag() == "!";
  return quoted ? '"' + node.Scalar() + '"' : node.Scalar();
}

/// `text` with every match of `pattern` replaced.
inline std::string replaced(const std::string& text, const std::string& pattern,
                            const std::string& by) {
  return std::regex_replace(text, std::regex(pattern), by);
}

}  // namespace atlas_simulator
