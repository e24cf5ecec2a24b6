#include "http/accept_encoding.h"

#include <optional>

#include "http/weighted_list.h"

namespace restorewatch {

bool prefers_gzip(std::string_view accept_encoding) {
  std::optional<int> gzip;
  std::optional<int> identity;
  std::optional<int> any;
  for (const WeightedItem& coding : weighted_list(accept_encoding)) {
    if (!coding.parameters.empty()) continue;  // codings have none
    if (same_word(coding.value, "gzip") || same_word(coding.value, "x-gzip")) gzip = coding.weight;
    if (same_word(coding.value, "identity")) identity = coding.weight;
    if (coding.value == "*") any = coding.weight;
  }
  // Plain bytes are always fine unless refused, and worth less than anything asked for by name.
  const int worth = gzip.value_or(any.value_or(0));
  return worth > 0 && worth >= identity.value_or(0);
}

}  // namespace restorewatch
