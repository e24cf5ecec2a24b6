// Holds every #include in daemon/ to the map: roles know base, jobs and themselves; a third-party
// library is known to the one folder that uses it and leaves it by no header.

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <set>
#include <string>

namespace restorewatch {
namespace {

namespace fs = std::filesystem;

using Folders = std::set<std::string>;

const std::map<std::string, Folders>& may_include() {
  static const std::map<std::string, Folders> edges = [] {
    std::map<std::string, Folders> allowed{{"base", {}}, {"jobs", {"base"}}};
    Folders roles;
    for (const char* role : {"config", "inventory", "poller", "net", "atlas", "store", "events",
                             "metrics", "http", "web", "report"}) {
      allowed[role] = {"base", "jobs"};
      roles.insert(role);
    }
    allowed["app"] = roles;
    allowed["app"].insert({"base", "jobs"});
    allowed["cli"] = {"base", "jobs", "config", "store", "report", "app"};
    allowed["."] = {"cli"};  // main.cpp
    return allowed;
  }();
  return edges;
}

/// The folder that owns each third-party library, by how its headers begin.
const std::map<std::string, std::string>& owners() {
  static const std::map<std::string, std::string> owners{
      {"curl/", "net"},   {"simdjson", "atlas"},   {"sqlite3", "store"}, {"systemd/", "app"},
      {"httplib", "web"}, {"yaml-cpp/", "config"}, {"CLI/", "cli"},
  };
  return owners;
}

struct Include {
  fs::path file;
  std::string folder;  // of the file
  std::string target;  // what stands between the quotes or brackets
  bool ours = false;   // in quotes
};

/// Every #include below daemon/.
std::vector<Include> all_includes() {
  const fs::path daemon = fs::path(RW_SOURCE_DIR) / "daemon";
  std::vector<Include> includes;
  for (const auto& entry : fs::recursive_directory_iterator(daemon)) {
    const std::string extension = entry.path().extension();
    if (extension != ".h" && extension != ".cpp") continue;
    const fs::path relative = fs::relative(entry.path(), daemon);
    const std::string folder = relative.has_parent_path() ? relative.parent_path() : ".";
    std::ifstream file(entry.path());
    for (std::string line; std::getline(file, line);) {
      const auto from = line.find_first_of("<\"");
      if (!line.starts_with("#include") || from == std::string::npos) continue;
      const auto to = line.find_first_of(">\"", from + 1);
      includes.push_back(
          {relative, folder, line.substr(from + 1, to - from - 1), line[from] == '"'});
    }
  }
  return includes;
}

TEST(LayersTest, FoldersIncludeOnlyWhatTheMapAllows) {
  int checked = 0;
  for (const Include& include : all_includes()) {
    if (!include.ours) continue;
    ++checked;
    const std::string target = include.target.substr(0, include.target.find('/'));
    ASSERT_TRUE(may_include().contains(include.folder)) << include.file << " is in no known folder";
    EXPECT_TRUE(target == include.folder || may_include().at(include.folder).contains(target))
        << include.file << ": " << include.folder << "/ may not include " << target << "/";
  }
  EXPECT_GT(checked, 100);
}

TEST(LayersTest, EachThirdPartyLibraryIsKnownToOneFolderOnly) {
  const auto includes = all_includes();
  Folders private_headers;  // those that bring a third-party library along
  int checked = 0;
  for (const Include& include : includes) {
    for (const auto& [prefix, folder] : owners()) {
      if (include.ours || !include.target.starts_with(prefix)) continue;
      ++checked;
      EXPECT_EQ(include.folder, folder) << include.file << " includes <" << include.target << ">";
      private_headers.insert(include.file);
    }
  }
  EXPECT_GT(checked, 5);
  for (const Include& include : includes) {
    if (!include.ours || include.target.starts_with(include.folder + "/")) continue;
    EXPECT_FALSE(private_headers.contains(include.target))
        << include.file << " gets a third-party library from " << include.target;
  }
}

}  // namespace
}  // namespace restorewatch
