#include "http/time_text.h"

#include <algorithm>

#include "base/duration_text.h"

namespace restorewatch {

std::string relative_text(WallTime time, WallTime now) {
  using std::chrono::seconds;
  const auto away = std::chrono::floor<seconds>(time > now ? time - now : now - time);
  if (away < seconds{1}) return "just now";
  const std::string text = duration_text(away, 1);
  return time > now ? "in " + text : text + " ago";
}

std::string minute_text(WallTime time) {
  std::string text = format_time(time).substr(0, 16);
  std::ranges::replace(text, 'T', ' ');
  return text;
}

}  // namespace restorewatch
