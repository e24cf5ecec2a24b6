#pragma once

#include <chrono>
#include <cstddef>
#include <string>
#include <vector>

#include "base/credential.h"

namespace restorewatch {

struct AtlasOptions {
  std::string base_url = "https://cloud.mongodb.com";
  std::chrono::milliseconds request_timeout{30'000};  // for each request, a page of a list
  std::size_t page_size = 500;                        // 1..500, the API's limit
  std::vector<Credential> credentials;
};

}  // namespace restorewatch
