#pragma once

// Included by decoders' .cpp files only, see json_values.h.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "atlas/job_family.h"
#include "jobs/job_source.h"

namespace restorewatch {

/// Reads one job of a family, member by member.
class JobReader {
 public:
  JobReader(const JobFamily& family, RestoreJob& to) : family_(family), fields_(to) {}

  json::error_code read(json::object from) {
    return json::for_each_member(
        from, [this](std::string_view key, json::value held) { return member(key, held); });
  }

  /// The error, if any, is one of the document.
  json::error_code member(std::string_view key, json::value from);

  /// A member that is there and cannot be read.
  void note_wrong(std::string_view key, std::string_view what);

  bool knows(std::string_view key) const {
    return family_.members.find(key) != family_.members.size();
  }

  /// Completes the job, once; adds its unknown words to `words`. Or says why it cannot be read.
  std::optional<UnreadableJob> finish(std::vector<UnknownWord>& words);

 private:
  const JobFamily& family_;
  JobFields fields_;
  std::string wrong_;
  std::uint32_t seen_ = 0;  // one bit for each rule
};

}  // namespace restorewatch
