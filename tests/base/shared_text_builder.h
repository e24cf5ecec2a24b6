#pragma once

#include <initializer_list>
#include <string>
#include <utility>

#include "base/shared_text.h"

namespace restorewatch {

/// A text of these parts.
inline SharedText shared_text(std::initializer_list<std::string> parts) {
  SharedText text;
  for (const std::string& part : parts) text.add(part);
  return text;
}

}  // namespace restorewatch
