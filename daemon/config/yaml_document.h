#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "config/problem.h"

namespace restorewatch {

/// One value of a YAML document and where it stands. Nothing is resolved or converted.
struct YamlNode {
  enum class Kind {
    Null,  // written out, or nothing at all
    Scalar,
    List,
    Map,
    Refused,  // an alias, say: already reported, so not to be reported again
  };

  Kind kind = Kind::Null;
  Place place;                     // of a null: where its key or list begins
  std::string text;                // Scalar
  bool quoted = false;             // Scalar: "5" is a text, 5 is a number
  std::string key;                 // when this is an entry of a map
  Place key_place;                 // likewise
  std::vector<YamlNode> children;  // List, Map: in the file's order, repeated keys included
};

/// Reads `text`, which must be UTF-8 and hold one document without anchors, aliases or tags, and
/// not deeper than any configuration needs. Absent if nothing could be read; `findings` says why.
std::optional<YamlNode> parse_yaml(std::string_view text, Findings& findings);

}  // namespace restorewatch
