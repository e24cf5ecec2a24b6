#pragma once

#include <string>

#include "http/status_view.h"

namespace restorewatch {

// The parts of the status page, as HTML, in the order in which they stand there.

/// In one sentence and one colour: is all well? And how many clusters show what.
std::string verdict_html(const StatusView& view, const StatusQuestion& question);
/// What should not be, the worst first. Empty where there is nothing.
std::string problems_html(const StatusView& view, const StatusQuestion& question);
/// What is going on, against the time that it may take.
std::string active_html(const StatusView& view, const StatusQuestion& question);
/// What happened last.
std::string steps_html(const StatusView& view);
/// Which drills are due next. Empty where none is.
std::string drills_html(const StatusView& view);
/// Form for the filter, and a page of the clusters that it picks.
std::string clusters_html(const StatusView& view, const StatusQuestion& question);

/// The page's own address, with one parameter set (empty: left out) and from the first cluster on.
std::string href_with(const StatusQuestion& question, std::string_view name,
                      std::string_view value);

/// "prod-a" and, smaller, its project; a link to the page of this one cluster.
std::string cluster_name_html(const ProjectId& project, std::string_view project_name,
                              std::string_view cluster);
std::string cluster_name_html(const ClusterRow& row);

}  // namespace restorewatch
