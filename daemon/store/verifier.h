#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "store/chain_head.h"
#include "store/database.h"

namespace restorewatch {

/// What was found when a store was proved.
struct Verification {
  ChainHead head;    // the last entry that is there
  ChainHead anchor;  // the last one that retention has cut
  std::uint64_t entries = 0;
  std::vector<std::string> findings;  // what is wrong, and where; empty: all is as it should be
  std::uint64_t more_findings = 0;    // that are not listed

  bool sound() const { return findings.empty(); }
};

/// Proves the store's journal: every entry's hash and number, from the anchor to the end; that the
/// anchor is the one that the last retention run wrote down; that every counter is what it was at
/// the anchor plus what the entries count; that jobs stand where their last entry left them; and
/// that the chain contains `expected`. Reads only, of one moment, also while the daemon runs.
/// Errors: BadConfig for a file that is no store of this version, Storage for one that cannot be
/// read.
Result<Verification> verify_store(const std::string& path,
                                  const std::optional<ChainHead>& expected);

/// The same inside a transaction that the caller has begun.
Result<Verification> verify(Database& database, const std::optional<ChainHead>& expected);

}  // namespace restorewatch
