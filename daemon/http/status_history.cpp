#include <fmt/format.h>

#include "base/log_line.h"
#include "http/html.h"
#include "http/status_sections.h"

namespace restorewatch {
namespace {

Severity severity_of(const Step& step) {
  if (step.level == label(LogLevel::Error)) return Severity::Wrong;
  if (step.level == label(LogLevel::Warn)) return Severity::Warning;
  return step.transition.to == JobState::Completed ? Severity::Fine : Severity::Note;
}

std::string job_html(const Step& step) {
  const Transition& transition = step.transition;
  const RestoreJob& job = transition.job;
  std::string text = words(label(job.delivery));
  if (!step.destination.empty()) text += " " + html(step.destination);
  if (transition.purpose == Purpose::Drill) text += ", drill";
  if (transition.from) text += ", was " + words(label(*transition.from));
  if (transition.missed) text += ", seen only after its end";
  text += " <code>" + to_string(job.id) + "</code>";
  if (step.violations.empty()) return text;
  return text + " " + badge_html(Severity::Wrong, "against policy: " + words(step.violations));
}

std::string step_item(const Step& step, WallTime now) {
  const Transition& transition = step.transition;
  const TargetKey& target = transition.target;
  return fmt::format(
      "<li>{} <span class=\"what\">{}<span>{}</span></span> {}</li>\n",
      badge_html(severity_of(step), words(label(transition.to))),
      cluster_name_html(target.project_id, transition.project_name, target.cluster_name),
      job_html(step), time_html(transition.observed_at, now));
}

std::string drill_item(const DrillDue& drill, WallTime now) {
  const bool is_overdue = drill.due_at < now;
  return fmt::format(
      "<li>{} <span class=\"what\">{}<span>last drill {}</span></span> {}</li>\n",
      badge_html(is_overdue ? Severity::Warning : Severity::Note, is_overdue ? "overdue" : "due"),
      cluster_name_html(drill.row), ago_html(drill.last_at, now), time_html(drill.due_at, now));
}

}  // namespace

std::string steps_html(const StatusView& view) {
  std::string items;
  for (const Step& step : view.steps) items += step_item(step, view.now);
  if (items.empty()) {
    items = fmt::format("<li class=\"none\">{}</li>\n", view.archive_failed
                                                            ? "Not known: the store cannot be read."
                                                            : "None among the newest.");
  }
  return "<section aria-labelledby=\"steps\">\n<h2 id=\"steps\">Recent transitions</h2>\n"
         "<ul class=\"rows\">\n" +
         items + "</ul>\n</section>\n";
}

std::string drills_html(const StatusView& view) {
  if (view.drills.empty()) return "";
  std::string items;
  for (const DrillDue& drill : view.drills) items += drill_item(drill, view.now);
  const std::size_t more = view.drills_in_all - view.drills.size();
  if (more > 0) items += fmt::format("<li class=\"more\">and {} later</li>", count_text(more));
  return "<section aria-labelledby=\"drills\">\n<h2 id=\"drills\">Drills due next</h2>\n"
         "<ul class=\"rows\">\n" +
         items + "</ul>\n</section>\n";
}

}  // namespace restorewatch
