#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

#include "base/time.h"
#include "web/channel.h"
#include "web/head_screen.h"
#include "web/outgoing.h"
#include "web/server_limits.h"

namespace restorewatch {

/// How little a connection would be missed: those that have kept us waiting longest go first.
struct Claim {
  enum class Rank {
    Leaving,   // has its answer already
    Unproven,  // has not sent one whole request yet
    Idle,      // between requests
    Slow,      // has been reading its answer for a while
    Served,    // is not to be disturbed
  };
  Rank rank = Rank::Served;
  SteadyTime since{};
};

/// One client: greets it, reads heads, sends answers, says farewell; each as far as the socket
/// lets it and no longer than the limits allow. Used by the server's loop alone.
class Connection {
 public:
  enum class Step {
    Wait,     // for the socket, see needs_room(), or for answer()
    Request,  // a head is complete: take_head(), and answer() later
    Refused,  // what came is no request: verdict(), and answer() now
    Ended,    // remove it
    Failed,   // the same, since TLS could not be agreed on
  };

  /// `limits` outlives it.
  Connection(int socket, std::shared_ptr<ssl_ctx_st> tls, std::string address,
             const ServerLimits& limits, SteadyTime now);

  Step proceed(SteadyTime now);

  RequestHead take_head();
  HeadVerdict verdict() const { return screen_.verdict(); }

  /// Sends this; then the connection goes on to the next request, if `stays`. To be followed by
  /// proceed().
  void answer(SharedText bytes, bool stays, SteadyTime now);

  /// Whether its time is up; an answer gets another span if enough of it was taken.
  bool overdue(SteadyTime now);
  SteadyTime deadline() const { return deadline_; }

  Claim claim(SteadyTime now) const;
  std::size_t held_bytes(SteadyTime now) const;  // see ServerLimits
  bool is_waiting_for_us() const { return state_ == State::Waiting; }
  /// An answer, or that it can be read to its end.
  bool is_owed_something() const { return state_ >= State::Waiting; }
  bool is_idle() const;
  bool needs_room() const { return needs_room_; }
  bool may_stay() const { return requests_ < limits_.requests_per_connection; }
  const std::string& address() const { return address_; }
  int socket() const { return channel_.socket(); }

  std::uint32_t watched = 0;            // epoll events, kept by the loop
  std::optional<RequestHead> parked{};  // until somebody has said whether it may be answered

 private:
  enum class State { Handshake, Head, Waiting, Answer, Farewell };

  std::optional<Step> shake_hands(SteadyTime now);
  std::optional<Step> read_head(SteadyTime now);
  std::optional<Step> send(SteadyTime now);
  std::optional<Step> listen_for_the_end();
  std::optional<Step> wait_for(Progress progress);
  void enter(State state, SteadyTime now, std::chrono::milliseconds span);

  const ServerLimits& limits_;
  Channel channel_;
  std::string address_;
  State state_ = State::Handshake;
  SteadyTime since_;     // of the present state
  SteadyTime deadline_;  // likewise
  bool needs_room_ = false;
  HeadScreen screen_;
  std::string unread_;  // came behind the present head
  std::size_t requests_ = 0;
  Outgoing outgoing_;
  std::size_t left_before_ = 0;  // of the answer, when the present span began
  std::size_t owned_ = 0;        // bytes of it that were nobody else's
  bool stays_ = false;
  std::size_t dropped_ = 0;  // bytes during the farewell
};

}  // namespace restorewatch
