#pragma once

#include <cstddef>
#include <string>

#include "atlas/json_parser.h"
#include "jobs/diff.h"

namespace restorewatch {

// What a look at a target does again and again, each in a form that can be repeated alone: to be
// timed by look_bench, and to be counted by counted.

/// Decodes one page of restore jobs.
class DecodeAPage {
 public:
  explicit DecodeAPage(std::size_t jobs);

  std::size_t bytes() const { return body_.size(); }

  /// Returns how many jobs were read; ends the program if not all of them were.
  std::size_t run();

 private:
  std::size_t jobs_;
  std::string body_;
  JsonParser parser_;
};

/// Puts a decoded page's jobs into a listing: what reading a list costs besides decoding.
class ListAPage {
 public:
  explicit ListAPage(std::size_t jobs);

  std::size_t run();

 private:
  std::vector<RestoreJob> jobs_;
};

/// Compares a listing with a record that knows all of its jobs as they are.
class DiffUnchanged {
 public:
  explicit DiffUnchanged(std::size_t jobs);

  /// Returns how many jobs were compared; ends the program if one seems to have changed.
  std::size_t run();

 private:
  Listing listing_;
  TargetRecord known_;
  LookFacts facts_;
};

}  // namespace restorewatch
