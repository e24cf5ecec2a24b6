#include <fmt/format.h>

#include "cli/command_line.h"
#include "cli/commands.h"
#include "store/verifier.h"

namespace restorewatch {
namespace {

void print(const Verification& verification) {
  for (const std::string& finding : verification.findings) fmt::print("{}\n", finding);
  if (verification.more_findings > 0) {
    fmt::print("... and {} more\n", verification.more_findings);
  }
  fmt::print("entries {}, from {} to {}\n", verification.entries, verification.anchor.seq + 1,
             verification.head.seq);
  if (verification.anchor.seq > 0) {
    fmt::print("anchor  {}\n", to_string(verification.anchor));
  }
  fmt::print("head    {}\n", to_string(verification.head));
}

}  // namespace

int run_verify(const std::string& store_path, const std::optional<std::string>& expected_head) {
  std::optional<ChainHead> expected;
  if (expected_head) {
    expected = parse_head(*expected_head);
    if (!expected) {
      fmt::print(stderr,
                 "--expect-head takes <seq>:<64 hex digits>, as the event journal_head says\n");
      return kExitBadConfig;
    }
  }
  const auto verification = verify_store(store_path, expected);
  if (!verification) {
    fmt::print(stderr, "{}\n", verification.error().detail);
    return kExitBadConfig;
  }
  print(*verification);
  fmt::print("{}\n", verification->sound() ? "The journal is sound." : "The journal is NOT sound.");
  return verification->sound() ? kExitOk : kExitPartial;
}

}  // namespace restorewatch
