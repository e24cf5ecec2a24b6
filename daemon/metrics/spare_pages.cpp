#include "metrics/spare_pages.h"

#include <utility>

namespace restorewatch {

PageText SparePages::take() {
  const std::lock_guard lock(shelf_->mutex);
  PageText page = std::exchange(shelf_->page, std::nullopt).value_or(PageText{});
  page.text.clear();
  page.families.clear();
  return page;
}

std::shared_ptr<const PageText> SparePages::share(PageText page) {
  auto owned = std::make_unique<PageText>(std::move(page));
  return {owned.release(), [shelf = shelf_](PageText* read) {
            const std::unique_ptr<PageText> done(read);
            const std::lock_guard lock(shelf->mutex);
            shelf->page = std::move(*done);
          }};
}

}  // namespace restorewatch
