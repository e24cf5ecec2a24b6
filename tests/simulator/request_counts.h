#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <tuple>

#include "simulator/fault.h"
#include "simulator/rate_buckets.h"

namespace atlas_simulator {

/// What a simulator has been asked since it started; requests to its control API do not count.
struct RequestCounts {
  /// By method, kind and status; status 0 stands for a connection that ended without an answer.
  std::map<std::tuple<std::string, RequestKind, int>, std::int64_t> answers;

  std::int64_t connections = 0;  // distinct ones, those of the control API included
  std::int64_t digest_challenges = 0, stale_challenges = 0;
  std::int64_t nonce_replays = 0;  // digest counts that did not rise
  std::int64_t tokens_issued = 0;
  std::int64_t rate_limited = 0;  // 429s by a rate bucket, the token endpoint's included
  std::int64_t impatient = 0;     // requests that came before a Retry-After was over
  std::map<std::string, BucketCounts> buckets;  // by "SET/SCOPE", but for the token endpoint

  /// How many requests match; an absent argument matches all.
  std::int64_t matching(const std::optional<std::string>& method,
                        std::optional<RequestKind> kind = {}, std::optional<int> status = {}) const;

  std::string json() const;
  std::string buckets_json() const;
};

}  // namespace atlas_simulator
