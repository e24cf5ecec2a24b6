#pragma once

#include <array>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/log_line.h"
#include "jobs/archive.h"
#include "jobs/snapshot.h"

namespace restorewatch {

/// What the status page and the API are made from. Everything may be called on several threads at
/// once.
struct SiteSource {
  std::function<std::shared_ptr<const Snapshot>()> snapshot;  // null: none yet
  std::function<WallTime()> now;
  std::shared_ptr<Archive> archive;
  /// The keys and values under which a transition is told to everybody, and its `level`.
  std::function<std::vector<Field>(const JournalEntry&)> event_of;
  /// What is wrong with the daemon itself, a sentence each; never with text from outside.
  std::function<std::vector<std::string>()> own_troubles;
};

/// An answer, whole.
struct Reply {
  int status = 200;
  std::string type;  // for Content-Type
  std::string body;
  std::string security_policy{};  // for Content-Security-Policy; empty: none is needed
};

/// What answer() answers.
inline constexpr std::array<const char*, 4> kSitePaths{"/", "/api/v1/targets", "/api/v1/jobs",
                                                       "/api/v1/transitions"};

/// `path`: one of kSitePaths. `query`: what stands behind its "?", as it was sent. Keeps nothing.
Reply answer(const SiteSource& source, std::string_view path, std::string_view query);

}  // namespace restorewatch
