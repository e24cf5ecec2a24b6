#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace atlas_simulator {

/// `bytes` as one gzip stream.
std::string gzip(std::string_view bytes);

/// A gzip stream that unpacks to `megabytes` of spaces inside an unfinished JSON list.
std::string gzip_bomb(std::int64_t megabytes);

}  // namespace atlas_simulator
