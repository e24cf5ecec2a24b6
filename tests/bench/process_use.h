#pragma once

#include <cstddef>

namespace restorewatch::testing_fleet {

/// What this process has used, as the kernel and the allocator count it.
double cpu_seconds();      // user and system time of all threads, since it began
std::size_t heap_bytes();  // handed out by malloc and not freed
std::size_t resident_bytes();

}  // namespace restorewatch::testing_fleet
