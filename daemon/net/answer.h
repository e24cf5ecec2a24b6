#pragma once

#include <cstddef>
#include <functional>
#include <map>
#include <string>
#include <string_view>

namespace restorewatch {

/// Collects one answer piece by piece and says stop when it grows too large.
class Answer {
 public:
  using Headers = std::map<std::string, std::string, std::less<>>;

  /// Of everything that comes before bodies in one transfer: interim answers and the challenge of
  /// a digest login included.
  static constexpr std::size_t kMaxHeaderBytes = 64U << 10U;

  /// Takes room for a body of about `expected_bytes` at once, if that is not much: a body that
  /// grows piece by piece is copied, and its buffer allocated anew, with each doubling.
  explicit Answer(std::size_t max_body_bytes, std::size_t expected_bytes = 0);

  /// Takes one line as it came, line end included. A status line starts the answer anew, so that
  /// what is left at the end is the final answer. False: too large, stop.
  bool add_header_line(std::string_view line);

  /// Takes a piece of the decompressed body. False: too large, stop.
  bool add_body(std::string_view piece);

  /// Why it said stop; empty if it did not.
  const std::string& refusal() const { return refusal_; }

  Headers& headers() { return headers_; }
  std::string& body() { return body_; }

 private:
  std::size_t max_body_bytes_;
  std::size_t header_bytes_ = 0;
  Headers headers_;
  std::string body_;
  std::string refusal_;
};

}  // namespace restorewatch
