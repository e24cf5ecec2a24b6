#pragma once

#include <string>
#include <utility>

namespace restorewatch {

/// A text that must not be shown. It has no stream operator and no formatter, so that printing
/// one does not compile; the few places that need the text say so with reveal().
class Secret {
 public:
  Secret() = default;
  explicit Secret(std::string text) : text_(std::move(text)) {}

  const std::string& reveal() const { return text_; }
  bool empty() const { return text_.empty(); }
  bool operator==(const Secret&) const = default;

 private:
  std::string text_;
};

}  // namespace restorewatch
