#include "base/shared_text.h"

#include <utility>

namespace restorewatch {

void SharedText::add(Part part) {
  if (part->empty()) return;
  size_ += part->size();
  parts_.push_back(std::move(part));
}

void SharedText::add(std::string part) {
  add(std::make_shared<const std::string>(std::move(part)));
}

std::string SharedText::whole() const {
  std::string text;
  text.reserve(size_);
  for (const Part& part : parts_) text += *part;
  return text;
}

}  // namespace restorewatch
