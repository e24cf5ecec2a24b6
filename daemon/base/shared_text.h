#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

namespace restorewatch {

/// A long text in parts, which other texts may hold as well. The parts never change, so a copy is
/// cheap, and may be read while another text is made from the same parts. A value.
class SharedText {
 public:
  using Part = std::shared_ptr<const std::string>;

  /// From here on a part is worth being shared: sent by itself, compressed by itself.
  static constexpr std::size_t kLargePart = std::size_t{16} * 1024;

  /// An empty part is left out.
  void add(Part part);
  void add(std::string part);

  std::size_t size() const { return size_; }  // in bytes
  const std::vector<Part>& parts() const { return parts_; }

  /// In one piece.
  std::string whole() const;

 private:
  std::vector<Part> parts_;
  std::size_t size_ = 0;
};

}  // namespace restorewatch
