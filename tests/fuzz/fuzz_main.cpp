// A fuzz target: what libFuzzer calls. RW_FUZZ_ENTRY is the name of the entry that it runs.

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "fuzz/entries.h"

#ifndef RW_FUZZ_ENTRY  // a look at this file alone, as a checker of code takes
#define RW_FUZZ_ENTRY "errors"
#endif

// NOLINTNEXTLINE(readability-identifier-naming): the name that libFuzzer looks for
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const restorewatch::fuzz::Entry& entry = *restorewatch::fuzz::find_entry(RW_FUZZ_ENTRY);
  entry.run(std::string_view(reinterpret_cast<const char*>(data), size));  // NOLINT: as it comes
  return 0;
}
