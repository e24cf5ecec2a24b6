#include "simulator/scenario_faults.h"

#include "simulator/words.h"

namespace atlas_simulator {
namespace {

constexpr std::int64_t kMostRequests = 1'000'000;
constexpr std::int64_t kMostMegabytes = 10'000;

void take_fault_matchers(YamlMap& map, Fault& fault) {
  fault.project = map.text("project");
  fault.cluster = map.text("cluster");
  fault.path = map.choice("path", kRequestWords);
  fault.source = map.choice("source", kSourceWords);
  fault.count = map.whole("count", 1, kMostRequests);
  fault.from = map.duration("from");
  fault.until = map.duration("until");
}

void take_status(YamlMap& map, Fault& fault) {
  fault.status = map.whole("status", 200, 599).value_or(fault.status);
  fault.retry_after = map.text("retry_after");
  fault.error_code = map.text("error_code");
  fault.body = map.text("body");
}

void take_envelope(YamlMap& map, Fault& fault) {
  fault.status = map.whole("status", 200, 599).value_or(200);
  fault.error_code = map.text("error_code");
}

Millis needed_pause(YamlMap& map) {
  const auto pause = map.duration("pause");
  if (!pause || *pause < Millis(0)) map.fail("pause", "is needed, and not negative");
  return *pause;
}

std::int64_t needed_megabytes(YamlMap& map) {
  const auto megabytes = map.whole("megabytes", 1, kMostMegabytes);
  if (!megabytes) map.fail("megabytes", "is needed");
  return *megabytes;
}

void take_truncate(YamlMap& map, Fault& fault) {
  static constexpr Words<bool, 2> kLengths{{{"cut", false}, {"whole", true}}};
  fault.announce_whole_length = map.choice("length", kLengths).value_or(false);
}

void take_particulars(YamlMap& map, Fault& fault) {
  switch (fault.kind) {
    case FaultKind::Status:
      return take_status(map, fault);
    case FaultKind::Delay:
    case FaultKind::Drip:
      fault.pause = needed_pause(map);
      return;
    case FaultKind::Huge:
    case FaultKind::GzipBomb:
      fault.megabytes = needed_megabytes(map);
      return;
    case FaultKind::Redirect:
      fault.host = map.needed("host");
      return;
    case FaultKind::BadJob:
      fault.field = map.choice("field", kBadFieldWords).value_or(BadField::Id);
      return;
    case FaultKind::Truncate:
      return take_truncate(map, fault);
    case FaultKind::Envelope:
      return take_envelope(map, fault);
    case FaultKind::Stall:
    case FaultKind::Reset:
    case FaultKind::NotJson:
      return;
  }
}

}  // namespace

Fault take_fault(YamlMap& map) {
  Fault fault;
  map.needed("kind");
  fault.kind = *map.choice("kind", kFaultWords);
  take_fault_matchers(map, fault);
  take_particulars(map, fault);
  return fault;
}

std::string_view word(RequestKind kind) {
  return word_in(kRequestWords, kind);
}

}  // namespace atlas_simulator
