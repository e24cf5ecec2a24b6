#pragma once

#include <cstddef>
#include <memory>
#include <span>

#include "web/outgoing.h"

struct ssl_ctx_st;
struct ssl_st;

namespace restorewatch {

/// How far an attempt to move bytes has got.
enum class Progress {
  Done,        // something was moved, or the handshake is complete
  NeedsInput,  // try again when there is something to read
  NeedsRoom,   // try again when something can be written
  Ended,       // the other side has ended it, or broken the protocol
};

/// An accepted socket, with or without TLS on it. No call blocks. Owns the socket, and closes it.
class Channel {
 public:
  /// `socket` does not block. `tls`: null for none.
  Channel(int socket, std::shared_ptr<ssl_ctx_st> tls);
  ~Channel();
  Channel(const Channel&) = delete;
  Channel& operator=(const Channel&) = delete;

  int socket() const { return socket_; }
  bool has_tls() const { return ssl_ != nullptr; }

  /// To be called until it is Done; at once, where there is no TLS.
  Progress shake_hands();

  /// Reads into `room`; `got` is set where it is Done.
  Progress read(std::span<char> room, std::size_t& got);

  /// Sends what can be sent now, of a large text so much that others have their turn.
  Progress write(Outgoing& text);

  /// Says that nothing more will be sent.
  void end_writing();

 private:
  Progress progress_of(int result);
  Progress write_plain(Outgoing& text) const;
  Progress write_tls(Outgoing& text);

  int socket_;
  std::shared_ptr<ssl_ctx_st> context_;
  ssl_st* ssl_ = nullptr;
  bool broken_ = false;  // OpenSSL wants nothing more to be done with it
};

}  // namespace restorewatch
