#pragma once

#include <algorithm>
#include <cstddef>
#include <deque>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "fakes/fake_loop.h"
#include "jobs/directory.h"

namespace restorewatch {

/// An Atlas whose projects and clusters are whatever the test puts into it. Answers are those of
/// the time of the question and come through the loop; while held they wait.
class FakeDirectory final : public Directory {
 public:
  explicit FakeDirectory(FakeLoop& loop) : loop_(loop) {}

  /// Until set, a credential sees nothing and a project has no clusters.
  void set_projects(const std::string& credential, Result<std::vector<Project>> answer) {
    projects_.insert_or_assign(credential, std::move(answer));
  }
  void set_clusters(const ProjectId& project, Result<std::vector<Cluster>> answer) {
    clusters_.insert_or_assign(project, std::move(answer));
  }

  /// Not whole: every list has rows that cannot be read besides.
  void set_whole(bool whole) { whole_ = whole; }

  void hold() { holds_all_ = true; }
  /// Only answers about the clusters of this project.
  void hold(const ProjectId& project) { held_projects_.insert(project); }
  /// Everything that waits is answered, in order.
  void release() {
    holds_all_ = false;
    held_projects_.clear();
    for (auto& answer : std::exchange(waiting_, {})) loop_.post(std::move(answer));
  }

  std::size_t project_questions() const { return project_questions_; }
  /// About clusters, in the order asked.
  const std::vector<ClusterQuestion>& cluster_questions() const { return cluster_questions_; }
  std::ptrdiff_t questions_about(const ProjectId& project) const {
    return std::ranges::count(cluster_questions_, project, &ClusterQuestion::project_id);
  }
  std::size_t in_flight() const { return in_flight_; }  // about clusters
  std::size_t most_in_flight() const { return most_in_flight_; }

  void list_projects(const std::string& credential, ProjectsDone done) override {
    ++project_questions_;
    const auto found = projects_.find(credential);
    auto answer = found == projects_.end() ? Result(std::vector<Project>()) : found->second;
    send(holds_all_,
         [this, answer = std::move(answer), done = std::move(done)] { done(listed(answer)); });
  }

  void list_clusters(const ClusterQuestion& question, ClustersDone done) override {
    cluster_questions_.push_back(question);
    most_in_flight_ = std::max(most_in_flight_, ++in_flight_);
    const auto found = clusters_.find(question.project_id);
    auto answer = found == clusters_.end() ? Result(std::vector<Cluster>()) : found->second;
    send(holds_all_ || held_projects_.contains(question.project_id),
         [this, answer = std::move(answer), done = std::move(done)] {
           --in_flight_;
           done(listed(answer));
         });
  }

 private:
  template <typename Row>
  Result<Listed<Row>> listed(const Result<std::vector<Row>>& answer) const {
    if (!answer) return answer.error();
    return Listed<Row>{*answer, whole_};
  }

  void send(bool held, std::function<void()> answer) {
    if (held) {
      waiting_.push_back(std::move(answer));
    } else {
      loop_.post(std::move(answer));
    }
  }

  FakeLoop& loop_;
  bool whole_ = true;
  std::map<std::string, Result<std::vector<Project>>> projects_;
  std::map<ProjectId, Result<std::vector<Cluster>>> clusters_;
  std::set<ProjectId> held_projects_;
  std::deque<std::function<void()>> waiting_;
  std::vector<ClusterQuestion> cluster_questions_;
  std::size_t project_questions_ = 0;
  std::size_t in_flight_ = 0;
  std::size_t most_in_flight_ = 0;
  bool holds_all_ = false;
};

}  // namespace restorewatch
