#include <fmt/format.h>

#include <algorithm>

#include "base/duration_text.h"
#include "http/html.h"
#include "http/status_sections.h"

namespace restorewatch {
namespace {

std::string problem_html(const Problem& problem, WallTime now) {
  const Found& found = problem.found;
  const std::string since = found.since ? time_html(*found.since, now) : "";
  return fmt::format("<li>{} <span class=\"what\">{}<span>{}</span></span> {}</li>\n",
                     badge_html(severity_of(found.what), title(found.what)),
                     cluster_name_html(problem.row), html(found.detail), since);
}

std::string percent_text(const ActiveRestore& active, std::chrono::milliseconds elapsed) {
  const auto percent = elapsed.count() * 100 / std::max<std::int64_t>(1, active.allowed.count());
  return fmt::format("{}&nbsp;% of {}{}", percent, duration_text(active.allowed),
                     active.is_promised ? "" : " (no objective)");
}

std::string_view speed_of(std::chrono::milliseconds elapsed, std::chrono::milliseconds allowed) {
  if (elapsed > allowed) return "late";
  return elapsed * 4 > allowed * 3 ? "soon" : "";
}

std::string destination_html(const ActiveRestore& active) {
  const RestoreJob& job = active.tracked.job;
  if (kind_of(job.delivery) == Kind::Download) return "download";
  return active.destination.empty() ? "to an unknown cluster" : html(active.destination);
}

std::string elapsed_html(const ActiveRestore& active, WallTime now) {
  const auto elapsed = std::max(now - active.tracked.job.requested_at, WallTime::duration{0});
  return fmt::format(
      R"(<span class="elapsed {}"><b>{}</b> <progress aria-label="Time used" max="{}" value="{}">)"
      R"(</progress> <small>{}</small></span>)",
      speed_of(elapsed, active.allowed), duration_text(elapsed), active.allowed.count() / 1000,
      std::min(elapsed, active.allowed).count() / 1000, percent_text(active, elapsed));
}

std::string active_item(const ActiveRestore& active, WallTime now) {
  const RestoreJob& job = active.tracked.job;
  const Target& target = active.target;
  const bool is_drill = active.tracked.purpose == Purpose::Drill;
  return fmt::format(
      "<li>{} <span class=\"what\">{}<span>{}, {}{}; requested {}</span></span> {}</li>\n",
      badge_html(Severity::Note, words(label(job.state))),
      cluster_name_html(target.key.project_id, target.project_name, target.key.cluster_name),
      destination_html(active), words(label(job.delivery)), is_drill ? ", drill" : "",
      time_html(job.requested_at, now), elapsed_html(active, now));
}

}  // namespace

std::string problems_html(const StatusView& view, const StatusQuestion& question) {
  if (view.problems.empty()) return "";
  std::string items;
  for (const Problem& problem : view.problems) items += problem_html(problem, view.now);
  const std::size_t more = view.problems_in_all - view.problems.size();
  if (more > 0) {
    items += fmt::format(R"(<li class="more"><a href="{}#clusters">and {} more</a></li>)",
                         html(href_with(question, "state", "wrong")), count_text(more));
  }
  return "<section aria-labelledby=\"problems\">\n<h2 id=\"problems\">Wrong now</h2>\n"
         "<ul class=\"rows\">\n" +
         items + "</ul>\n</section>\n";
}

std::string active_html(const StatusView& view, const StatusQuestion& question) {
  std::string items;
  for (const ActiveRestore& active : view.active) items += active_item(active, view.now);
  if (items.empty()) {
    items = fmt::format("<li class=\"none\">{}</li>\n",
                        view.archive_failed ? "Not known: the store cannot be read."
                                            : "None is going on, as far as clusters are seen.");
  }
  const std::size_t more =
      view.active_in_all - std::min<std::size_t>(view.active_in_all, view.active.size());
  if (more > 0) {
    items +=
        fmt::format(R"(<li class="more"><a href="{}#clusters">and {} more</a></li>)",
                    html(href_with(question, "state", label(Finding::Active))), count_text(more));
  }
  return "<section aria-labelledby=\"active\">\n<h2 id=\"active\">Active restores</h2>\n"
         "<ul class=\"rows\">\n" +
         items + "</ul>\n</section>\n";
}

}  // namespace restorewatch
