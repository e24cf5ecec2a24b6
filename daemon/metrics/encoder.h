#pragma once

#include <string>
#include <vector>

#include "metrics/family.h"

namespace restorewatch {

/// The text exposition format 0.0.4: families sorted by name, series by labels, help and values
/// escaped. Families without series are left out; of two with one name the second's series are
/// added to the first's. Source: "Exposition formats", Prometheus documentation.
std::string encode_text(std::vector<Family> families);

/// A sample's value: whole numbers without exponent, else the shortest text that reads back the
/// same; "NaN", "+Inf", "-Inf".
void append_value(std::string& out, double value);

}  // namespace restorewatch
