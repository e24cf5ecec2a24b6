#include "base/result.h"

namespace restorewatch {

std::string_view label(ErrorKind kind) {
  switch (kind) {
    case ErrorKind::Unauthorized:
      return "unauthorized";
    case ErrorKind::Forbidden:
      return "forbidden";
    case ErrorKind::NotFound:
      return "not_found";
    case ErrorKind::Throttled:
      return "throttled";
    case ErrorKind::Timeout:
      return "timeout";
    case ErrorKind::Unreachable:
      return "unreachable";
    case ErrorKind::Malformed:
      return "malformed";
    case ErrorKind::Gone:
      return "gone";
    case ErrorKind::Other:
      return "other";
    case ErrorKind::Storage:
      return "storage";
    case ErrorKind::BadConfig:
      return "bad_config";
  }
  return "other";
}

}  // namespace restorewatch
