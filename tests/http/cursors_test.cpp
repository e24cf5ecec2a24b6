#include "http/cursors.h"

#include <gtest/gtest.h>

#include "base/base64.h"
#include "jobs/job_builders.h"

namespace restorewatch {
namespace {

using testing_jobs::job_id;
using testing_jobs::project;

TEST(CursorsTest, NameTheirPlace) {
  const ClusterPlace cluster{project('b'), "a name with \0 in it"};
  EXPECT_EQ(cluster_place_from(cursor_of(cluster)), cluster);
  JobPlace job{{project('b'), "c", Source::Flex, project('c')}, job_id(7)};
  EXPECT_EQ(job_place_from(cursor_of(job)), job);
  job.job.reset();
  job.target.cluster_id.reset();
  EXPECT_EQ(job_place_from(cursor_of(job)), job);
}

TEST(CursorsTest, OneListDoesNotTakeTheCursorOfAnother) {
  EXPECT_EQ(job_place_from(cursor_of(ClusterPlace{project(), "some name that is long"})),
            std::nullopt);
  EXPECT_EQ(cluster_place_from(cursor_of(JobPlace{{project(), "c"}})), std::nullopt);
}

TEST(CursorsTest, RefuseWhatIsCutShortOrMadeUp) {
  const std::string whole = *from_base64url(cursor_of(JobPlace{{project(), ""}, job_id(7)}));
  for (std::size_t size = 0; size < whole.size(); ++size) {
    EXPECT_EQ(job_place_from(base64url(whole.substr(0, size))), std::nullopt) << size;
  }
  std::string no_source = whole;
  no_source[13] = '\x7F';
  EXPECT_EQ(job_place_from(base64url(no_source)), std::nullopt);
  for (const char* const text : {"", "x", "c", "\"><script>", "////"}) {
    EXPECT_EQ(cluster_place_from(text), std::nullopt) << text;
    EXPECT_EQ(job_place_from(text), std::nullopt) << text;
  }
}

}  // namespace
}  // namespace restorewatch
