#pragma once

namespace restorewatch {

/// libcurl's process-wide set-up, for as long as the object lives. libcurl counts the users, so
/// several may exist. Throws std::runtime_error when libcurl or its TLS library does not start.
class CurlGlobal {
 public:
  CurlGlobal();
  ~CurlGlobal();
  CurlGlobal(const CurlGlobal&) = delete;
  CurlGlobal& operator=(const CurlGlobal&) = delete;
};

}  // namespace restorewatch
