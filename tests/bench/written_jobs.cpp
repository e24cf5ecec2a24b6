#include "bench/written_jobs.h"

#include <array>
#include <cstdint>
#include <random>
#include <string_view>

#include "base/time.h"

namespace restorewatch {
namespace {

constexpr std::string_view kProject = "5b69d0349b15c62cdfc38b78";
constexpr std::string_view kCluster = "payments-eu-1";
constexpr std::int64_t kNewest = 1'790'000'000;
constexpr std::int64_t kJobEvery = 7'200;  // seconds

/// Writes one job. A std::mt19937 gives the same numbers everywhere, distributions do not.
class JobWriter {
 public:
  JobWriter(std::string& to, std::mt19937& chance, std::int64_t requested)
      : to_(to), chance_(chance), requested_(requested), id_(id_of(requested)) {
    const unsigned delivery = below(10);
    is_download_ = delivery == 0;
    is_by_time_ = delivery == 1 || delivery == 2;
    const unsigned end = below(20);
    failed_ = end == 0;
    cancelled_ = end == 1;
  }

  void write() {
    const bool has_link = is_download_ && !failed_ && !cancelled_;
    flag("{\"cancelled\":", cancelled_);
    components(has_link);
    text(",\"deliveryType\":", is_download_  ? "download"
                               : is_by_time_ ? "pointInTime"
                                             : "automated");
    to_ += ",\"deliveryUrl\":[";
    if (has_link) text("", link());
    to_ += "]";
    desired_timestamp();
    flag(",\"expired\":", has_link);
    if (is_download_) time(",\"expiresAt\":", requested_ + 90'000);
    flag(",\"failed\":", failed_);
    time(",\"finishedAt\":", requested_ + 60 + below(1800));
    text(",\"id\":", id_);
    self_link();
    if (is_by_time_) number(",\"pointInTimeUTCSeconds\":", requested_ - 1800);
    to_ += R"(,"privateDownloadDeliveryUrls":[])";
    text(",\"snapshotId\":", id_of(requested_ - kJobEvery));
    if (!is_download_) target();
    time(",\"timestamp\":", requested_ - kJobEvery);
    to_ += "}";
  }

 private:
  void components(bool have_links) {
    to_ += ",\"components\":[";
    const unsigned shards = 1 + below(3);
    for (unsigned shard = 0; shard < shards; ++shard) {
      text(shard == 0 ? "{\"downloadUrl\":" : ",{\"downloadUrl\":", have_links ? link() : "");
      to_ += R"(,"privateDownloadDeliveryUrls":[])";
      text(",\"replicaSetName\":", "atlas-" + hex(6) + "-shard-" + std::to_string(shard));
      to_ += "}";
    }
    to_ += "]";
  }

  void desired_timestamp() {
    time(R"(,"desiredTimestamp":{"date":)", requested_ - 3600);
    number(",\"increment\":", below(100));
    to_ += "}";
  }

  void self_link() {
    std::string address = "https://cloud.mongodb.com/api/atlas/v2/groups/";
    address.append(kProject).append("/clusters/").append(kCluster).append("/backup/restoreJobs/");
    text(R"(,"links":[{"href":)", address + id_);
    text(",\"rel\":", "self");
    to_ += "}]";
  }

  void target() {
    text(",\"targetClusterName\":", "restore-drill");
    text(",\"targetGroupId\":", kProject);
  }

  std::string link() {
    return "https://restore-" + hex(6) + ".example.net:27017/" + hex(16) + "/data.tar.gz";
  }

  /// Its first four bytes are the time, the others are chance.
  std::string id_of(std::int64_t created) {
    std::string id(8, '0');
    for (std::size_t i = 8; i-- > 0; created /= 16)
      id[i] = kHex[static_cast<std::size_t>(created % 16)];
    return id + hex(16);
  }

  std::string hex(unsigned digits) {
    std::string text;
    while (digits-- > 0) text += kHex[below(16)];
    return text;
  }

  void flag(std::string_view before, bool value) { to_.append(before) += value ? "true" : "false"; }
  void number(std::string_view before, std::int64_t value) {
    to_.append(before) += std::to_string(value);
  }
  void text(std::string_view before, std::string_view value) {
    to_.append(before).append("\"").append(value).append("\"");
  }
  void time(std::string_view before, std::int64_t seconds) {
    text(before, format_time(from_unix_seconds(seconds)));
  }

  unsigned below(unsigned end) { return static_cast<unsigned>(chance_() % end); }

  static constexpr std::string_view kHex = "0123456789abcdef";

  std::string& to_;
  std::mt19937& chance_;
  std::int64_t requested_;
  std::string id_;
  bool is_download_ = false;
  bool is_by_time_ = false;
  bool failed_ = false;
  bool cancelled_ = false;
};

}  // namespace

std::string written_page(std::size_t jobs, unsigned seed) {
  std::mt19937 chance(seed);
  std::string page =
      R"({"links":[{"href":"https://cloud.mongodb.com/api/atlas/v2/groups","rel":"self"}],"results":[)";
  std::int64_t requested = kNewest;
  for (std::size_t i = 0; i < jobs; ++i, requested -= kJobEvery) {
    if (i > 0) page += ",";
    JobWriter(page, chance, requested).write();
  }
  return page + R"(],"totalCount":)" + std::to_string(jobs) + "}";
}

}  // namespace restorewatch
