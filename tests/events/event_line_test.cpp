#include "events/event_line.h"

#include <gtest/gtest.h>

#include <ostream>

#include "events/event_fields.h"
#include "jobs/job_builders.h"

namespace restorewatch {
namespace {

using namespace testing_jobs;

Transition failed_restore() {
  Transition step;
  step.target = target_key();
  step.project_name = "prod";
  step.job = job(JobState::Failed);
  step.job.snapshot_id = project('c');
  step.from = JobState::InProgress;
  step.to = JobState::Failed;
  step.outcome = Outcome::Failed;
  step.counts_outcome = true;
  step.purpose = Purpose::Drill;
  step.scope = Scope::SameProject;
  step.observed_at = noon();
  step.not_before = noon() - minutes(1);
  return step;
}

TEST(EventLineTest, LogfmtHoldsTheKeysInOrder) {
  EXPECT_EQ(event_line(LogFormat::Logfmt, {1, failed_restore()}),
            "ts=2026-08-10T12:00:00.000Z level=error event=restore_transition "
            "id=6a79af300000000000000001:failed:1 project_id=aaaaaaaaaaaaaaaaaaaaaaaa "
            "project_name=prod cluster_name=prod-a source=dedicated "
            "job_id=6a79af300000000000000001 delivery=automated from=in_progress to=failed "
            "outcome=failed purpose=drill scope=same_project requested_at=2026-08-10T11:00:00Z "
            "observed_at=2026-08-10T12:00:00Z not_before=2026-08-10T11:59:00Z "
            "snapshot_id=cccccccccccccccccccccccc target_project_id=aaaaaaaaaaaaaaaaaaaaaaaa "
            "target_cluster=drill-1 missed=false");
}

TEST(EventLineTest, JsonHoldsTheSameKeys) {
  Transition step = failed_restore();
  step.job = job(JobState::Completed);
  step.job.error_message = "disk \"full\"";
  step.from.reset();
  step.to = JobState::Completed;
  step.missed = true;
  const std::string line = event_line(LogFormat::Json, {1, step});
  EXPECT_NE(line.find(R"("from":"none","to":"completed")"), std::string::npos) << line;
  EXPECT_NE(line.find(R"("finished_at":"2026-08-10T11:10:00Z")"), std::string::npos) << line;
  EXPECT_NE(line.find(R"("duration_s":600)"), std::string::npos) << line;
  EXPECT_NE(line.find(R"("error":"disk \"full\"")"), std::string::npos) << line;
  EXPECT_TRUE(line.ends_with(R"("missed":true})")) << line;
}

TEST(EventLineTest, ACollectionRestoreSaysHowMuchOfItThereIs) {
  Transition step = failed_restore();
  step.target.source = Source::Collection;
  step.job = job(JobState::Completed);
  step.to = JobState::Completed;
  step.job.progress = RestoreProgress{90, 100, 0};
  const std::string whole = event_line(LogFormat::Logfmt, {1, step});
  EXPECT_NE(whole.find("restored_documents=90 total_documents=100 failed_collections=0"),
            std::string::npos)
      << whole;
  EXPECT_EQ(level_of({1, step}), LogLevel::Info);
  step.job.progress->failed_collections = 2;
  EXPECT_EQ(level_of({1, step}), LogLevel::Warn);
}

TEST(EventLineTest, AHeadIsTheAnnouncementItself) {
  const JournalEntry entry{7, Note{NoteKind::HeadAnnounced, noon()}, sha256("abc")};
  EXPECT_TRUE(is_told(entry));
  EXPECT_EQ(event_line(LogFormat::Logfmt, entry),
            "ts=2026-08-10T12:00:00.000Z level=info event=journal_head "
            "id=journal_head:7:ba7816bf8f01cfea "
            "seq=7 hash=ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

TEST(EventLineTest, NoOtherNoteIsTold) {
  for (std::size_t kind = 0; kind < kNoteKindCount; ++kind) {
    const Note note{static_cast<NoteKind>(kind), noon()};
    EXPECT_EQ(is_told({1, note}), note.kind == NoteKind::HeadAnnounced) << label(note.kind);
  }
}

struct LevelCase {
  std::string_view name;
  JobState to;
  std::optional<Outcome> outcome;
  bool missed;
  LogLevel level;
};

void PrintTo(const LevelCase& row, std::ostream* out) {
  *out << row.name;
}

TEST(EventLineTest, AJobThatBreaksPoliciesSaysWhichAsAnError) {
  Transition step = failed_restore();
  step.from.reset();
  step.to = JobState::InProgress;
  step.outcome.reset();
  step.violations.set(index_of(PolicyRule::TargetProject))
      .set(index_of(PolicyRule::ProtectedTarget));
  const std::string line = event_line(LogFormat::Logfmt, {1, step});
  EXPECT_NE(line.find(" level=error "), std::string::npos) << line;
  EXPECT_NE(line.find(" violations=target_project,protected_target "), std::string::npos) << line;
}

class LevelOf : public testing::TestWithParam<LevelCase> {};

TEST_P(LevelOf, IsByMeaning) {
  Transition step = failed_restore();
  step.to = GetParam().to;
  step.outcome = GetParam().outcome;
  step.missed = GetParam().missed;
  EXPECT_EQ(level_of({1, step}), GetParam().level);
}

INSTANTIATE_TEST_SUITE_P(
    Levels, LevelOf,
    testing::Values(
        LevelCase{"Failed", JobState::Failed, Outcome::Failed, false, LogLevel::Error},
        LevelCase{"FailedAndMissed", JobState::Failed, Outcome::Failed, true, LogLevel::Error},
        LevelCase{"Cancelled", JobState::Cancelled, Outcome::Cancelled, false, LogLevel::Warn},
        LevelCase{"Lost", JobState::Lost, Outcome::Lost, false, LogLevel::Warn},
        LevelCase{"ExpiredWithoutALink", JobState::Expired, Outcome::Expired, false,
                  LogLevel::Warn},
        LevelCase{"ALinkThatAgedAway", JobState::Expired, Outcome::Completed, false,
                  LogLevel::Info},
        LevelCase{"Completed", JobState::Completed, Outcome::Completed, false, LogLevel::Info},
        LevelCase{"CompletedButMissed", JobState::Completed, Outcome::Completed, true,
                  LogLevel::Warn},
        LevelCase{"Started", JobState::InProgress, {}, false, LogLevel::Info}),
    [](const auto& test) { return std::string(test.param.name); });

}  // namespace
}  // namespace restorewatch
