#pragma once

#include <memory>
#include <mutex>
#include <optional>

#include "metrics/page_text.h"

namespace restorewatch {

/// Keeps the memory of a page that nobody reads any more for the next one: tens of megabytes that
/// are fresh from the system cost five times what it takes to write them. Thread-safe.
class SparePages {
 public:
  /// An empty page, with the memory of an old one if there is any.
  PageText take();

  /// The page as it is shared; its memory comes back with the last who lets go of it.
  std::shared_ptr<const PageText> share(PageText page);

 private:
  /// Outlives the owner while somebody reads a page.
  struct Shelf {
    std::mutex mutex;  // guards the page
    std::optional<PageText> page;
  };

  std::shared_ptr<Shelf> shelf_ = std::make_shared<Shelf>();
};

}  // namespace restorewatch
