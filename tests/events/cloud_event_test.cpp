#include "events/cloud_event.h"

#include <gtest/gtest.h>

#include "base/sha256.h"
#include "events/event_samples.h"

namespace restorewatch {
namespace {

using namespace testing_events;

TEST(CloudEventTest, HoldsTheKeysOfTheLineItsLevelAndItsNumber) {
  EXPECT_EQ(
      cloud_event(step(42, 1)),
      R"({"specversion":"1.0","id":"6a79af300000000000000001:failed:1","source":"/restorewatch",)"
      R"("type":"restorewatch.restore_transition","time":"2026-08-10T12:00:00Z",)"
      R"("subject":"6a79af300000000000000001","datacontenttype":"application/json","data":{)"
      R"("level":"error","event":"restore_transition","id":"6a79af300000000000000001:failed:1",)"
      R"("project_id":"aaaaaaaaaaaaaaaaaaaaaaaa","project_name":"prod","cluster_name":"prod-a",)"
      R"("source":"dedicated","job_id":"6a79af300000000000000001","delivery":"automated",)"
      R"("from":"in_progress","to":"failed","outcome":"failed","purpose":"other",)"
      R"("scope":"unknown","requested_at":"2026-08-10T11:00:00Z",)"
      R"("observed_at":"2026-08-10T12:00:00Z","target_project_id":"aaaaaaaaaaaaaaaaaaaaaaaa",)"
      R"("target_cluster":"drill-1","missed":false,"seq":42}})");
}

TEST(CloudEventTest, AHeadHasItsHashAndNoSubject) {
  JournalEntry entry = head(7);
  entry.hash = sha256("abc");
  EXPECT_EQ(
      cloud_event(entry),
      R"({"specversion":"1.0","id":"journal_head:7:ba7816bf8f01cfea","source":"/restorewatch",)"
      R"("type":"restorewatch.journal_head","time":"2026-08-10T12:00:00Z",)"
      R"("datacontenttype":"application/json","data":{"level":"info","event":"journal_head",)"
      R"("id":"journal_head:7:ba7816bf8f01cfea","seq":7,)"
      R"("hash":"ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"}})");
}

TEST(CloudEventTest, NothingThatAtlasSaysBreaksOut) {
  JournalEntry entry = step(1, 1);
  auto& hostile = std::get<Transition>(entry.what);
  hostile.project_name = "\"},\"id\":\"x\n\xFF";
  const std::string text = cloud_event(entry);
  EXPECT_NE(text.find(R"("project_name":"\"},\"id\":\"x\n)"), std::string::npos) << text;
  EXPECT_EQ(text.find('\n'), std::string::npos);
  EXPECT_EQ(text.find('\xFF'), std::string::npos);
}

}  // namespace
}  // namespace restorewatch
