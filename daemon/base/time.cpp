#include "base/time.h"

#include <fmt/format.h>

namespace restorewatch {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

/// Takes digits and marks off the front of a text, remembering whether all went well.
class Reader {
 public:
  explicit Reader(std::string_view text) : rest_(text) {}

  int digits(std::size_t count) {
    if (rest_.size() < count) return fail();
    int value = 0;
    for (std::size_t i = 0; i < count; ++i) {
      if (!is_digit(rest_[i])) return fail();
      value = value * 10 + (rest_[i] - '0');
    }
    rest_.remove_prefix(count);
    return value;
  }

  bool take(std::string_view any_of) {
    if (rest_.empty() || !is_one_of(rest_.front(), any_of)) return false;
    last_ = rest_.front();
    rest_.remove_prefix(1);
    return true;
  }

  void expect(std::string_view any_of) {
    if (!take(any_of)) fail();
  }

  /// Any number of decimals; what is below a millisecond is cut.
  milliseconds fraction() {
    milliseconds value{0};
    int scale = 100;
    if (rest_.empty() || !is_digit(rest_.front())) fail();
    while (!rest_.empty() && is_digit(rest_.front())) {
      value += milliseconds((rest_.front() - '0') * scale);
      scale /= 10;
      rest_.remove_prefix(1);
    }
    return value;
  }

  char last() const { return last_; }
  bool good_to_the_end() const { return good_ && rest_.empty(); }

 private:
  static bool is_digit(char c) { return c >= '0' && c <= '9'; }

  /// string_view::find would call memchr, for three characters at most.
  static bool is_one_of(char c, std::string_view any_of) {
    for (const char one : any_of) {
      if (c == one) return true;
    }
    return false;
  }

  int fail() {
    good_ = false;
    return 0;
  }

  std::string_view rest_;
  char last_ = 0;
  bool good_ = true;
};

bool has_usual_form(std::string_view text) {
  return text.size() == 20 && text[4] == '-' && text[7] == '-' && text[10] == 'T' &&
         text[13] == ':' && text[16] == ':' && text[19] == 'Z';
}

/// "2026-08-10T09:42:00Z", the form that nearly every time has: its digits have known places and
/// are checked all at once, at a quarter of a Reader's work. Most values of an answer are times.
/// Absent for whatever needs a second look, such as a leap second.
std::optional<WallTime> parse_usual_form(std::string_view text) {
  unsigned worst = 0;
  const auto pair = [&](std::size_t at) {
    const unsigned tens = static_cast<unsigned char>(text[at]) - unsigned{'0'};
    const unsigned ones = static_cast<unsigned char>(text[at + 1]) - unsigned{'0'};
    worst |= (tens > 9 ? 1U : 0U) | (ones > 9 ? 1U : 0U);
    return tens * 10 + ones;
  };
  const unsigned year = pair(0) * 100 + pair(2);
  const std::chrono::year_month_day date{std::chrono::year(static_cast<int>(year)),
                                         std::chrono::month(pair(5)), std::chrono::day(pair(8))};
  const unsigned hour = pair(11);
  const unsigned minute = pair(14);
  const unsigned second = pair(17);
  const bool in_range = worst == 0 && year >= 1970 && hour < 24 && minute < 60 && second < 60;
  if (!in_range || !date.ok()) return std::nullopt;
  return std::chrono::sys_days{date} + std::chrono::hours(hour) + std::chrono::minutes(minute) +
         seconds(second);
}

struct Parts {
  std::chrono::year_month_day date;
  std::chrono::hh_mm_ss<milliseconds> clock;
};

Parts split(WallTime time) {
  const auto day = std::chrono::floor<std::chrono::days>(time);
  return {std::chrono::year_month_day(day), std::chrono::hh_mm_ss<milliseconds>(time - day)};
}

std::string format_seconds(const Parts& parts) {
  return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}", static_cast<int>(parts.date.year()),
                     static_cast<unsigned>(parts.date.month()),
                     static_cast<unsigned>(parts.date.day()), parts.clock.hours().count(),
                     parts.clock.minutes().count(), parts.clock.seconds().count());
}

}  // namespace

std::optional<WallTime> parse_time(std::string_view text) {
  if (has_usual_form(text)) {
    if (const auto time = parse_usual_form(text)) return time;
  }
  Reader reader(text);
  const std::chrono::year year{reader.digits(4)};
  reader.expect("-");
  const std::chrono::month month{static_cast<unsigned>(reader.digits(2))};
  reader.expect("-");
  const std::chrono::day day{static_cast<unsigned>(reader.digits(2))};
  reader.expect("Tt ");
  const int hour = reader.digits(2);
  reader.expect(":");
  const int minute = reader.digits(2);
  reader.expect(":");
  const int second = reader.digits(2);
  milliseconds fraction{0};
  if (reader.take(".,")) fraction = reader.fraction();
  std::chrono::minutes offset{0};
  if (reader.take("+-")) {
    const int sign = reader.last() == '-' ? -1 : 1;
    const int offset_hours = reader.digits(2);
    reader.take(":");
    const int offset_minutes = reader.digits(2);
    if (offset_hours > 23 || offset_minutes > 59) return std::nullopt;
    offset = sign * (std::chrono::hours(offset_hours) + std::chrono::minutes(offset_minutes));
  } else {
    reader.expect("Zz");
  }
  const std::chrono::year_month_day date{year, month, day};
  const bool in_range = hour < 24 && minute < 60 && second <= 60;  // 60: a leap second
  if (!reader.good_to_the_end() || !in_range || !date.ok() || year < std::chrono::year{1970}) {
    return std::nullopt;
  }
  const WallTime time = std::chrono::sys_days{date} + std::chrono::hours(hour) +
                        std::chrono::minutes(minute) + seconds(second) + fraction - offset;
  const WallTime end = std::chrono::sys_days{std::chrono::year{10000} / 1 / 1};
  if (time < WallTime{} || time >= end) return std::nullopt;  // an offset can lead out of range
  return time;
}

std::string format_time(WallTime time) {
  const Parts parts = split(time);
  const auto millis = parts.clock.subseconds().count();
  if (millis == 0) return format_seconds(parts) + "Z";
  return fmt::format("{}.{:03}Z", format_seconds(parts), millis);
}

std::string format_time_millis(WallTime time) {
  const Parts parts = split(time);
  return fmt::format("{}.{:03}Z", format_seconds(parts), parts.clock.subseconds().count());
}

double unix_seconds(WallTime time) {
  return static_cast<double>(time.time_since_epoch().count()) / 1000.0;
}

WallTime from_unix_seconds(std::int64_t seconds_since_epoch) {
  return WallTime(seconds(seconds_since_epoch));
}

}  // namespace restorewatch
