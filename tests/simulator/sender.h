#pragma once

#include <functional>

#include "simulator/atlas.h"

namespace httplib {
struct Response;
}

namespace atlas_simulator {

/// Puts `reply` into `response` in the manner its fault asks for; its answer has a status other
/// than 0. `hold` waits between the bytes of a drip; `whole` is called when the last one is out.
void fill_response(Reply reply, bool accepts_gzip, const Atlas::Hold& hold,
                   std::function<void()> whole, httplib::Response& response);

}  // namespace atlas_simulator
