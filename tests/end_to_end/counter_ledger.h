#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <vector>

namespace restorewatch {

/// The highest value that each counter about restores was ever served with. Those count for years,
/// over any number of processes; what a process counts about itself begins at 0 with it.
class CounterLedger {
 public:
  /// Takes what /metrics answered. A series that is lower than before is a finding.
  void take(const std::string& page);

  std::size_t pages() const { return pages_; }
  std::size_t series() const { return highest_.size(); }
  /// Sentences, one for each series on each page that was lower than before.
  const std::vector<std::string>& findings() const { return findings_; }

 private:
  void take_sample(const std::string& series, double value);

  std::size_t pages_ = 0;
  std::map<std::string, double> highest_;
  std::vector<std::string> findings_;
};

}  // namespace restorewatch
