#include "http/status_page.h"

#include <fmt/format.h>

#include "base/version.h"
#include "http/html.h"
#include "http/status_sections.h"
#include "http/status_style.h"
#include "http/time_text.h"

namespace restorewatch {
namespace {

constexpr const char* kHtml = "text/html; charset=utf-8";
constexpr int kBadRequest = 400;
constexpr std::string_view kUsualRefresh = "30";

std::string head_html(std::string_view title, std::uint64_t refresh) {
  const std::string meta =
      refresh == 0 ? "" : fmt::format("<meta http-equiv=\"refresh\" content=\"{}\">\n", refresh);
  return fmt::format(
      "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
      "<meta name=\"robots\" content=\"noindex\">\n{}<link rel=\"icon\" href=\"data:,\">\n"
      "<title>{}</title>\n<style>{}</style>\n</head>\n",
      meta, html(title), status_style());
}

/// Where the question of a browser's tab is answered without opening it.
std::string title_of(const StatusView& view) {
  if (view.is_fine()) return "OK – restorewatch";
  return view.wrong > 0 ? fmt::format("({}) restorewatch", view.wrong) : "! – restorewatch";
}

std::string refresh_html(const StatusQuestion& question) {
  if (question.refresh > 0) return link_html(href_with(question, "refresh", ""), "Stop refreshing");
  return link_html(href_with(question, "refresh", kUsualRefresh), "Refresh every 30 s");
}

std::string header_html(const StatusView& view, const StatusQuestion& question) {
  return fmt::format(
      "<header>\n<h1>restorewatch</h1>\n<p>Restores of MongoDB Atlas backups, as of "
      "<time datetime=\"{}\">{} UTC</time></p>\n<nav aria-label=\"Other pages\">{} {} {} {}</nav>\n"
      "</header>\n",
      format_time(view.now), minute_text(view.now), refresh_html(question),
      link_html("/api/v1/targets", "API"), link_html("/metrics", "Metrics"),
      link_html("/-/ready", "Readiness"));
}

std::string footer_html() {
  return fmt::format(
      "<footer><p>restorewatch {} ({}). As JSON: {}, {}, {}.</p></footer>\n</body>\n</html>\n",
      html(version()), html(revision()), link_html("/api/v1/targets", "targets"),
      link_html("/api/v1/jobs", "jobs"), link_html("/api/v1/transitions", "transitions"));
}

Reply reply(int status, std::string body) {
  return {status, kHtml, std::move(body), status_policy()};
}

Reply refusal(const Error& error) {
  return reply(kBadRequest,
               head_html("Not understood – restorewatch", 0) +
                   "<body>\n<main>\n<section class=\"verdict wrong\"><h1>Not understood</h1><p>" +
                   html(error.detail) +
                   "</p><p><a href=\"/\">Show all</a></p></section>\n</main>\n"
                   "</body>\n</html>\n");
}

}  // namespace

std::string href_with(const StatusQuestion& question, std::string_view name,
                      std::string_view value) {
  Parameters parameters = question.parameters;
  parameters.erase("cursor");
  parameters.insert_or_assign(std::string(name), std::string(value));
  std::erase_if(parameters, [](const auto& parameter) { return parameter.second.empty(); });
  return parameters.empty() ? "/" : "/?" + query_text(parameters);
}

std::string cluster_name_html(const ProjectId& project, std::string_view project_name,
                              std::string_view cluster) {
  const Parameters only{{"project", to_string(project)}, {"cluster", std::string(cluster)}};
  return fmt::format(R"(<span class="name"><a href="/?{}">{}</a> <small>{}</small></span>)",
                     html(query_text(only)), html(cluster), html(project_name));
}

std::string cluster_name_html(const ClusterRow& row) {
  return cluster_name_html(row.project_id(), row.project_name(), row.cluster_name());
}

Reply status_page(const SiteSource& source, std::string_view query) {
  const auto question = status_question_of(query);
  if (!question) return refusal(question.error());
  const StatusView view = status_view(source, *question);
  return reply(200, head_html(title_of(view), question->refresh) +
                        "<body>\n<a class=\"skip\" href=\"#main\">Skip to the state</a>\n" +
                        header_html(view, *question) + "<main id=\"main\" tabindex=\"-1\">\n" +
                        verdict_html(view, *question) + problems_html(view, *question) +
                        active_html(view, *question) + "<div class=\"columns\">\n" +
                        steps_html(view) + drills_html(view) + "</div>\n" +
                        clusters_html(view, *question) + "</main>\n" + footer_html());
}

}  // namespace restorewatch
