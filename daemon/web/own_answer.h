#pragma once

#include "base/web_exchange.h"

namespace restorewatch {

/// What the server answers by itself, to whom it lets through to nobody.
struct OwnAnswer {
  int status = 400;
  bool stays = false;    // the connection may serve another request
  bool is_head = false;  // no body
};

/// As it goes over the wire. `added`: headers of every answer.
SharedText own_answer(const OwnAnswer& answer, const WebHeaders& added);

}  // namespace restorewatch
