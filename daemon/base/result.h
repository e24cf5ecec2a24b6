#pragma once

#include <cassert>
#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

namespace restorewatch {

/// What kind of thing went wrong: code branches on it. The kinds before Storage are also the
/// values of the label `reason` of restorewatch_poll_errors_total.
enum class ErrorKind {
  Unauthorized,  // the credential is not accepted
  Forbidden,     // it is, but a role or an address is missing
  NotFound,      // the project, cluster or job is not there
  Throttled,     // 429
  Timeout,       // the request's deadline passed
  Unreachable,   // anything below HTTP: name, connection, TLS
  Malformed,     // an answer that is not the documented shape
  Gone,          // 410: this API version was shut down
  Other,         // the remaining statuses, 5xx included
  Storage,       // the store cannot read or write
  BadConfig,     // the operator must change something
};

/// Lower-case words joined by "_", fit for a label: "not_found".
std::string_view label(ErrorKind kind);

struct Error {
  ErrorKind kind = ErrorKind::Other;
  std::string detail;  // for people, never parsed; holds no secret and no download link
  std::optional<std::chrono::seconds> retry_after{};  // where the server said how long to wait

  bool operator==(const Error&) const = default;
};

/// A value, or why there is none.
template <typename T>
class [[nodiscard]] Result {
 public:
  Result(T value) : content_(std::in_place_index<0>, std::move(value)) {}
  Result(Error error) : content_(std::in_place_index<1>, std::move(error)) {}

  bool ok() const { return content_.index() == 0; }
  explicit operator bool() const { return ok(); }

  T& value() & {
    assert(ok());
    return std::get<0>(content_);
  }
  const T& value() const& {
    assert(ok());
    return std::get<0>(content_);
  }
  /// By value, so that `for (auto& x : *function())` does not outlive what it walks.
  T value() && {
    assert(ok());
    return std::get<0>(std::move(content_));
  }
  T* operator->() { return &value(); }
  const T* operator->() const { return &value(); }
  T& operator*() & { return value(); }
  const T& operator*() const& { return value(); }
  T operator*() && { return std::move(*this).value(); }

  const Error& error() const {
    assert(!ok());
    return std::get<1>(content_);
  }

 private:
  std::variant<T, Error> content_;
};

/// For functions that succeed without a value: `return Success{};`
struct Success {};
using Status = Result<Success>;

}  // namespace restorewatch
