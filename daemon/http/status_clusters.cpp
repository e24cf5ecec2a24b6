#include <fmt/format.h>

#include "base/duration_text.h"
#include "http/html.h"
#include "http/status_sections.h"
#include "http/time_text.h"

namespace restorewatch {
namespace {

constexpr std::string_view kNone = R"(<span class="none">–</span>)";

std::string value_of(const StatusQuestion& question, std::string_view name) {
  const std::string* const value = find(question.parameters, name);
  return value == nullptr ? "" : *value;
}

std::string option_html(std::string_view value, std::string_view text, const std::string& chosen) {
  return fmt::format(R"(<option value="{}"{}>{}</option>)", value,
                     value == chosen ? " selected" : "", text);
}

std::string states_html(const std::string& chosen) {
  std::string options = option_html("", "any", chosen) +
                        option_html("wrong", "anything wrong", chosen) +
                        option_html("ok", "nothing wrong", chosen);
  for (std::size_t i = 0; i < kFindingCount; ++i) {
    const auto finding = static_cast<Finding>(i);
    options += option_html(label(finding), title(finding), chosen);
  }
  return options;
}

std::string field_html(std::string_view name, std::string_view title, const std::string& value,
                       std::string_view hint) {
  return fmt::format(
      R"(<label for="{0}">{1} <input id="{0}" name="{0}" value="{2}" maxlength="256" )"
      R"(placeholder="{3}" autocomplete="off" spellcheck="false"></label>)",
      name, title, html(value), hint);
}

std::string form_html(const StatusQuestion& question) {
  std::string form = R"(<form method="get" action="/" role="search" aria-label="Filter clusters">)";
  form += field_html("project", "Project", value_of(question, "project"), "prod-* or an id");
  form += field_html("cluster", "Cluster", value_of(question, "cluster"), "orders-*");
  form += R"(<label for="state">State <select id="state" name="state">)" +
          states_html(value_of(question, "state")) + "</select></label>";
  if (question.refresh > 0) {
    form += fmt::format(R"(<input type="hidden" name="refresh" value="{}">)", question.refresh);
  }
  form += R"(<button type="submit">Filter</button>)";
  const bool is_filtered = !question.filter.names.picks_all() ||
                           question.filter.state != ClusterFilter::State::Any ||
                           question.filter.finding.has_value();
  if (is_filtered) form += R"( <a href="/">Show all</a>)";
  return form + "</form>\n";
}

std::string badges_html(const ClusterLine& line) {
  std::string badges;
  for (const Found& found : line.state.findings) {
    badges += badge_html(severity_of(found.what), title(found.what)) + " ";
  }
  return badges.empty() ? badge_html(Severity::Fine, "OK") : badges;
}

/// When each source was seen last, and why not since.
std::string seen_html(const ClusterRow& row, WallTime now) {
  std::string lines;
  for (const auto& view : row.sources) {
    if (!view->polled) continue;
    lines += fmt::format("<div>{}: ", label(view->target.key.source));
    lines += view->last_success_at ? time_html(*view->last_success_at, now) : "not yet";
    if (view->trouble) lines += fmt::format(" <em>{}</em>", label(view->trouble->kind));
    lines += "</div>";
  }
  return lines.empty() ? std::string(kNone) : lines;
}

std::string last_restore_html(const ClusterState& state, WallTime now) {
  const LastSuccess* const latest = last_restore(state.summary);
  if (latest == nullptr) return std::string(kNone);
  std::string text = time_html(latest->ended_at, now);
  if (latest->duration) text += "<div>took " + duration_text(*latest->duration) + "</div>";
  return text;
}

/// "never" needs somebody who looked.
std::string drill_html(const ClusterState& state, WallTime now) {
  const auto last = state.summary.last_drill_success_at;
  if (!last && !state.has(Finding::Untested)) return std::string(kNone);
  std::string text = last ? time_html(*last, now) : "never";
  if (const auto due = state.drill_due_at()) {
    text += fmt::format("<div>due {}</div>", relative_text(*due, now));
  }
  return text;
}

std::string row_html(const ClusterLine& line, WallTime now) {
  return fmt::format(
      "<tr><th scope=\"row\">{}</th><td data-name=\"State\">{}</td><td data-name=\"Last look\">{}"
      "</td><td data-name=\"Last restore\">{}</td><td data-name=\"Last drill\">{}</td></tr>\n",
      cluster_name_html(line.row), badges_html(line), seen_html(line.row, now),
      last_restore_html(line.state, now), drill_html(line.state, now));
}

std::string paging_html(const StatusView& view, const StatusQuestion& question) {
  std::string links;
  if (question.after) {
    links += fmt::format(R"(<a href="{}#clusters">First page</a> )",
                         html(href_with(question, "cursor", "")));
  }
  if (view.next) {
    links += fmt::format(R"(<a rel="next" href="{}#clusters">Next {}</a>)",
                         html(href_with(question, "cursor", cursor_of(*view.next))),
                         StatusView::kClustersOnPage);
  }
  if (links.empty()) return "";
  return R"(<nav class="paging" aria-label="Pages of clusters">)" + links + "</nav>\n";
}

}  // namespace

std::string clusters_html(const StatusView& view, const StatusQuestion& question) {
  std::string text = "<section aria-labelledby=\"clusters\">\n<h2 id=\"clusters\">Clusters</h2>\n" +
                     form_html(question);
  if (view.page.empty()) {
    return text + "<p class=\"none\">No cluster is picked by this.</p>\n</section>\n";
  }
  text += fmt::format(
      "<table>\n<caption>{} of {} cluster{}</caption>\n"
      "<thead><tr><th scope=\"col\">Cluster</th><th scope=\"col\">State</th>"
      "<th scope=\"col\">Last look</th><th scope=\"col\">Last restore</th>"
      "<th scope=\"col\">Last drill</th></tr></thead>\n<tbody>\n",
      count_text(view.page.size()), count_text(view.matching), plural(view.matching));
  for (const ClusterLine& line : view.page) text += row_html(line, view.now);
  return text + "</tbody>\n</table>\n" + paging_html(view, question) + "</section>\n";
}

}  // namespace restorewatch
