#include "web/server_loop.h"

#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <utility>

#include "web/foreign_host.h"
#include "web/own_answer.h"

namespace restorewatch {
namespace {

constexpr std::uint64_t kListenerKey = 0;  // no connection has it
constexpr std::uint64_t kInboxKey = ~std::uint64_t{0};

constexpr int kAcceptsPerTurn = 64;
constexpr std::chrono::milliseconds kAcceptPause{100};
constexpr std::chrono::hours kLongest{1};  // without anything to do

/// Of those who are turned away, so many at a time are told so; the others are just dropped.
constexpr std::size_t kToldAtOnce = 64;

int status_of(HeadVerdict verdict) {
  switch (verdict) {
    case HeadVerdict::TooLarge:
      return 431;
    case HeadVerdict::OtherVersion:
      return 505;
    case HeadVerdict::Malformed:
    case HeadVerdict::Incomplete:
    case HeadVerdict::Complete:
      break;
  }
  return 400;
}

std::string_view authorization_of(const WebRequest& request) {
  for (const auto& [name, value] : request.headers) {
    if (name == "authorization") return value;
  }
  return {};
}

}  // namespace

ServerLoop::ServerLoop(Listener listener, const ServerLimits& limits, const Deps& deps)
    : limits_(limits),
      deps_(deps),
      metrics_(deps.telemetry),
      listener_(std::move(listener)),
      port_(listener_.port()) {}

void ServerLoop::stop() {
  stop_wanted_ = true;
  inbox_->wake();
}

bool ServerLoop::run(Workers& workers) {
  workers_ = &workers;
  if (!readiness_.add(listener_.socket(), kListenerKey, Readiness::Input)) return false;
  if (!readiness_.add(inbox_->descriptor(), kInboxKey, Readiness::Input)) return false;
  while (wait()) {
    for (const Readiness::Event& event : ready_) {
      if (event.key == kInboxKey) continue;
      if (event.key == kListenerKey) {
        accept_some();
      } else {
        drive(event.key, event.is_gone);
      }
    }
    read_inbox();
    expire();
    limit_memory();
    if (stop_wanted_) begin_to_stop();
    if (ends_ && (crowd_.size() == 0 || now_ >= *ends_)) return true;
    metrics_.show_connections(crowd_.size());
  }
  return false;
}

bool ServerLoop::wait() {
  SteadyTime until = crowd_.first_deadline(now_ + kLongest);
  if (accept_again_) until = std::min(until, *accept_again_);
  if (ends_) until = std::min(until, *ends_);
  const auto span = std::max<std::chrono::nanoseconds>(until - deps_.clock.steady_now(),
                                                       std::chrono::nanoseconds(0));
  if (!readiness_.wait(span, ready_)) return false;
  now_ = deps_.clock.steady_now();
  inbox_->awake(std::ranges::any_of(ready_, [](const auto& e) { return e.key == kInboxKey; }));
  return true;
}

/// What comes of a message may be another message at once.
void ServerLoop::read_inbox() {
  for (auto messages = inbox_->take(); !messages.empty(); messages = inbox_->take()) {
    for (Message& message : messages) {
      receive(message);
      limit_memory();
    }
  }
}

void ServerLoop::receive(Message& message) {
  Connection* const connection = crowd_.find(message.connection);
  if (connection == nullptr || !connection->is_waiting_for_us()) return;  // it is too late
  if (const auto* const admission = std::get_if<Admission>(&message.content)) {
    admit(message.connection, *connection, *admission);
  } else {
    auto& made = std::get<MadeAnswer>(message.content);
    if (made.bytes.size() == 0) return remove(message.connection);
    metrics_.count_answer(made.status);
    connection->answer(std::move(made.bytes), made.stays && !ends_, now_);
  }
  if (!connection->is_waiting_for_us()) drive(message.connection, false);
}

void ServerLoop::begin_to_stop() {
  if (!ends_) {
    ends_ = now_ + limits_.stop;
    listener_.close();
    accept_again_.reset();
  }
  for (const ConnectionId id : crowd_.which([](Connection& c) { return !c.is_owed_something(); })) {
    remove(id);
  }
}

void ServerLoop::accept_some() {
  if (ends_) return;
  for (int i = 0; i < kAcceptsPerTurn; ++i) {
    std::string address;
    const int socket = listener_.accept(address);
    if (socket >= 0) {
      greet(socket, address);
    } else if (errno == EMFILE || errno == ENFILE || errno == ENOBUFS || errno == ENOMEM) {
      return pause_accepting();
    } else if (errno == EAGAIN) {
      return;
    }
  }
}

/// Else the listener would be ready again and again, with nothing to be done about it.
void ServerLoop::pause_accepting() {
  accept_again_ = now_ + kAcceptPause;
  readiness_.change(listener_.socket(), kListenerKey, Readiness::Nothing);
  const ConnectionId weakest = crowd_.who_goes_for("", now_);
  if (weakest == 0) return;
  metrics_.count(Turned::Displaced);
  remove(weakest);
}

bool ServerLoop::make_room_for(const std::string& address) {
  if (crowd_.has_room_for(address)) return true;
  const ConnectionId weakest = crowd_.who_goes_for(address, now_);
  if (weakest == 0) return false;
  metrics_.count(Turned::Displaced);
  remove(weakest);
  return true;
}

void ServerLoop::greet(int socket, const std::string& address) {
  if (!make_room_for(address)) return turn_away(socket, address);
  const ConnectionId id =
      crowd_.add(std::make_unique<Connection>(socket, deps_.access.tls(), address, limits_, now_));
  if (!readiness_.add(socket, id, Readiness::Input)) return remove(id);
  crowd_.find(id)->watched = Readiness::Input;
  drive(id, false);
}

/// Without a handshake, if there would be one: that is what costs.
void ServerLoop::turn_away(int socket, const std::string& address) {
  metrics_.count(Turned::Busy);
  auto told = std::make_unique<Connection>(socket, nullptr, address, limits_, now_);
  if (crowd_.size() >= limits_.connections + kToldAtOnce || deps_.access.tls()) return;
  told->answer(own_answer({.status = 503}, *deps_.access.headers()), false, now_);
  const ConnectionId id = crowd_.add(std::move(told));
  if (!readiness_.add(socket, id, Readiness::Input)) return remove(id);
  crowd_.find(id)->watched = Readiness::Input;
  drive(id, false);
}

void ServerLoop::drive(ConnectionId id, bool is_gone) {
  Connection* const connection = crowd_.find(id);
  if (connection == nullptr) return;
  if (is_gone && connection->is_waiting_for_us()) return remove(id);
  while (true) {
    switch (connection->proceed(now_)) {
      case Connection::Step::Wait:
        return watch(id, *connection);
      case Connection::Step::Request:
        if (!begin(id, *connection)) return;
        break;
      case Connection::Step::Refused: {
        const HeadVerdict verdict = connection->verdict();
        refuse(*connection, status_of(verdict),
               verdict == HeadVerdict::TooLarge ? Turned::TooLarge : Turned::Malformed);
        break;
      }
      case Connection::Step::Failed:
        metrics_.count(Turned::TlsFailed);
        return remove(id);
      case Connection::Step::Ended:
        return remove(id);
    }
  }
}

/// Whether it has been answered already.
bool ServerLoop::begin(ConnectionId id, Connection& connection) {
  connection.parked = connection.take_head();
  if (listener_.is_loopback() && is_foreign_host(connection.parked->host, port_)) {
    refuse(connection, 421, Turned::ForeignHost);
    return true;
  }
  deps_.access.admit(authorization_of(connection.parked->request),
                     [inbox = inbox_, id](Admission admission) {
                       inbox->put({id, admission});
                     });
  return false;
}

void ServerLoop::admit(ConnectionId id, Connection& connection, Admission admission) {
  if (!connection.parked) return;
  switch (admission) {
    case Admission::Unauthorized:
      return refuse(connection, 401, Turned::Unauthorized);
    case Admission::Busy:
      return refuse(connection, 429, Turned::RateLimited);
    case Admission::Admitted:
      break;
  }
  const bool stays = connection.parked->wants_to_stay && connection.may_stay() && !ends_;
  Job job{id, std::move(connection.parked->request), deps_.access.headers(), stays};
  if (workers_->submit(std::move(job))) {
    connection.parked.reset();
  } else {
    refuse(connection, 503, Turned::Busy);
  }
}

void ServerLoop::refuse(Connection& connection, int status, Turned reason) {
  metrics_.count(reason);
  metrics_.count_answer(status);
  OwnAnswer answer{.status = status};
  if (connection.parked) {
    const RequestHead head = *std::exchange(connection.parked, std::nullopt);
    answer.is_head = head.request.method == "HEAD";
    answer.stays = head.wants_to_stay && !head.request.has_body && connection.may_stay() && !ends_;
  }
  connection.answer(own_answer(answer, *deps_.access.headers()), answer.stays, now_);
}

void ServerLoop::expire() {
  if (accept_again_ && now_ >= *accept_again_) {
    accept_again_.reset();
    readiness_.change(listener_.socket(), kListenerKey, Readiness::Input);
  }
  for (const ConnectionId id : crowd_.which([&](Connection& c) { return c.overdue(now_); })) {
    give_up_on(id, *crowd_.find(id));
  }
}

void ServerLoop::limit_memory() {
  while (const ConnectionId id = crowd_.who_holds_too_much(now_)) {
    metrics_.count(Turned::Displaced);
    remove(id);
  }
}

void ServerLoop::give_up_on(ConnectionId id, Connection& connection) {
  if (connection.is_waiting_for_us()) {  // it is we who were too slow
    refuse(connection, 503, Turned::Busy);
    return drive(id, false);
  }
  const bool is_leaving = connection.claim(now_).rank == Claim::Rank::Leaving;
  if (!is_leaving && !connection.is_idle()) metrics_.count(Turned::TooSlow);
  remove(id);
}

void ServerLoop::watch(ConnectionId id, Connection& connection) {
  Readiness::Wanted wanted = connection.needs_room() ? Readiness::Room : Readiness::Input;
  if (connection.is_waiting_for_us()) wanted = Readiness::Nothing;
  if (std::exchange(connection.watched, wanted) == wanted) return;
  readiness_.change(connection.socket(), id, wanted);
}

void ServerLoop::remove(ConnectionId id) {
  crowd_.remove(id);
}

}  // namespace restorewatch
