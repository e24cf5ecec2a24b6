#include "base/version.h"

#define RW_TEXT(x) #x
#define RW_NUMBER(x) RW_TEXT(x)

namespace restorewatch {

std::string_view version() {
  return RW_VERSION;
}
std::string_view revision() {
  return RW_REVISION;
}

std::string_view compiler() {
#if defined(__clang__)
  return "clang " __clang_version__;
#else
  return "gcc " RW_NUMBER(__GNUC__) "." RW_NUMBER(__GNUC_MINOR__) "." RW_NUMBER(
      __GNUC_PATCHLEVEL__);
#endif
}

}  // namespace restorewatch
