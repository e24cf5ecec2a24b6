#include "http/time_text.h"

#include <algorithm>
#include <array>
#include <cstdint>

namespace restorewatch {
namespace {

using std::chrono::seconds;

struct Unit {
  seconds length;
  const char* name;
};

constexpr std::array kUnits{Unit{seconds{86'400}, "d"}, Unit{seconds{3'600}, "h"},
                            Unit{seconds{60}, "min"}, Unit{seconds{1}, "s"}};

std::string text_of(std::int64_t count, const Unit& unit) {
  return std::to_string(count) + " " + unit.name;
}

/// The index of the largest unit that fits; the last one for less than that.
std::size_t unit_of(seconds duration) {
  const auto fits = [&](const Unit& unit) { return duration >= unit.length; };
  const auto* const found = std::ranges::find_if(kUnits, fits);
  return std::min(static_cast<std::size_t>(found - kUnits.begin()), kUnits.size() - 1);
}

}  // namespace

std::string duration_text(std::chrono::milliseconds duration) {
  const auto whole = std::max(std::chrono::floor<seconds>(duration), seconds{0});
  const std::size_t unit = unit_of(whole);
  const Unit& large = kUnits.at(unit);
  std::string text = text_of(whole / large.length, large);
  if (unit + 1 == kUnits.size()) return text;
  const Unit& small = kUnits.at(unit + 1);
  const std::int64_t rest = whole % large.length / small.length;
  return rest == 0 ? text : text + " " + text_of(rest, small);
}

std::string relative_text(WallTime time, WallTime now) {
  const auto away = std::chrono::floor<seconds>(time > now ? time - now : now - time);
  if (away < seconds{1}) return "just now";
  const Unit& unit = kUnits.at(unit_of(away));
  const std::string text = text_of(away / unit.length, unit);
  return time > now ? "in " + text : text + " ago";
}

std::string minute_text(WallTime time) {
  std::string text = format_time(time).substr(0, 16);
  std::ranges::replace(text, 'T', ' ');
  return text;
}

}  // namespace restorewatch
