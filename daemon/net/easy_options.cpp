#include "net/easy_options.h"

#include <curl/curl.h>

namespace restorewatch {

EasyOptions& EasyOptions::number(int option, long value) {
  all_taken_ &= curl_easy_setopt(easy_, static_cast<CURLoption>(option), value) == CURLE_OK;
  return *this;
}

EasyOptions& EasyOptions::text(int option, const char* value) {
  all_taken_ &= curl_easy_setopt(easy_, static_cast<CURLoption>(option), value) == CURLE_OK;
  return *this;
}

EasyOptions& EasyOptions::pointer(int option, void* value) {
  all_taken_ &= curl_easy_setopt(easy_, static_cast<CURLoption>(option), value) == CURLE_OK;
  return *this;
}

EasyOptions& EasyOptions::callback_option(int option, void (*callback)()) {
  all_taken_ &= curl_easy_setopt(easy_, static_cast<CURLoption>(option), callback) == CURLE_OK;
  return *this;
}

}  // namespace restorewatch
