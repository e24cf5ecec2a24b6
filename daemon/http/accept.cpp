#include "http/accept.h"

#include <array>
#include <cstddef>
#include <limits>
#include <optional>

#include "http/weighted_list.h"

namespace restorewatch {
namespace {

struct Offer {
  std::string_view type;
  std::string_view any_of_it;
  std::string_view version;
  PageType page;
};

/// Prometheus from 2.5 on has asked for 0.0.1, a draft of 1.0.0, and later versions for both. For
/// what is on our pages they do not differ.
constexpr std::array kOffers{
    Offer{"text/plain",
          "text/*",
          "0.0.4",
          {PageFormat::Text, "text/plain; version=0.0.4; charset=utf-8"}},
    Offer{"application/openmetrics-text",
          "application/*",
          "1.0.0",
          {PageFormat::OpenMetrics, "application/openmetrics-text; version=1.0.0; charset=utf-8"}},
    Offer{"application/openmetrics-text",
          "application/*",
          "0.0.1",
          {PageFormat::OpenMetrics, "application/openmetrics-text; version=0.0.1; charset=utf-8"}},
};

/// How closely a range names an offer: by type, and then by how many parameters.
constexpr int kAnything = 0;
constexpr int kAnyOfItsKind = 10;
constexpr int kByName = 20;

std::optional<int> closeness_by_type(const WeightedItem& range, const Offer& offer) {
  if (same_word(range.value, offer.type)) return kByName;
  if (same_word(range.value, offer.any_of_it)) return kAnyOfItsKind;
  if (range.value == "*/*") return kAnything;
  return std::nullopt;
}

/// Absent where the range is of something else.
std::optional<int> closeness(const WeightedItem& range, const Offer& offer) {
  std::optional<int> close = closeness_by_type(range, offer);
  for (const auto& [name, value] : range.parameters) {
    const bool is_version = same_word(name, "version");
    const bool is_charset = same_word(name, "charset");
    if (is_version && value != offer.version) return std::nullopt;
    if (is_charset && !same_word(value, "utf-8")) return std::nullopt;
    if (close && (is_version || is_charset)) ++*close;
  }
  return close;
}

/// How well an offer is liked, and the place in the header that says so.
struct Liking {
  int weight = 0;
  std::size_t place = std::numeric_limits<std::size_t>::max();

  bool is_more_than(const Liking& other) const {
    return weight != other.weight ? weight > other.weight : place < other.place;
  }
};

Liking liking_of(const Offer& offer, const std::vector<WeightedItem>& ranges) {
  Liking liking;
  int closest = -1;
  for (std::size_t place = 0; place < ranges.size(); ++place) {
    const int close = closeness(ranges[place], offer).value_or(-1);
    if (close <= closest) continue;
    closest = close;
    liking = {ranges[place].weight, place};
  }
  return liking;
}

}  // namespace

PageType page_type_for(std::string_view accept) {
  const std::vector<WeightedItem> ranges = weighted_list(accept);
  const Offer* best = &kOffers.front();
  Liking most = liking_of(*best, ranges);
  for (const Offer& offer : kOffers) {
    const Liking liking = liking_of(offer, ranges);
    if (liking.weight == 0 || !liking.is_more_than(most)) continue;
    best = &offer;
    most = liking;
  }
  return best->page;
}

}  // namespace restorewatch
