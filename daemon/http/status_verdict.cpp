#include <fmt/format.h>

#include "http/html.h"
#include "http/status_sections.h"

namespace restorewatch {
namespace {

struct Verdict {
  Severity severity = Severity::Fine;
  std::string headline;
  std::string detail;
};

std::string clusters(std::size_t count) {
  return fmt::format("{} cluster{}", count_text(count), plural(count));
}

std::string scope_of(const StatusView& view) {
  const std::string watched = view.watched == view.clusters && view.clusters > 0
                                  ? "all watched"
                                  : count_text(view.watched) + " of them watched";
  return fmt::format("{} in {} project{}, {}", clusters(view.clusters), count_text(view.projects),
                     plural(view.projects), watched);
}

bool is_daemon_in_trouble(const StatusView& view) {
  return !view.own_troubles.empty() || !view.hidden.empty() || !view.blind_credentials.empty() ||
         view.archive_failed;
}

Verdict verdict_of(const StatusView& view, const NameFilter& names) {
  if (!view.snapshot) {
    return {Severity::Warning, "Nothing is known yet", "The daemon has only just started."};
  }
  const std::string scope =
      (names.picks_all() ? "" : "Of those that the filter picks: ") + scope_of(view) + ".";
  if (view.wrong > 0) {
    const std::string others =
        view.warned == 0
            ? ""
            : fmt::format("; {} more {} not as {} should be", count_text(view.warned),
                          view.warned == 1 ? "is" : "are", view.warned == 1 ? "it" : "they");
    return {Severity::Wrong,
            fmt::format("{} need{} attention{}", clusters(view.wrong), view.wrong == 1 ? "s" : "",
                        others),
            scope};
  }
  if (is_daemon_in_trouble(view)) {
    return {Severity::Wrong, "restorewatch cannot see or tell everything", scope};
  }
  if (view.warned > 0) {
    return {Severity::Warning,
            fmt::format("Nothing is failing, but {} {} not as they should be",
                        clusters(view.warned), view.warned == 1 ? "is" : "are"),
            scope};
  }
  if (view.watched == 0) {
    return {Severity::Warning,
            names.picks_all() ? "No cluster is watched" : "No watched cluster is picked", scope};
  }
  if (view.with.at(index_of(Finding::Waiting)) > 0) {
    return {Severity::Note, "Nothing is wrong so far; the first looks are under way", scope};
  }
  return {Severity::Fine, "All is well",
          scope +
              " None has failed, none is stuck or overdue for a drill, and all that are watched "
              "are seen."};
}

std::string_view class_of(Severity severity) {
  switch (severity) {
    case Severity::Wrong:
      return "wrong";
    case Severity::Warning:
      return "warn";
    case Severity::Note:
      return "note";
    case Severity::Fine:
      break;
  }
  return "fine";
}

/// How many clusters show each finding, each a filter.
std::string counts_html(const StatusView& view, const StatusQuestion& question) {
  std::string items;
  for (std::size_t i = 0; i < kFindingCount; ++i) {
    if (view.with.at(i) == 0) continue;
    const auto finding = static_cast<Finding>(i);
    items +=
        fmt::format(R"(<li><a href="{}#clusters">{} <b>{}</b></a></li>)",
                    html(href_with(question, "state", label(finding))),
                    badge_html(severity_of(finding), title(finding)), count_text(view.with.at(i)));
  }
  if (items.empty()) return "";
  return R"(<ul class="counts" aria-label="Clusters by state">)" + items + "</ul>\n";
}

std::string troubles_html(const StatusView& view) {
  std::string items;
  const auto add = [&](const std::string& sentence) {
    items +=
        "<li>" + badge_html(Severity::Wrong, "restorewatch") + " " + html(sentence) + "</li>\n";
  };
  for (const std::string& trouble : view.own_troubles) add(trouble);
  if (view.archive_failed) add("The store cannot be read: what is shown of jobs is not whole.");
  for (const ErrorKind why : view.blind_credentials) {
    add(fmt::format("The projects of a credential cannot be listed ({}).", label(why)));
  }
  constexpr std::size_t kMost = 20;
  for (const HiddenProject& project : view.hidden) {
    if (&project - view.hidden.data() == kMost) break;
    add(fmt::format("The clusters of project {} cannot be listed ({}): some may be hidden.",
                    project.name, label(project.why)));
  }
  if (view.hidden.size() > kMost) {
    add(fmt::format("Nor can those of {} more projects.", view.hidden.size() - kMost));
  }
  return items.empty() ? "" : "<ul class=\"troubles\">\n" + items + "</ul>\n";
}

}  // namespace

std::string verdict_html(const StatusView& view, const StatusQuestion& question) {
  const Verdict verdict = verdict_of(view, question.filter.names);
  return fmt::format(
      "<section class=\"verdict {}\" aria-labelledby=\"verdict\">\n"
      "<h2 id=\"verdict\">{}</h2>\n<p>{}</p>\n{}{}</section>\n",
      class_of(verdict.severity), html(verdict.headline), html(verdict.detail), troubles_html(view),
      counts_html(view, question));
}

}  // namespace restorewatch
