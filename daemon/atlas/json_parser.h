#pragma once

#include <memory>

namespace restorewatch {

/// The buffers of a JSON parser, kept from one document to the next. Not thread-safe.
class JsonParser {
 public:
  struct Impl;  // in json_values.h

  JsonParser();
  ~JsonParser();

  Impl& impl() { return *impl_; }

 private:
  std::unique_ptr<Impl> impl_;
};

}  // namespace restorewatch
