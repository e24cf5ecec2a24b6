#pragma once

#include <sys/uio.h>

#include <cstddef>
#include <span>
#include <utility>

#include "base/shared_text.h"

namespace restorewatch {

/// What is still to be sent of a text. The parts stay shared: however many clients read a page,
/// and however slowly, its bytes are there once.
class Outgoing {
 public:
  Outgoing() = default;
  explicit Outgoing(SharedText text) : text_(std::move(text)), left_(text_.size()) {}

  std::size_t left() const { return left_; }  // in bytes

  /// Bytes that nobody else holds.
  std::size_t owned() const;

  /// Where the next bytes are; returns how many places were filled in.
  std::size_t next(std::span<iovec> places) const;

  /// The next bytes, copied, as many as there are and fit; returns how many.
  std::size_t copy(std::span<char> room) const;

  /// So many have been sent; `bytes` is no more than left().
  void advance(std::size_t bytes);

 private:
  SharedText text_;
  std::size_t left_ = 0;
  std::size_t part_ = 0;    // the first that is not sent as a whole
  std::size_t offset_ = 0;  // what of it has been sent
};

}  // namespace restorewatch
