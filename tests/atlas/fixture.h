#pragma once

#include <fstream>
#include <sstream>
#include <stdexcept>
#include <string>

namespace restorewatch {

/// The content of a file in tests/fixtures/atlas.
inline std::string fixture(const std::string& name) {
  std::ifstream file(std::string(RW_SOURCE_DIR "/tests/fixtures/atlas/") + name, std::ios::binary);
  if (!file) throw std::runtime_error("no fixture " + name);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

}  // namespace restorewatch
