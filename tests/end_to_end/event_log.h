#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <vector>

namespace restorewatch {

/// The event lines of one daemon after the other, all written behind one another into one file. A
/// line that was cut off by the end of its daemon does not count as delivered.
class EventLog {
 public:
  explicit EventLog(std::string path) : path_(std::move(path)) {}

  /// The next daemon is about to be started; the one before writes no more.
  void begin_run();

  /// Bytes that the present run has written so far.
  std::uint64_t written() const;

  /// The ids of the events of each run, in the order of their lines.
  std::vector<std::vector<std::string>> runs() const;

  /// Every id that was delivered at least once.
  std::set<std::string> ids() const;

 private:
  std::string path_;
  std::vector<std::size_t> begins_;  // offsets in the file
};

/// Compares what was delivered with what should have been, in its order, run by run. Each run
/// must go on where the one before ended or earlier, and leave nothing out from there on; in the
/// end all must be there. Sentences about what is not so.
std::vector<std::string> delivery_findings(const std::vector<std::vector<std::string>>& runs,
                                           const std::vector<std::string>& expected);

}  // namespace restorewatch
