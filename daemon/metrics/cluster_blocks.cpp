#include "metrics/cluster_blocks.h"

#include <algorithm>
#include <utility>

namespace restorewatch {
namespace {

std::string_view text_of(const ClusterBlock& block, std::size_t cluster) {
  const std::size_t begin = cluster == 0 ? 0 : block.ends[cluster - 1];
  return std::string_view(block.text).substr(begin, block.ends[cluster] - begin);
}

}  // namespace

void BlockWriter::keep(std::size_t clusters) {
  while (clusters > 0) {
    const std::size_t here = std::min(clusters, block().ends.size() - cluster_);
    kept_ += here;
    clusters -= here;
    advance(here);
  }
}

void BlockWriter::replace(std::string_view text) {
  if (text == text_of(block(), cluster_)) return keep(1);
  add(text);
  advance(1);
}

void BlockWriter::leave_out() {
  copy_kept();
  advance(1);
}

void BlockWriter::add(std::string_view text) {
  copy_kept();
  append(text);
}

ClusterBlocks BlockWriter::finish() && {
  copy_kept();
  close();
  return std::move(done_);
}

void BlockWriter::advance(std::size_t clusters) {
  cluster_ += clusters;
  if (cluster_ < block().ends.size()) return;
  share_or_copy();
  ++block_;
  cluster_ = 0;
}

/// At the end of a block of the page before. One that fits into what is already written is copied,
/// lest blocks become small by and by.
void BlockWriter::share_or_copy() {
  const bool is_whole = kept_ == block().ends.size();
  if (is_whole && fits_last(block().text)) reopen_last();
  const bool fits = !open_.ends.empty() && open_.text.size() + block().text.size() <= kFull;
  if (!is_whole || fits) return copy_kept();
  close();
  done_.push_back(last_[block_]);
  kept_ = 0;
}

void BlockWriter::copy_kept() {
  for (; kept_ > 0; --kept_) append(text_of(block(), cluster_ - kept_));
}

/// Into the block that was closed or shared last, where none is open.
bool BlockWriter::fits_last(std::string_view text) const {
  return open_.ends.empty() && !done_.empty() && done_.back()->text.size() + text.size() <= kFull;
}

void BlockWriter::reopen_last() {
  open_ = *done_.back();
  done_.pop_back();
}

void BlockWriter::append(std::string_view text) {
  if (fits_last(text)) reopen_last();
  open_.text += text;
  open_.ends.push_back(static_cast<std::uint32_t>(open_.text.size()));
  if (open_.text.size() >= kFull) close();
}

/// The open block's memory is kept for the next one, and a copy takes no more than it needs.
void BlockWriter::close() {
  if (open_.ends.empty()) return;
  done_.push_back(std::make_shared<const ClusterBlock>(open_));
  open_.text.clear();
  open_.ends.clear();
}

}  // namespace restorewatch
