#pragma once

#include <sys/stat.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "config/load_config.h"

namespace restorewatch {

/// A folder of its own for each test: configuration files, secrets. Gone afterwards.
class ConfigFolder {
 public:
  ConfigFolder() {
    std::string pattern = (std::filesystem::temp_directory_path() / "rw-config-XXXXXX").string();
    if (::mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("mkdtemp failed");
    path_ = pattern;
  }
  ~ConfigFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  ConfigFolder(const ConfigFolder&) = delete;
  ConfigFolder& operator=(const ConfigFolder&) = delete;

  const std::string& path() const { return path_; }
  std::string at(const std::string& name) const { return path_ + "/" + name; }

  std::string write(const std::string& name, std::string_view text, mode_t mode = 0600) const {
    std::string path = at(name);
    std::ofstream(path, std::ios::binary) << text;
    ::chmod(path.c_str(), mode);
    return path;
  }

  /// Loads `text` with this folder as $CREDENTIALS_DIRECTORY.
  ConfigOutcome load(std::string_view text) const {
    return load_config(write("restorewatch.yaml", text), path_);
  }

 private:
  std::string path_;
};

/// "LINE:COLUMN: KEY: message", one for each.
inline std::vector<std::string> lines(const std::vector<Problem>& problems) {
  std::vector<std::string> text;
  for (const Problem& problem : problems) {
    const std::string line = format(problem, "F");
    text.push_back(line.substr(problem.line > 0 ? 2 : 3));
  }
  return text;
}

inline std::string read_text_file(const std::string& path) {
  std::ostringstream text;
  text << std::ifstream(path, std::ios::binary).rdbuf();
  return text.str();
}

}  // namespace restorewatch
