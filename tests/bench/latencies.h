#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace restorewatch::testing_fleet {

/// A distribution of times, exact to ten milliseconds.
class Latencies {
 public:
  void add(std::chrono::milliseconds latency) {
    const auto bin = static_cast<std::size_t>(latency / kBin);
    if (bin >= bins_.size()) bins_.resize(bin + 1);
    ++bins_[bin];
    ++count_;
  }

  std::uint64_t count() const { return count_; }

  /// The time that this share of all is not longer than; 1 gives the longest. 0 where there is
  /// none.
  std::chrono::milliseconds quantile(double share) const {
    const double wanted = share * static_cast<double>(count_);
    std::uint64_t so_far = 0;
    for (std::size_t bin = 0; bin < bins_.size(); ++bin) {
      so_far += bins_[bin];
      if (bins_[bin] > 0 && static_cast<double>(so_far) >= wanted) return kBin * (bin + 1);
    }
    return {};
  }

 private:
  static constexpr std::chrono::milliseconds kBin{10};

  std::vector<std::uint32_t> bins_;
  std::uint64_t count_ = 0;
};

}  // namespace restorewatch::testing_fleet
