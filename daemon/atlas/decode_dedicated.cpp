#include "atlas/decode_dedicated.h"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string_view>

#include "atlas/dedicated_member.h"
#include "atlas/link_search.h"
#include "atlas/page_walk.h"
#include "atlas/shown_text.h"
#include "jobs/state_rules.h"

namespace restorewatch {
namespace {

using json::error_code;
using json::Found;
using json::json_type;
using json::value;
using Member = DedicatedMember;

/// Atlas allows 64 characters. Not more than this is carried into the store and onto pages.
constexpr std::size_t kMaxNameBytes = 256;
constexpr std::size_t kMaxShownId = 40;

Delivery delivery_of(std::string_view word) {
  if (word == "automated") return Delivery::Automated;
  if (word == "pointInTime") return Delivery::PointInTime;
  if (word == "download") return Delivery::Download;
  return Delivery::Unknown;
}

bool is_name(std::string_view text) {
  const auto is_control = [](char c) { return static_cast<unsigned char>(c) < ' ' || c == '\x7f'; };
  return text.size() <= kMaxNameBytes && std::none_of(text.begin(), text.end(), is_control);
}

class DedicatedJobReader {
 public:
  error_code read(json::object from) {
    return json::for_each_member(
        from, [this](std::string_view key, value held) { return member(key, held); });
  }

  error_code member(std::string_view key, value from) {
    const Member which = dedicated_member_of(key);
    if (which == Member::Other) return simdjson::SUCCESS;
    const std::uint32_t bit = 1U << static_cast<unsigned>(which);
    if ((seen_ & bit) != 0) {
      note_wrong(key, "given twice");
      return simdjson::SUCCESS;
    }
    seen_ |= bit;
    const Found is = take(which, from);
    if (is == Found::Wrong) note_wrong(key, "not " + std::string(wanted(which)));
    return is == Found::Broken ? simdjson::TAPE_ERROR : simdjson::SUCCESS;
  }

  json::DecodedJob take();

 private:
  Found take(Member which, value from);
  Found take_id(value from);
  Found take_delivery(value from);
  Found take_target_cluster(value from);
  Found take_desired_time(value from);
  Found take_links(value from);

  /// The first thing that is wrong is the one that is told.
  void note_wrong(std::string_view key, std::string_view what) {
    if (wrong_.empty()) wrong_ = std::string(key) + ": " + std::string(what);
  }

  RestoreJob job_;
  JobFlags flags_;
  std::optional<JobId> id_;
  std::optional<WallTime> created_at_;
  std::optional<WallTime> point_in_time_;
  std::optional<WallTime> oplog_time_;
  std::optional<WallTime> desired_time_;
  std::string shown_id_;  // of an id that is none
  std::string wrong_;
  std::uint32_t seen_ = 0;  // one bit for each Member
};

Found DedicatedJobReader::take(Member which, value from) {
  switch (which) {
    case Member::Id:
      return take_id(from);
    case Member::DeliveryType:
      return take_delivery(from);
    case Member::Cancelled:
      return json::read_bool(from, flags_.cancelled);
    case Member::Expired:
      return json::read_bool(from, flags_.expired);
    case Member::Failed:
      return json::read_bool(from, flags_.failed);
    case Member::CreatedAt:
      return json::read_time(from, created_at_);
    case Member::FinishedAt:
      return json::read_time(from, job_.finished_at);
    case Member::ExpiresAt:
      return json::read_time(from, job_.expires_at);
    case Member::SnapshotId:
      return json::read_object_id(from, job_.snapshot_id);
    case Member::SnapshotAt:
      return json::read_time(from, job_.snapshot_at);
    case Member::TargetClusterName:
      return take_target_cluster(from);
    case Member::TargetGroupId:
      return json::read_object_id(from, job_.target_project_id);
    case Member::DeliveryUrl:
    case Member::PrivateUrls:
    case Member::Components:
      return take_links(from);
    case Member::PointInTime:
      return json::read_unix_seconds(from, point_in_time_);
    case Member::OplogTime:
      return json::read_unix_seconds(from, oplog_time_);
    case Member::DesiredTime:
      return take_desired_time(from);
    case Member::Other:
      break;
  }
  return Found::Value;
}

Found DedicatedJobReader::take_id(value from) {
  std::string_view text;
  const Found is = json::read_text(from, text);
  if (is == Found::Null) return Found::Wrong;
  if (is != Found::Value) return is;
  id_ = parse_object_id(text);
  if (!id_) shown_id_ = shown(text, kMaxShownId);
  return id_ ? Found::Value : Found::Wrong;
}

Found DedicatedJobReader::take_delivery(value from) {
  std::string_view word;
  const Found is = json::read_text(from, word);
  if (is == Found::Value) flags_.delivery = delivery_of(word);
  return is;
}

Found DedicatedJobReader::take_target_cluster(value from) {
  std::string_view name;
  const Found is = json::read_text(from, name);
  if (is != Found::Value || name.empty()) return is;
  if (!is_name(name)) return Found::Wrong;
  job_.target_cluster = std::string(name);
  return Found::Value;
}

/// {"date": …, "increment": …}, in real answers with null members when there is no such time.
Found DedicatedJobReader::take_desired_time(value from) {
  json_type type{};
  if (from.type().get(type) != simdjson::SUCCESS) return Found::Broken;
  if (type == json_type::null) return Found::Null;
  if (type != json_type::object) return Found::Wrong;
  json::object object;
  if (from.get_object().get(object) != simdjson::SUCCESS) return Found::Broken;
  Found date = Found::Null;
  const error_code error =
      json::for_each_member(object, [&](std::string_view key, value member_value) -> error_code {
        if (key == "date") date = json::read_time(member_value, desired_time_);
        return date == Found::Broken ? simdjson::TAPE_ERROR : simdjson::SUCCESS;
      });
  return error == simdjson::SUCCESS ? date : Found::Broken;
}

Found DedicatedJobReader::take_links(value from) {
  json::LinkSearch search;
  if (search.look(from) != simdjson::SUCCESS) return Found::Broken;
  flags_.has_link = flags_.has_link || search.found();
  return search.met_something_else() ? Found::Wrong : Found::Value;
}

json::DecodedJob DedicatedJobReader::take() {
  if (!id_ && wrong_.empty()) wrong_ = "id: missing";
  if (!wrong_.empty()) {
    return UnreadableJob{id_ ? to_string(*id_) : std::move(shown_id_), std::move(wrong_)};
  }
  flags_.has_finished_at = job_.finished_at.has_value();
  flags_.has_expires_at = job_.expires_at.has_value();
  job_.id = *id_;
  job_.delivery = flags_.delivery;
  job_.state = state_rule_of(flags_).state;
  job_.outcome = outcome_of(flags_);
  job_.requested_at = created_at_.value_or(created_at(*id_));
  for (const auto& point : {point_in_time_, oplog_time_, desired_time_, job_.snapshot_at}) {
    if (!job_.recovery_point) job_.recovery_point = point;
  }
  return std::move(job_);
}

}  // namespace

Result<Page> decode_dedicated_page(JsonParser& parser, std::string& body) {
  return json::read_page<DedicatedJobReader>(parser, body);
}

Result<RestoreJob> decode_dedicated_job(JsonParser& parser, std::string& body) {
  return json::read_single_job<DedicatedJobReader>(parser, body);
}

}  // namespace restorewatch
