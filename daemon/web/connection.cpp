#include "web/connection.h"

#include <algorithm>
#include <array>
#include <utility>

namespace restorewatch {
namespace {

constexpr std::size_t kReadAtOnce = 4096;

}  // namespace

Connection::Connection(int socket, std::shared_ptr<ssl_ctx_st> tls, std::string address,
                       const ServerLimits& limits, SteadyTime now)
    : limits_(limits),
      channel_(socket, std::move(tls)),
      address_(std::move(address)),
      since_(now),
      deadline_(now + limits.handshake),
      screen_(limits.head) {}

void Connection::enter(State state, SteadyTime now, std::chrono::milliseconds span) {
  state_ = state;
  since_ = now;
  deadline_ = now + span;
}

Connection::Step Connection::proceed(SteadyTime now) {
  while (true) {
    std::optional<Step> step;
    switch (state_) {
      case State::Handshake:
        step = shake_hands(now);
        break;
      case State::Head:
        step = read_head(now);
        break;
      case State::Waiting:
        step = Step::Wait;
        break;
      case State::Answer:
        step = send(now);
        break;
      case State::Farewell:
        step = listen_for_the_end();
        break;
    }
    if (step) return *step;
  }
}

/// None: it is done, and things go on.
std::optional<Connection::Step> Connection::wait_for(Progress progress) {
  if (progress == Progress::Done) return std::nullopt;
  if (progress == Progress::Ended) return Step::Ended;
  needs_room_ = progress == Progress::NeedsRoom;
  return Step::Wait;
}

std::optional<Connection::Step> Connection::shake_hands(SteadyTime now) {
  const auto step = wait_for(channel_.shake_hands());
  if (step) return *step == Step::Ended ? Step::Failed : *step;
  enter(State::Head, now, limits_.head_time);
  return std::nullopt;
}

std::optional<Connection::Step> Connection::read_head(SteadyTime now) {
  if (unread_.empty()) {
    std::array<char, kReadAtOnce> room;
    std::size_t got = 0;
    if (const auto step = wait_for(channel_.read(room, got))) return step;
    unread_.assign(room.data(), got);
  }
  if (is_idle()) enter(State::Head, now, limits_.head_time);
  unread_.erase(0, screen_.feed(unread_));
  if (screen_.verdict() == HeadVerdict::Incomplete) return std::nullopt;
  enter(State::Waiting, now, limits_.waiting);
  if (screen_.verdict() != HeadVerdict::Complete) return Step::Refused;
  ++requests_;
  return Step::Request;
}

std::optional<Connection::Step> Connection::send(SteadyTime now) {
  if (const auto step = wait_for(channel_.write(outgoing_))) return step;
  outgoing_ = Outgoing();
  if (stays_) {
    enter(State::Head, now, limits_.idle);
  } else {
    channel_.end_writing();
    enter(State::Farewell, now, limits_.farewell);
  }
  return std::nullopt;
}

/// A socket that is closed while something unread lies in it takes the answer back.
std::optional<Connection::Step> Connection::listen_for_the_end() {
  std::array<char, kReadAtOnce> room;
  std::size_t got = 0;
  if (const auto step = wait_for(channel_.read(room, got))) return step;
  dropped_ += got;
  if (dropped_ > limits_.farewell_bytes) return Step::Ended;
  return std::nullopt;
}

RequestHead Connection::take_head() {
  return screen_.take();
}

void Connection::answer(SharedText bytes, bool stays, SteadyTime now) {
  outgoing_ = Outgoing(std::move(bytes));
  stays_ = stays;
  left_before_ = outgoing_.left();
  owned_ = outgoing_.owned();
  enter(State::Answer, now, std::min(limits_.answer, limits_.pace_window));
}

bool Connection::overdue(SteadyTime now) {
  if (now < deadline_) return false;
  const std::size_t taken = left_before_ - outgoing_.left();
  if (state_ != State::Answer || taken < limits_.pace_bytes) return true;
  left_before_ = outgoing_.left();
  deadline_ = std::min(now + limits_.pace_window, since_ + limits_.answer);
  return now >= deadline_;
}

bool Connection::is_idle() const {
  return state_ == State::Head && requests_ > 0 && !screen_.has_begun();
}

Claim Connection::claim(SteadyTime now) const {
  using enum Claim::Rank;
  switch (state_) {
    case State::Farewell:
      return {Leaving, since_};
    case State::Handshake:
    case State::Head:
      return {requests_ == 0 ? Unproven : Idle, since_};
    case State::Answer:
      return {now - since_ < limits_.protected_answer ? Served : Slow, since_};
    case State::Waiting:
      break;
  }
  return {Served, since_};
}

std::size_t Connection::held_bytes(SteadyTime now) const {
  const bool is_slow = claim(now).rank == Claim::Rank::Slow;
  return state_ != State::Answer ? 0 : is_slow ? outgoing_.left() : owned_;
}

}  // namespace restorewatch
