#pragma once

#include <cstddef>
#include <string>

namespace restorewatch {

/// One page of a dedicated cluster's restore jobs, newest first, as Atlas writes it without white
/// space: documented members only, with deliveries, ends and numbers of shards by chance. The same
/// `seed` gives the same page. A job has some 800 bytes.
std::string written_page(std::size_t jobs, unsigned seed);

}  // namespace restorewatch
