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

  explicit Answer(std::size_t max_body_bytes) : max_body_bytes_(max_body_bytes) {}

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
