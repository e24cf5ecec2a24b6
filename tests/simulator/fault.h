#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "simulator/families.h"
#include "simulator/virtual_clock.h"

namespace atlas_simulator {

/// What a request asks for, as far as faults and counters tell requests apart: restore jobs of any
/// source (List, Get), or what leads to them.
enum class RequestKind {
  List,
  Get,
  Token,
  Projects,
  Project,
  OrgProjects,
  Clusters,
  FlexClusters,
  Serverless,
  RateLimits,
  Other
};

std::string_view word(RequestKind kind);

enum class FaultKind {
  Status,    // an error answer
  Delay,     // a pause, then the true answer
  Stall,     // no answer until the client leaves
  Drip,      // the true answer, one byte at a time
  Reset,     // the connection ends without an answer
  Truncate,  // the true answer, cut in the middle
  NotJson,   // a gateway's HTML page
  Huge,      // megabytes of well-formed jobs without an end
  Redirect,  // 302 to another host
  BadJob,    // the true answer with one member of one job of a wrong type
  GzipBomb,  // a small compressed body that unpacks to megabytes
  Envelope,  // the true answer, or an error, in an envelope with HTTP status 200
};

/// A member that FaultKind::BadJob spoils.
enum class BadField { Id, Time, Flag };

/// How to go wrong, and for which requests. Absent matchers match everything. Which members matter
/// besides the matchers depends on `kind`; README.md has the table.
struct Fault {
  FaultKind kind = FaultKind::Status;

  std::optional<std::string> project;  // id or name
  std::optional<std::string> cluster;  // name
  std::optional<RequestKind> path;
  std::optional<Source> source;       // of the restore jobs asked for
  std::optional<std::int64_t> count;  // how many requests; absent: until cleared
  std::optional<Millis> from, until;  // offsets from when the fault is given

  std::int64_t status = 500;               // Envelope: 200 is the true answer
  std::optional<std::string> retry_after;  // verbatim header value
  std::optional<std::string> error_code;
  std::optional<std::string> body;  // instead of an error in Atlas's shape
  Millis pause{0};                  // Delay: before the answer; Drip: between bytes
  std::int64_t megabytes = 0;       // Huge, GzipBomb (unpacked)
  std::string host;                 // Redirect
  BadField field = BadField::Id;
  bool announce_whole_length = false;  // Truncate: Content-Length of the uncut body
};

}  // namespace atlas_simulator
