// The sections whose keys stand alone. The ranges refuse what can only be a slip, such as a
// minute's retention; they are not advice.

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <optional>
#include <string>

#include "config/endpoints.h"
#include "config/files.h"
#include "config/log_words.h"
#include "config/sections.h"
#include "config/web_file.h"

namespace restorewatch {
namespace {

using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;

constexpr milliseconds kShortestPoll{100};
constexpr hours kDay{24};
constexpr std::size_t kMaxCaBytes = 4U << 20U;  // a whole system's bundle is a quarter of that

Result<std::string> readable_file(const SecretPlaces& places, const std::string& given) {
  const std::string path = resolve_path(places.config_file, given);
  const Result<FileContents> file = read_regular_file(path, kMaxCaBytes);
  if (!file) return file.error();
  return path;
}

void warn_of_intervals(const MapReader& map, const PollConfig& poll) {
  if (poll.active_interval > poll.interval) {
    map.warning(
        "active_interval is longer than interval: clusters with a restore going on are looked at "
        "every interval all the same");
  }
  if (poll.full_sweep_interval < poll.interval) {
    map.warning(
        "full_sweep_interval is shorter than interval: every look reads its list to the end");
  }
  if (poll.collection_interval < poll.interval) {
    map.warning(
        "collection_interval is shorter than interval: collection restores are looked at more "
        "often than all others");
  }
  const bool of_all = poll.stale_after < 3 * poll.interval;
  if (!of_all && poll.stale_after >= 3 * poll.collection_interval) return;
  map.warning("stale_after is less than three " +
              std::string(of_all ? "intervals" : "collection_intervals") +
              ": two failed polls in a row will make targets count as blind");
}

Result<Source> parse_source(std::string_view word) {
  if (const std::optional<Source> source = source_from(word)) return *source;
  return Error{ErrorKind::BadConfig, "must be dedicated, flex, collection, serverless or tenant"};
}

}  // namespace

void read_atlas(MapReader& map, const SecretPlaces& places, AtlasConfig& atlas) {
  if (const auto base_url = map.find("base_url")) {
    atlas.base_url = base_url->parsed(check_base_url).value_or(atlas.base_url);
  }
  if (const auto ca_file = map.find_nullable("ca_file")) {
    atlas.ca_file =
        ca_file->parsed([&places](const std::string& path) { return readable_file(places, path); });
  }
  if (const auto proxy_url = map.find_nullable("proxy_url")) {
    atlas.proxy_url = proxy_url->parsed(check_proxy_url);
  }
  map.read("request_timeout", atlas.request_timeout, {milliseconds{1}, minutes{10}});
  map.read("max_connections", atlas.max_connections, NumberRange{1, 1024});
}

void read_sources(const Value& list, std::vector<Source>& sources) {
  sources.clear();
  for (const Value& item : list.list()) {
    const std::optional<Source> source = item.parsed(parse_source);
    if (!source) continue;
    if (std::ranges::find(sources, *source) != sources.end()) item.problem("is listed twice");
    sources.push_back(*source);
  }
}

void read_poll(MapReader& map, PollConfig& poll) {
  map.read("interval", poll.interval, {kShortestPoll, kDay});
  poll.collection_interval = std::max(poll.collection_interval, poll.interval);
  map.read("collection_interval", poll.collection_interval, {kShortestPoll, kDay});
  poll.active_interval = std::min(poll.active_interval, poll.interval);
  map.read("active_interval", poll.active_interval, {kShortestPoll, kDay});
  map.read("full_sweep_interval", poll.full_sweep_interval, {kShortestPoll, 7 * kDay});
  map.read_share("rate_budget", poll.rate_budget);
  map.read("read_rate_limits", poll.read_rate_limits);
  map.read("stale_after", poll.stale_after, {kShortestPoll, 30 * kDay});
  map.read("baseline_lookback", poll.baseline_lookback, {milliseconds{0}, kYear});
  map.read("page_size", poll.page_size, NumberRange{1, 500});
  map.read("lost_after", poll.lost_after, {kShortestPoll, 30 * kDay});
  warn_of_intervals(map, poll);
}

void read_storage(MapReader& map, const SecretPlaces& places, StorageConfig& storage) {
  if (const auto path = map.find("path")) {
    const std::optional<std::string> given = path->text();
    if (given) storage.path = resolve_path(places.config_file, *given);
  }
  map.read("retention", storage.retention, {hours{1}, 100 * kYear});
}

void read_web(MapReader& map, const SecretPlaces& places, WebConfig& web) {
  if (const auto address = map.find("listen_address")) {
    web.listen_address = address->parsed(parse_listen_address).value_or(web.listen_address);
  }
  map.read("enable_lifecycle", web.enable_lifecycle);
  const auto file = map.find_nullable("config_file");
  const auto name = file ? file->text() : std::nullopt;
  if (name) web.access = {web_file_path(places, *name), places.credentials_directory};
}

void read_log(MapReader& map, LogConfig& log) {
  if (const auto level = map.find("level")) {
    log.level = level->parsed(parse_log_level).value_or(log.level);
  }
  if (const auto format = map.find("format")) {
    log.format = format->parsed(parse_log_format).value_or(log.format);
  }
}

void read_metrics(MapReader& map, MetricsConfig& metrics) {
  map.read("per_job_series", metrics.per_job_series);
  map.read("job_retention", metrics.job_retention, {seconds{1}, kYear});
  map.read("max_job_series", metrics.max_job_series, NumberRange{1, 100'000});
}

}  // namespace restorewatch
