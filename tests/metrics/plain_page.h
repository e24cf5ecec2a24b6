#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "metrics/encoder.h"
#include "metrics/page_maker.h"

namespace restorewatch {

/// The families as a page, without any cache.
inline std::string encoded(std::vector<Family> families, PageFormat format) {
  std::string out;
  for (const auto& [name, family] : by_name(std::move(families))) {
    append_family(out, family, format);
  }
  append_end(out, format);
  return out;
}

inline std::string encode_text(std::vector<Family> families) {
  return encoded(std::move(families), PageFormat::Text);
}

/// The snapshot's page, from nothing but the snapshot.
inline std::string page_of(const Snapshot& snapshot, PageFormat format = PageFormat::Text) {
  return PageMaker().make(std::make_shared<const Snapshot>(snapshot), {}).in(format).whole();
}

/// How often the one is in the other.
inline std::size_t times(std::string_view part, std::string_view text) {
  std::size_t count = 0;
  for (std::size_t at = 0; (at = text.find(part, at)) != std::string_view::npos; ++at) ++count;
  return count;
}

}  // namespace restorewatch
