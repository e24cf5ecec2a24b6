#include "web/channel.h"

#include <openssl/err.h>
#include <openssl/ssl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <utility>

namespace restorewatch {
namespace {

constexpr std::size_t kPartsAtOnce = 64;
constexpr std::size_t kTurn = std::size_t{1} << 20;  // bytes sent before others have their turn
constexpr std::size_t kRecord = 16384;               // what TLS sends at once

Progress progress_of_errno(Progress otherwise) {
  return errno == EAGAIN || errno == EINTR ? otherwise : Progress::Ended;
}

}  // namespace

Channel::Channel(int socket, std::shared_ptr<ssl_ctx_st> tls)
    : socket_(socket), context_(std::move(tls)) {
  if (!context_) return;
  ssl_ = SSL_new(context_.get());
  if (ssl_ == nullptr || SSL_set_fd(ssl_, socket_) != 1) {
    broken_ = true;
    return;
  }
  // What is to be sent is copied anew for each attempt, and a waiting client holds no buffers.
  SSL_set_mode(ssl_, SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER |
                         SSL_MODE_RELEASE_BUFFERS);
  SSL_set_options(ssl_, SSL_OP_NO_RENEGOTIATION);  // each would cost us a signature
  SSL_set_accept_state(ssl_);
}

Channel::~Channel() {
  SSL_free(ssl_);
  close(socket_);
}

Progress Channel::progress_of(int result) {
  switch (SSL_get_error(ssl_, result)) {
    case SSL_ERROR_WANT_READ:
      return Progress::NeedsInput;
    case SSL_ERROR_WANT_WRITE:
      return Progress::NeedsRoom;
    default:
      broken_ = true;
      return Progress::Ended;
  }
}

Progress Channel::shake_hands() {
  if (!context_) return Progress::Done;
  if (broken_) return Progress::Ended;
  ERR_clear_error();
  const int result = SSL_do_handshake(ssl_);
  return result == 1 ? Progress::Done : progress_of(result);
}

Progress Channel::read(std::span<char> room, std::size_t& got) {
  if (!context_) {
    const ssize_t size = recv(socket_, room.data(), room.size(), 0);
    if (size < 0) return progress_of_errno(Progress::NeedsInput);
    got = static_cast<std::size_t>(size);
    return size > 0 ? Progress::Done : Progress::Ended;
  }
  if (broken_) return Progress::Ended;
  ERR_clear_error();
  const int result = SSL_read_ex(ssl_, room.data(), room.size(), &got);
  return result == 1 ? Progress::Done : progress_of(result);
}

Progress Channel::write(Outgoing& text) {
  return context_ ? write_tls(text) : write_plain(text);
}

Progress Channel::write_plain(Outgoing& text) const {
  for (std::size_t sent = 0; text.left() > 0 && sent < kTurn;) {
    std::array<iovec, kPartsAtOnce> places;
    msghdr message{};
    message.msg_iov = places.data();
    message.msg_iovlen = text.next(places);
    const ssize_t size = sendmsg(socket_, &message, MSG_NOSIGNAL);
    if (size < 0) return progress_of_errno(Progress::NeedsRoom);
    text.advance(static_cast<std::size_t>(size));
    sent += static_cast<std::size_t>(size);
  }
  return text.left() > 0 ? Progress::NeedsRoom : Progress::Done;
}

Progress Channel::write_tls(Outgoing& text) {
  if (broken_) return Progress::Ended;
  std::array<char, kRecord> record;
  for (std::size_t sent = 0; text.left() > 0 && sent < kTurn;) {
    std::size_t written = 0;
    ERR_clear_error();
    const int result = SSL_write_ex(ssl_, record.data(), text.copy(record), &written);
    if (result != 1) return progress_of(result);
    text.advance(written);
    sent += written;
  }
  return text.left() > 0 ? Progress::NeedsRoom : Progress::Done;
}

void Channel::end_writing() {
  if (context_ && !broken_) {
    ERR_clear_error();
    SSL_shutdown(ssl_);
  }
  shutdown(socket_, SHUT_WR);
}

}  // namespace restorewatch
