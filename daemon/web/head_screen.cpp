#include "web/head_screen.h"

#include <utility>

namespace restorewatch {
namespace {

bool has_no_business_here(char byte) {
  const auto code = static_cast<unsigned char>(byte);
  return (code < ' ' && byte != '\t') || code == 0x7f;
}

}  // namespace

std::size_t HeadScreen::feed(std::string_view bytes) {
  if (verdict_ != HeadVerdict::Incomplete) return 0;
  std::size_t seen = 0;
  while (seen < bytes.size() && verdict_ == HeadVerdict::Incomplete) {
    see(bytes[seen++]);
    if (text_.size() + seen > limits_.bytes) verdict_ = HeadVerdict::TooLarge;
  }
  text_.append(bytes.substr(0, seen));
  if (verdict_ == HeadVerdict::Complete) verdict_ = parse_head(text_, head_);
  return seen;
}

void HeadScreen::see(char byte) {
  if (after_cr_) {
    after_cr_ = false;
    return byte == '\n' ? end_line() : void(verdict_ = HeadVerdict::Malformed);
  }
  if (byte == '\r') {
    after_cr_ = true;
    return;
  }
  ++line_;
  if (has_no_business_here(byte)) {
    verdict_ = HeadVerdict::Malformed;
  } else if (line_ > limits_.line) {
    verdict_ = HeadVerdict::TooLarge;
  }
}

void HeadScreen::end_line() {
  if (line_ == 0) {
    verdict_ = lines_ == 0 ? HeadVerdict::Malformed : HeadVerdict::Complete;
  } else if (++lines_ > limits_.lines + 1) {
    verdict_ = HeadVerdict::TooLarge;
  }
  line_ = 0;
}

RequestHead HeadScreen::take() {
  RequestHead head = std::move(head_);
  *this = HeadScreen(limits_);
  return head;
}

}  // namespace restorewatch
