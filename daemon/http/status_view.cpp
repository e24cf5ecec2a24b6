#include "http/status_view.h"

#include <algorithm>
#include <tuple>

#include "http/status_activity.h"

namespace restorewatch {
namespace {

constexpr std::array<std::string_view, 5> kParameters{"project", "cluster", "state", "cursor",
                                                      "refresh"};
constexpr std::uint64_t kShortestRefresh = 5;
constexpr std::uint64_t kLongestRefresh = 3600;

/// Keeps the first `most` of them by `before`.
template <typename Row, typename Before>
void keep_first(std::vector<Row>& rows, std::size_t most, Before before) {
  const std::size_t kept = std::min(rows.size(), most);
  std::ranges::partial_sort(rows, rows.begin() + static_cast<std::ptrdiff_t>(kept), before);
  rows.erase(rows.begin() + static_cast<std::ptrdiff_t>(kept), rows.end());
}

/// Goes through all clusters once.
class Tally {
 public:
  Tally(StatusView& view, const StatusQuestion& question) : view_(view), question_(question) {}

  void add(const ClusterRow& row) {
    if (!question_.filter.picks(row)) return;
    ClusterState state = judge(row, view_.snapshot->objectives.get(), view_.now);
    count(row, state);
    add_drill(row, state);
    if (question_.filter.picks(state)) list(row, std::move(state));
  }

  void finish() {
    view_.problems_in_all = view_.problems.size();
    keep_first(view_.problems, StatusView::kMostProblems, [](const Problem& a, const Problem& b) {
      return std::tie(a.found.what, a.found.since) < std::tie(b.found.what, b.found.since);
    });
    view_.drills_in_all = view_.drills.size();
    keep_first(view_.drills, StatusView::kMostDrills,
               [](const DrillDue& a, const DrillDue& b) { return a.due_at < b.due_at; });
  }

 private:
  void count(const ClusterRow& row, const ClusterState& state) {
    ++view_.clusters;
    if (row.is_polled()) ++view_.watched;
    if (state.severity() == Severity::Wrong) ++view_.wrong;
    if (state.severity() == Severity::Warning) ++view_.warned;
    if (last_project_ != row.project_id()) ++view_.projects;
    last_project_ = row.project_id();
    if (!state.present_unknown) view_.active_in_all += state.summary.active_jobs();
    for (const Found& found : state.findings) {
      ++view_.with.at(index_of(found.what));
      if (severity_of(found.what) < Severity::Note) view_.problems.push_back({row, found});
    }
  }

  void add_drill(const ClusterRow& row, const ClusterState& state) {
    const auto due_at = state.drill_due_at();
    if (due_at) view_.drills.push_back({row, *state.summary.last_drill_success_at, *due_at});
  }

  void list(const ClusterRow& row, ClusterState state) {
    ++view_.matching;
    if (question_.after && row.place() <= *question_.after) return;
    if (view_.page.size() < StatusView::kClustersOnPage) {
      view_.page.push_back({row, std::move(state)});
    } else if (!view_.next) {
      view_.next = view_.page.back().row.place();
    }
  }

  StatusView& view_;
  const StatusQuestion& question_;
  std::optional<ProjectId> last_project_;
};

void add_hidden(const Inventory& inventory, const NameFilter& names, StatusView& view) {
  for (const InventoryProject& project : inventory.projects) {
    const NameFilter by_project{names.project, ""};
    if (!project.problem || !by_project.picks(project.project.id, project.project.name, "")) {
      continue;
    }
    view.hidden.push_back({project.project.name, project.problem->kind});
  }
  for (const Error& problem : inventory.problems) view.blind_credentials.push_back(problem.kind);
}

}  // namespace

Result<StatusQuestion> status_question_of(std::string_view query) {
  const auto parameters = parse_query(query, kParameters);
  if (!parameters) return parameters.error();
  const auto filter = cluster_filter_of(*parameters);
  if (!filter) return filter.error();
  const auto refresh = number_of(*parameters, "refresh", kShortestRefresh, kLongestRefresh, 0);
  if (!refresh) return refresh.error();
  StatusQuestion question{*parameters, *filter, std::nullopt, *refresh};
  if (const std::string* const cursor = find(*parameters, "cursor")) {
    question.after = cluster_place_from(*cursor);
    if (!question.after) return Error{ErrorKind::BadConfig, "cursor: is none of this page"};
  }
  return question;
}

bool StatusView::is_fine() const {
  return snapshot && own_troubles.empty() && hidden.empty() && blind_credentials.empty() &&
         wrong == 0 && warned == 0 && !archive_failed;
}

StatusView status_view(const SiteSource& source, const StatusQuestion& question) {
  StatusView view;
  view.snapshot = source.snapshot();
  view.now = source.now();
  view.own_troubles = source.own_troubles();
  if (!view.snapshot) return view;
  if (view.snapshot->inventory) add_hidden(*view.snapshot->inventory, question.filter.names, view);
  Tally tally(view, question);
  for (const ClusterRow& row : cluster_rows(*view.snapshot)) tally.add(row);
  tally.finish();
  add_activity(source, question.filter.names, view);
  return view;
}

}  // namespace restorewatch
