#pragma once

#include <chrono>
#include <string>

namespace restorewatch {

/// Sets options of an easy handle and remembers whether all were taken. A handle is never reset
/// between requests (that would drop its digest nonce), so every option that is set for one
/// request has to be set for all. Options are CURLoption numbers.
class EasyOptions {
 public:
  explicit EasyOptions(void* easy) : easy_(easy) {}

  EasyOptions& number(int option, long value);
  EasyOptions& text(int option, const char* value);  // null: back to the default
  EasyOptions& text(int option, const std::string& value) { return text(option, value.c_str()); }
  EasyOptions& pointer(int option, void* value);

  template <typename Function>
  EasyOptions& function(int option, Function* callback) {
    return callback_option(option, reinterpret_cast<void (*)()>(callback));
  }

  bool all_taken() const { return all_taken_; }

 private:
  EasyOptions& callback_option(int option, void (*callback)());

  void* easy_;
  bool all_taken_ = true;
};

}  // namespace restorewatch
