#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/page_format.h"
#include "metrics/family.h"

namespace restorewatch {

// The two formats of the page, which differ in the lines before a family's samples, in how bounds
// of histograms are written, and in that OpenMetrics has a last line. Sources: "Exposition
// formats", Prometheus documentation, for text format 0.0.4; "OpenMetrics 1.0", openmetrics.io.

/// The lines that come before a family's samples.
void append_header(std::string& out, std::string_view name, std::string_view help,
                   std::string_view type, PageFormat format);

/// The line of a series that is no histogram: the same in both formats.
void append_sample(std::string& out, std::string_view name, const Series& series);

/// Header and series; nothing where there are no series.
void append_family(std::string& out, const Family& family, PageFormat format);

/// The last line, where the format has one.
void append_end(std::string& out, PageFormat format);

/// A sample's value: whole numbers without exponent, else the shortest text that reads back the
/// same; "NaN", "+Inf", "-Inf".
void append_value(std::string& out, double value);

/// The families by name, their series sorted by labels. Of two families with one name the second's
/// series are added to the first's.
std::map<std::string, Family> by_name(std::vector<Family> families);

}  // namespace restorewatch
