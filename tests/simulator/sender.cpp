#include "simulator/sender.h"

#include <algorithm>
#include <memory>
#include <utility>

#include <httplib.h>

#include "simulator/gzip.h"

namespace atlas_simulator {
namespace {

// Any version of Atlas's media types: cpp-httplib compresses plain JSON by itself, but not these.
constexpr std::string_view kAtlasType = "application/vnd.atlas.";
constexpr const char* kServedType = "application/vnd.atlas.2023-01-01+json;charset=utf-8";

constexpr std::size_t kPiece = 65536;
constexpr std::string_view kHugeHead = R"({"links":[],"results":[)";
constexpr std::string_view kHugeJob =
    R"({"id":"5b69d0349b15c62cdfc38b78","deliveryType":"automated","cancelled":false,)"
    R"("expired":false,"failed":false,"finishedAt":"2018-08-07T17:00:00Z","deliveryUrl":[]},)";

void send_whole(const Answer& answer, bool accepts_gzip, httplib::Response& response) {
  if (accepts_gzip && answer.content_type.starts_with(kAtlasType)) {
    response.set_header("Content-Encoding", "gzip");
    response.set_content(gzip(answer.body), answer.content_type);
  } else {
    response.set_content(answer.body, answer.content_type);
  }
}

void send_drip(const Answer& answer, Millis pause, const Atlas::Hold& hold,
               std::function<void()> whole, httplib::Response& response) {
  auto drip = [body = answer.body, pause, hold, whole = std::move(whole)](
                  std::size_t offset, std::size_t /*left*/, httplib::DataSink& sink) {
    if (!hold(pause) || !sink.write(&body[offset], 1)) return false;
    if (offset + 1 == body.size()) whole();
    return true;
  };
  response.set_content_provider(answer.body.size(), answer.content_type, std::move(drip));
}

void send_cut(Answer answer, bool announce_whole_length, bool accepts_gzip,
              httplib::Response& response) {
  const std::size_t whole = answer.body.size();
  answer.body.resize(whole / 2);
  if (!announce_whole_length) return send_whole(answer, accepts_gzip, response);
  auto cut = [body = answer.body](std::size_t offset, std::size_t, httplib::DataSink& sink) {
    if (offset == 0) sink.write(body.data(), body.size());
    return offset == 0;  // false ends the connection
  };
  response.set_content_provider(whole, answer.content_type, std::move(cut));
}

/// Finished jobs without an end, in pieces of some 64 KiB.
void send_huge(std::int64_t megabytes, httplib::Response& response) {
  auto jobs = std::make_shared<std::string>();
  while (jobs->size() < kPiece) *jobs += kHugeJob;
  auto more = [jobs](std::size_t offset, std::size_t left, httplib::DataSink& sink) {
    if (offset < kHugeHead.size()) return sink.write(&kHugeHead[offset], kHugeHead.size() - offset);
    const std::size_t at = (offset - kHugeHead.size()) % jobs->size();
    return sink.write(&(*jobs)[at], std::min(left, jobs->size() - at));
  };
  response.set_content_provider(static_cast<std::size_t>(megabytes) << 20U, kServedType,
                                std::move(more));
}

void send_bomb(std::int64_t megabytes, httplib::Response& response) {
  response.set_header("Content-Encoding", "gzip");
  response.set_content(gzip_bomb(megabytes), kServedType);
}

}  // namespace

void fill_response(Reply reply, bool accepts_gzip, const Atlas::Hold& hold,
                   std::function<void()> whole, httplib::Response& response) {
  Answer& answer = reply.answer;
  response.status = answer.status;
  for (const auto& [name, value] : answer.headers) response.set_header(name, value);
  const auto kind = reply.fault ? reply.fault->kind : FaultKind::Status;
  if (kind == FaultKind::Huge) return send_huge(reply.fault->megabytes, response);
  if (kind == FaultKind::GzipBomb) return send_bomb(reply.fault->megabytes, response);
  if (kind == FaultKind::Drip && !answer.body.empty()) {
    return send_drip(answer, reply.fault->pause, hold, std::move(whole), response);
  }
  if (kind == FaultKind::Truncate) {
    return send_cut(std::move(answer), reply.fault->announce_whole_length, accepts_gzip, response);
  }
  send_whole(answer, accepts_gzip, response);
}

}  // namespace atlas_simulator
