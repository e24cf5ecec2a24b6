#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace restorewatch {

/// What a family says of some clusters, one after the other. Never changes, so pages share it.
struct ClusterBlock {
  std::string text;
  std::vector<std::uint32_t> ends;  // in the text: of each cluster
};

using ClusterBlocks = std::vector<std::shared_ptr<const ClusterBlock>>;

/// Writes what a family says of all clusters, from what the page before said. A block that says the
/// same of the same clusters is shared, so that a page costs the memory of what is new on it.
/// Tell it of the clusters of the page before, in their order, which are kept, replaced or left
/// out, and add new ones in between. Not thread-safe.
class BlockWriter {
 public:
  /// A block is closed once it has so many bytes: few parts to send, little to copy where one
  /// cluster changes.
  static constexpr std::size_t kFull = std::size_t{32} * 1024;

  /// `last` must outlive it.
  explicit BlockWriter(const ClusterBlocks& last) : last_(last) {}

  /// The next clusters of the page before say what they said.
  void keep(std::size_t clusters);
  /// The next cluster of the page before says this.
  void replace(std::string_view text);
  /// The next cluster of the page before is gone.
  void leave_out();
  /// A cluster that the page before did not have.
  void add(std::string_view text);

  /// All blocks. Clusters of the page before that nothing was said of are left out.
  ClusterBlocks finish() &&;

 private:
  const ClusterBlock& block() const { return *last_[block_]; }
  void advance(std::size_t clusters);
  void share_or_copy();
  bool fits_last(std::string_view text) const;
  void reopen_last();
  void copy_kept();
  void append(std::string_view text);
  void close();

  const ClusterBlocks& last_;
  std::size_t block_ = 0;    // the one of `last_` in which the next cluster is,
  std::size_t cluster_ = 0;  // and which one in it
  std::size_t kept_ = 0;     // so many before it are kept, and neither shared nor copied so far
  ClusterBlock open_;
  ClusterBlocks done_;
};

}  // namespace restorewatch
