#pragma once

#include <compare>
#include <string>
#include <string_view>
#include <vector>

namespace restorewatch {

/// A place in a file, both counted from 1, columns in bytes. Line 0: the file as a whole.
struct Place {
  int line = 0;
  int column = 0;

  // NOLINTNEXTLINE(modernize-use-nullptr): clang-tidy 14 sees a 0 that is not there
  auto operator<=>(const Place&) const = default;
};

/// One thing the operator must change (or, as a warning, should). The message quotes no value
/// from the file but names of files and clusters that look like such, since a secret may have been
/// pasted into the wrong line.
struct Problem {
  int line = 0;  // as in Place
  int column = 0;
  std::string key;  // "projects[0].clusters[1].name"; empty: the document itself
  std::string message;

  bool operator==(const Problem&) const = default;
};

/// "FILE:LINE:COLUMN: KEY: message", without the parts that the problem does not have.
std::string format(const Problem& problem, std::string_view file);

/// Collects what is wrong while the file is read, in whatever order it is found.
class Findings {
 public:
  void problem(Place place, std::string key, std::string message);
  void warning(Place place, std::string key, std::string message);

  /// In order of place, and no more of each than a person would read.
  std::vector<Problem> problems() const;
  std::vector<Problem> warnings() const;

 private:
  std::vector<Problem> problems_;
  std::vector<Problem> warnings_;
};

}  // namespace restorewatch
