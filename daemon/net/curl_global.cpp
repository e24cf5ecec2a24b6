#include "net/curl_global.h"

#include <curl/curl.h>

#include <stdexcept>

namespace restorewatch {

CurlGlobal::CurlGlobal() {
  if (curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK) {
    throw std::runtime_error("libcurl cannot be initialised");
  }
}

CurlGlobal::~CurlGlobal() {
  curl_global_cleanup();
}

}  // namespace restorewatch
