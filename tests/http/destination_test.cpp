#include "http/destination.h"

#include <gtest/gtest.h>

#include "http/sample_site.h"

namespace restorewatch {
namespace {

using namespace testing_site;

TEST(DestinationTest, NamesTheProjectOnlyWhereItIsAnother) {
  SampleSite site;
  site.project('a', "shop").project('b', "dr-lab");
  const auto snapshot = site.snapshot();
  const ProjectId own = snapshot->inventory->projects.front().project.id;
  RestoreJob restore = job(JobState::InProgress, 1);
  restore.target_cluster.reset();
  restore.target_project_id.reset();
  const auto destination = [&] { return destination_of(restore, own, snapshot->inventory.get()); };
  EXPECT_EQ(destination(), "");
  restore.target_cluster = "golden";
  EXPECT_EQ(destination(), "to golden");
  restore.target_project_id = own;
  EXPECT_EQ(destination(), "to golden");
  restore.target_project_id = snapshot->inventory->projects.back().project.id;
  EXPECT_EQ(destination(), "to golden of dr-lab");
  restore.target_cluster.reset();
  EXPECT_EQ(destination(), "to an unknown cluster of dr-lab");
  restore.target_project_id = parse_object_id(std::string(24, 'e'));
  EXPECT_EQ(destination(), "to an unknown cluster of project " + std::string(24, 'e'));
}

}  // namespace
}  // namespace restorewatch
