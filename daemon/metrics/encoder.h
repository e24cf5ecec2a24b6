#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "metrics/family.h"

namespace restorewatch {

// The text exposition format 0.0.4, help and values escaped. Source: "Exposition formats",
// Prometheus documentation.

/// The lines that come before a family's samples.
void append_header(std::string& out, std::string_view name, std::string_view help,
                   std::string_view type);

/// One line; of a histogram, its buckets, sum and count.
void append_series(std::string& out, std::string_view name, const Series& series);

/// Header and series, these sorted by labels; nothing where there are no series.
void append_family(std::string& out, Family family);

/// A sample's value: whole numbers without exponent, else the shortest text that reads back the
/// same; "NaN", "+Inf", "-Inf".
void append_value(std::string& out, double value);

/// Of two families with one name the second's series are added to the first's.
std::map<std::string, Family> by_name(std::vector<Family> families);

}  // namespace restorewatch
