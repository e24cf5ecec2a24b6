#pragma once

#include <cstdio>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"

namespace restorewatch {

/// Where a report goes: standard output, or a file that is there whole or not at all. Failures
/// stick, and finish() tells them. Errors: BadConfig.
class ReportFile {
 public:
  /// `path`: absent for standard output. `store` and `configuration`: files that must not be
  /// written over.
  static Result<ReportFile> open(const std::optional<std::string>& path, const std::string& store,
                                 const std::string& configuration);

  ~ReportFile();  // what was not finished is removed
  ReportFile(ReportFile&&) noexcept = default;
  ReportFile& operator=(ReportFile&&) = delete;

  void write(std::string_view text);
  /// Puts the file in its place.
  Status finish();

 private:
  struct Close {
    void operator()(std::FILE* file) const;
  };
  ReportFile(std::string path, std::string beside, std::FILE* file);

  std::string path_;    // empty: standard output
  std::string beside_;  // what it is called until it is whole
  std::unique_ptr<std::FILE, Close> file_;
  int failure_ = 0;  // errno of the first one
};

}  // namespace restorewatch
