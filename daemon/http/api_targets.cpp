#include <algorithm>

#include "http/api.h"
#include "http/api_pages.h"
#include "http/cluster_filter.h"
#include "http/cluster_json.h"

namespace restorewatch {
namespace {

constexpr std::array<std::string_view, 5> kParameters{"project", "cluster", "state", "limit",
                                                      "cursor"};

struct Question {
  ClusterFilter filter;
  std::uint64_t limit = 0;
  std::optional<ClusterPlace> after;
};

Result<Question> question_of(std::string_view query) {
  const auto parameters = parse_query(query, kParameters);
  if (!parameters) return parameters.error();
  const auto filter = cluster_filter_of(*parameters);
  if (!filter) return filter.error();
  const auto limit = limit_of(*parameters);
  if (!limit) return limit.error();
  Question question{*filter, *limit, std::nullopt};
  if (const std::string* const cursor = find(*parameters, "cursor")) {
    question.after = cluster_place_from(*cursor);
    if (!question.after) return bad_cursor();
  }
  return question;
}

std::string page_of(const Snapshot& snapshot, const Question& question, WallTime now) {
  const std::vector<ClusterRow> rows = cluster_rows(snapshot);
  auto row = rows.begin();
  if (question.after) {
    row = std::ranges::upper_bound(rows, *question.after, {}, &ClusterRow::place);
  }
  std::vector<std::string> items;
  std::string last;
  for (; row != rows.end(); ++row) {
    if (!question.filter.picks(*row)) continue;
    const ClusterState state = judge(*row, snapshot.objectives.get(), now);
    if (!question.filter.picks(state)) continue;
    if (items.size() == question.limit) return page_json(items, last);
    items.push_back(cluster_json(*row, state));
    if (items.size() == question.limit) last = cursor_of(row->place());
  }
  return page_json(items, "");
}

}  // namespace

Reply api_targets(const SiteSource& source, std::string_view query) {
  const auto question = question_of(query);
  if (!question) return json_error(question.error());
  const auto snapshot = snapshot_of(source);
  if (!snapshot) return json_error(snapshot.error());
  return json_reply(page_of(**snapshot, *question, source.now()));
}

}  // namespace restorewatch
