#pragma once

#include <string>
#include <string_view>

#include "jobs/journal.h"

namespace restorewatch {

/// The Content-Type of one event in structured mode. Source: CloudEvents, HTTP protocol binding
/// 1.0, 3.2.
inline constexpr std::string_view kCloudEventType = "application/cloudevents+json; charset=utf-8";

/// The event as CloudEvents 1.0 JSON, whose `data` holds the keys of the event line, its level and
/// the entry's number. The same bytes whenever it is told again. Only of what is told.
std::string cloud_event(const JournalEntry& entry);

}  // namespace restorewatch
