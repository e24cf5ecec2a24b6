#pragma once

#include <cstddef>
#include <memory>
#include <string>

#include "metrics/page_text.h"

namespace restorewatch {

/// Makes gzip bodies of pages, each from the one before. The compressor forgets what it has seen
/// from time to time, so that a piece of the page that is as it was before is copied, compressed as
/// it is: from one page to the next little changes, and compressing costs tens of times what
/// writing the page does. It stays one member of one stream. Not thread-safe.
class GzipMaker {
 public:
  GzipMaker();
  ~GzipMaker();

  /// Throws std::bad_alloc where zlib finds no memory.
  std::shared_ptr<const std::string> make(std::shared_ptr<const PageText> page);

  /// Of all pages so far: what was not copied.
  std::size_t bytes_compressed() const;

  /// Lets go of the last page and its body.
  void forget();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace restorewatch
