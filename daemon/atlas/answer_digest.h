#pragma once

#include <cstdint>
#include <string_view>

#include "jobs/job_source.h"

namespace restorewatch {

/// Makes digests of the bytes of answers; others in each process, so that nobody can aim at them.
class AnswerDigester {
 public:
  AnswerDigester();

  AnswerDigest operator()(std::string_view body) const;

 private:
  std::uint64_t seed_;
};

}  // namespace restorewatch
