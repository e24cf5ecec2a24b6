#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "web/request_head.h"

namespace restorewatch {

/// What a request's head may be, in bytes; the line's end is not counted.
struct HeadLimits {
  std::size_t bytes = std::size_t{16} * 1024;
  std::size_t line = 8000;  // cpp-httplib 0.11 takes 8 KiB with what is around it
  std::size_t lines = 100;  // of header fields
};

/// Looks at a head byte by byte as it comes, so that what is wrong is refused at that byte and
/// never kept: nothing over the limits, no byte that has no business there, no line end but CR LF.
class HeadScreen {
 public:
  explicit HeadScreen(const HeadLimits& limits) : limits_(limits) {}

  /// Takes from `bytes` what belongs to the head, and returns how many those were: all, unless the
  /// verdict is not Incomplete any more.
  std::size_t feed(std::string_view bytes);

  HeadVerdict verdict() const { return verdict_; }
  bool has_begun() const { return !text_.empty(); }

  /// What was read, once the verdict is Complete; begins anew with the next request.
  RequestHead take();

 private:
  void see(char byte);
  void end_line();

  HeadLimits limits_;
  HeadVerdict verdict_ = HeadVerdict::Incomplete;
  std::string text_;
  std::size_t line_ = 0;   // bytes of the present line
  std::size_t lines_ = 0;  // that have ended
  bool after_cr_ = false;
  RequestHead head_;
};

}  // namespace restorewatch
