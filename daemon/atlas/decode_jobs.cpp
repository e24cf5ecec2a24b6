#include "atlas/decode_jobs.h"

#include <algorithm>
#include <optional>
#include <string_view>
#include <utility>

#include "atlas/job_reader.h"
#include "atlas/list_walk.h"

namespace restorewatch {
namespace {

using json::error_code;
using json::json_type;
using json::value;

/// As written without white space, links and all. Only a guess, to take memory once.
constexpr std::size_t kUsualJobBytes = 700;

/// One row of `results`. The job is read where it will stay.
error_code read_row(const JobFamily& family, value from, Page& page) {
  json_type type{};
  if (page.rows() == json::kMaxRows) return simdjson::CAPACITY;
  if (const error_code error = from.type().get(type)) return error;
  if (type != json_type::object) {
    page.unreadable.push_back({"", "not an object"});
    return simdjson::SUCCESS;
  }
  json::object row;
  if (const error_code error = from.get_object().get(row)) return error;
  JobReader reader(family, page.jobs.emplace_back());
  if (const error_code error = reader.read(row)) return error;
  if (auto unreadable = reader.finish(page.unknown_words)) {
    page.jobs.pop_back();
    page.unreadable.push_back(std::move(*unreadable));
  }
  return simdjson::SUCCESS;
}

/// A job that stands alone or in an envelope, {"status": 200, "content": {…}}.
class SingleJobReader {
 public:
  explicit SingleJobReader(const JobFamily& family) : reader_(family, single_.job) {}

  error_code member(std::string_view key, value from) {
    if (key == "content") return content(from);
    if (key == "status") {
      bool was_envelope = false;
      const error_code error = json::read_envelope_status(from, json::OtherStatus::PassedOver,
                                                          single_.status, was_envelope);
      has_status_ = has_status_ || was_envelope;
      if (error != simdjson::SUCCESS || was_envelope) return error;
    }
    return reader_.member(key, from);
  }

  Result<SingleJob> finish() {
    if (!is_success(single_.status)) return std::move(single_);
    // Without a content the number stands where the job's own word should.
    if (has_status_ && !has_content_ && reader_.knows("status")) {
      reader_.note_wrong("status", "not a word");
    }
    std::vector<UnknownWord> words;  // the list has told them
    if (auto unreadable = reader_.finish(words)) {
      return Error{ErrorKind::Malformed, std::move(unreadable->reason)};
    }
    return std::move(single_);
  }

 private:
  error_code content(value from) {
    json_type type{};
    if (const error_code error = from.type().get(type)) return error;
    if (type != json_type::object) return simdjson::SUCCESS;
    json::object job;
    if (const error_code error = from.get_object().get(job)) return error;
    has_content_ = true;
    return reader_.read(job);
  }

  SingleJob single_;
  JobReader reader_;
  bool has_status_ = false;
  bool has_content_ = false;
};

}  // namespace

Result<Page> decode_page(const JobFamily& family, JsonParser& parser, std::string& body) {
  Page page;
  page.jobs.reserve(std::min(body.size() / kUsualJobBytes, json::kMaxRows));
  const Status status =
      json::read_list(parser, body, page, [&](value row) { return read_row(family, row, page); });
  if (!status) return status.error();
  return page;
}

Result<SingleJob> decode_job(const JobFamily& family, JsonParser& parser, std::string& body) {
  SingleJobReader reader(family);
  const Status status = json::read_document(
      parser, body, [&](std::string_view key, value from) { return reader.member(key, from); });
  if (!status) return status.error();
  return reader.finish();
}

}  // namespace restorewatch
