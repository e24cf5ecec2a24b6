#pragma once

#include <array>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/page_format.h"
#include "base/shared_text.h"
#include "base/web_exchange.h"
#include "http/site.h"

namespace restorewatch {

/// A page as it is sent.
struct ReadyPage {
  std::optional<SharedText> bytes;  // none: not ready yet
  bool is_gzip = false;
};

/// What is shown. Each is called on several threads at once.
struct HttpContent {
  /// The page in the format that is asked for. Whether gzip would be liked better; plain will do.
  std::function<ReadyPage(PageFormat format, bool likes_gzip)> metrics;
  std::function<std::vector<std::string>()> not_ready_because;  // empty: ready
  SiteSource site;                                              // of the status page and the API
  /// Reloads the configuration, and says what was wrong; empty: it is in force. Absent: nobody may
  /// ask for that here. May be empty, as never allowed.
  std::function<std::optional<std::vector<std::string>>()> reload{};
};

/// Paths that other programs ask for, and wait for: each takes microseconds.
inline constexpr std::array<const char*, 3> kUrgentPaths{"/metrics", "/-/healthy", "/-/ready"};

/// Answers /, /api/v1/, /metrics, /-/healthy and /-/ready by GET and HEAD, and /-/reload by POST
/// without a body. Of what a client sends only filters are looked at; nothing is kept.
WebHandler routes(HttpContent content);

}  // namespace restorewatch
