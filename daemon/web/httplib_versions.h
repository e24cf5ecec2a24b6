#pragma once

// For answer_maker.cpp only: what differs between Debian 12's cpp-httplib (0.11) and Debian 13's
// (0.18).

#include <httplib.h>

#include <functional>
#include <string>

// The installed library was built with TLS; without the same macro its classes have another
// layout and the first request ends in a crash.
#ifndef CPPHTTPLIB_OPENSSL_SUPPORT
#error "cpp-httplib's flags must come from pkg-config"
#endif

namespace restorewatch {

/// A server that never listens: it answers one request that stands in a stream.
class AnsweringServer : public httplib::Server {
 public:
  // A content provider sends nothing while the server's socket is none. This one is never used.
  AnsweringServer() { svr_sock_ = 0; }

  bool answer(httplib::Stream& stream, bool is_last) { return process(*this, stream, is_last); }

 private:
  /// A template, since only then may what is not there be asked for.
  template <typename Self>
  static bool process(Self& self, httplib::Stream& stream, bool is_last) {
    bool closed = false;
    const std::function<void(httplib::Request&)> no_setup;
    if constexpr (requires { self.process_request(stream, is_last, closed, no_setup); }) {
      return self.process_request(stream, is_last, closed, no_setup);
    } else {
      return self.process_request(stream, std::string(), 0, std::string(), 0, is_last, closed,
                                  no_setup);
    }
  }
};

}  // namespace restorewatch
