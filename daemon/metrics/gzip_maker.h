#pragma once

#include <cstddef>
#include <memory>

#include "base/shared_text.h"

namespace restorewatch {

/// Makes gzip bodies of pages, each from the one before. The compressor forgets what it has seen at
/// each large part, so that one which the page before had as well is there already, compressed as
/// it is: from one page to the next little changes, and compressing costs tens of times what
/// writing the page does. It stays one member of one stream. Not thread-safe.
class GzipMaker {
 public:
  GzipMaker();
  ~GzipMaker();

  /// Throws std::bad_alloc where zlib finds no memory.
  SharedText make(const SharedText& page);

  /// Of all pages so far: what was compressed, and not shared.
  std::size_t bytes_compressed() const;

  /// Lets go of what it shares.
  void forget();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace restorewatch
