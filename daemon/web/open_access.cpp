#include "web/open_access.h"

namespace restorewatch {

std::shared_ptr<ssl_ctx_st> OpenAccess::tls() {
  return nullptr;
}

void OpenAccess::admit(std::string_view /*authorization*/, std::function<void(Admission)> then) {
  then(Admission::Admitted);
}

std::shared_ptr<const WebHeaders> OpenAccess::headers() {
  return none_;
}

}  // namespace restorewatch
