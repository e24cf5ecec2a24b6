#pragma once

#include <string_view>
#include <vector>

namespace restorewatch {

struct Parameter {
  std::string_view name;
  std::string_view value;  // without its quotes; what is escaped in it stays so
};

/// One thing that a client would take. Views of the header that it was read from.
struct WeightedItem {
  std::string_view value;
  std::vector<Parameter> parameters;  // but for the weight
  int weight = 1000;                  // how well it is liked, in thousandths; 0: it is refused
};

/// Of a header such as Accept its items, in their order. One without a value, or of which the
/// weight is none, is left out. Never fails. Source: RFC 9110, 5.6 and 12.4.2.
std::vector<WeightedItem> weighted_list(std::string_view header);

/// Whether they differ in nothing but the case of ASCII letters.
bool same_word(std::string_view a, std::string_view b);

}  // namespace restorewatch
