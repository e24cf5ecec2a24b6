#include "web/outgoing.h"

#include <algorithm>
#include <array>
#include <cstring>

namespace restorewatch {

std::size_t Outgoing::owned() const {
  std::size_t bytes = 0;
  for (const SharedText::Part& part : text_.parts()) {
    if (part.use_count() == 1) bytes += part->size();
  }
  return bytes;
}

std::size_t Outgoing::next(std::span<iovec> places) const {
  const auto& parts = text_.parts();
  std::size_t filled = 0;
  std::size_t offset = offset_;
  for (std::size_t i = part_; i < parts.size() && filled < places.size(); ++i) {
    // sendmsg() does not write there; iovec has no const form.
    char* const begin = const_cast<char*>(parts[i]->data());
    places[filled++] = {begin + offset, parts[i]->size() - offset};
    offset = 0;
  }
  return filled;
}

std::size_t Outgoing::copy(std::span<char> room) const {
  std::array<iovec, 16> places;
  const std::size_t filled = next(places);
  std::size_t copied = 0;
  for (std::size_t i = 0; i < filled && copied < room.size(); ++i) {
    const std::size_t size = std::min(places[i].iov_len, room.size() - copied);
    std::memcpy(room.data() + copied, places[i].iov_base, size);
    copied += size;
  }
  return copied;
}

void Outgoing::advance(std::size_t bytes) {
  left_ -= bytes;
  while (bytes > 0) {
    const std::size_t here = std::min(bytes, text_.parts()[part_]->size() - offset_);
    bytes -= here;
    offset_ += here;
    if (offset_ < text_.parts()[part_]->size()) continue;
    ++part_;
    offset_ = 0;
  }
}

}  // namespace restorewatch
