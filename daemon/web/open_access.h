#pragma once

#include <memory>

#include "web/access.h"

namespace restorewatch {

/// Plain HTTP, for everybody who reaches the port.
class OpenAccess final : public WebAccess {
 public:
  std::shared_ptr<ssl_ctx_st> tls() override;
  void admit(std::string_view authorization, std::function<void(Admission)> then) override;
  std::shared_ptr<const WebHeaders> headers() override;

 private:
  const std::shared_ptr<const WebHeaders> none_ = std::make_shared<const WebHeaders>();
};

}  // namespace restorewatch
