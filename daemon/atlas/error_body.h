#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace restorewatch {

/// The body of an error answer. What is missing, or of another shape, is empty. The texts are as
/// they came: not fit to be shown.
struct ErrorBody {
  std::string code;    // `errorCode`; of the token endpoint `error`, which is a text there
  std::string reason;  // "Not Found"
  std::string detail;  // `detail` or `error_description`
  std::vector<std::string> parameters;  // numbers as text, fractions rounded up
};

/// Reads Atlas's shape, the same inside an envelope's `content`, and OAuth's. Bodies that are not
/// JSON are normal: gateways answer in HTML.
ErrorBody read_error_body(std::string_view body);

}  // namespace restorewatch
