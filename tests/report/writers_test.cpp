// What the files look like: golden files of one report in all formats, and what hostile names do.

#include <gtest/gtest.h>
#include <simdjson.h>

#include <cstdlib>
#include <fstream>
#include <sstream>

#include "report/cells.h"
#include "report/ledger.h"
#include "report/markdown_text.h"
#include "report/report_writer.h"

namespace restorewatch {
namespace {

using namespace testing_jobs;

/// Restores, a download, gaps and clusters of every sort, with names that want to be more.
Ledger sample() {
  const TargetKey hostile{project(), "=cmd|' /C calc'!A0\n| <b>\"x\"</b> |", Source::Flex};
  Ledger ledger;
  ledger.begin(day(11), target_key());
  ledger.drill(1, day(12), day(12) + minutes(90));
  ledger.drill(2, day(14), day(14) + hours(30));
  ledger.note(NoteKind::TargetAdded, day(13), hostile);
  RestoreJob restore = job(JobState::Failed, 3, -hours(24) * 15);
  const std::string turns_text_around = std::string("\xE2\x80") + "\xAE";
  restore.error_message =
      "[click](https://x.test) " + turns_text_around + " reversed, \\ and `code`";
  restore.target_project_id = project('b');
  restore.target_cluster = "@SUM(1)";
  restore.recovery_point = restore.requested_at - hours(25);
  restore.snapshot_id = *parse_object_id("6b0374a204f780df843c5de6");
  restore.snapshot_at = restore.recovery_point;
  Transition& failure = ledger.step(hostile, restore, std::nullopt, day(15) + minutes(2));
  failure.purpose = Purpose::Other;
  failure.violations.set(index_of(PolicyRule::TargetProject))
      .set(index_of(PolicyRule::ProtectedTarget));
  RestoreJob download = job(JobState::Completed, 4, -hours(24) * 16);
  download.delivery = Delivery::Download;
  ledger.step(hostile, download, std::nullopt, day(16)).not_before.reset();
  ledger.step(target_key(), job(JobState::InProgress, 5, -hours(24) * 19), std::nullopt, day(19));
  ledger.note(NoteKind::TargetBlind, day(18), hostile);
  ledger.note(NoteKind::DaemonStopped, day(17));
  ledger.note(NoteKind::DaemonStarted, day(17) + minutes(3));
  ledger.note(NoteKind::RulesInForce, day(17) + minutes(3), {},
              R"({"objectives":[{"project":"a | b","drill_interval":"30d"}]})");
  KnownProject known;
  known.project = {project(), "payments", {}};
  known.clusters.resize(1);
  known.clusters[0].cluster.name = "no-backups";
  ledger.facts.inventory = {known};
  TrackedJob before;
  before.job = job(JobState::Completed, 6, -hours(24) * 10 - hours(1));
  before.outcome = Outcome::Completed;
  before.ended_at = before.job.finished_at;
  before.purpose = Purpose::Drill;
  ledger.silent.push_back(evidence_of(target_key(), before));
  ledger.facts.last_looked_at = ledger.now = day(20);
  return ledger;
}

ReportOptions options_of_sample() {
  ReportOptions options = ten_days();
  Objectives objectives;
  objectives.drill_interval = hours(24 * 3);
  objectives.restore_duration = hours(4);
  objectives.recovery_point = hours(24);
  options.objectives = {{Matcher{}, objectives}};
  return options;
}

Report report_of(const Ledger& ledger) {
  Report report = ledger.report(options_of_sample());
  report.provenance.program = "restorewatch 1.2.3 (revision abc)";
  report.provenance.store_path = "/var/lib/restorewatch/restorewatch.db";
  report.provenance.objectives_from = "/etc/restorewatch/restorewatch.yaml";
  report.provenance.made_at = day(20);
  report.provenance.entries = 17;
  report.provenance.anchor = "0:00";
  report.provenance.head = "17:ab";
  report.provenance.sound = true;
  report.provenance.verify_command = "restorewatch verify --expect-head 17:ab";
  return report;
}

std::string text_of(ReportWriter& writer, const Ledger& ledger) {
  const auto rows_of = [&](Kind kind) {
    std::string text;
    for (const ReportRow& row : ledger.rows(options_of_sample())) {
      if (writer.takes(kind) && row.job.kind() == kind) text += writer.row(row);
    }
    return text;
  };
  std::string text = writer.opening();
  text += rows_of(Kind::Restore);
  text += writer.between();
  text += rows_of(Kind::Download);
  return text + writer.end();
}

void expect_golden(const std::string& name, ReportWriter& writer) {
  const std::string golden = RW_SOURCE_DIR "/tests/fixtures/report/" + name;
  const std::string text = text_of(writer, sample());
  // NOLINTNEXTLINE(concurrency-mt-unsafe): nothing here changes the environment
  if (std::getenv("RW_UPDATE_GOLDEN") != nullptr) std::ofstream(golden) << text;
  std::stringstream expected;
  expected << std::ifstream(golden).rdbuf();
  EXPECT_EQ(text, expected.str()) << name;
}

TEST(ReportWriters, CsvIsAsTheGoldenFiles) {
  const Report report = report_of(sample());
  expect_golden("restores.csv", *csv_writer(report, ReportTable::Restores));
  expect_golden("downloads.csv", *csv_writer(report, ReportTable::Downloads));
  expect_golden("clusters.csv", *csv_writer(report, ReportTable::Clusters));
  expect_golden("gaps.csv", *csv_writer(report, ReportTable::Gaps));
  expect_golden("rules.csv", *csv_writer(report, ReportTable::Rules));
  expect_golden("about.csv", *csv_writer(report, ReportTable::About));
}

TEST(ReportWriters, JsonIsAsTheGoldenFile) {
  const Report report = report_of(sample());
  expect_golden("report.json", *json_writer(report));
}

TEST(ReportWriters, JsonGivesHostileNamesBackAsTheyWere) {
  const Report report = report_of(sample());
  simdjson::dom::parser parser;
  const simdjson::dom::element made = parser.parse(text_of(*json_writer(report), sample()));
  EXPECT_EQ(made["clusters"].at(0)["cluster_name"].get_string().value(),
            "=cmd|' /C calc'!A0\n| <b>\"x\"</b> |");
  EXPECT_EQ(made["restores"].get_array().value().size(), 5U);
  EXPECT_EQ(made["downloads"].get_array().value().size(), 1U);
}

TEST(ReportWriters, MarkdownIsAsTheGoldenFile) {
  const Report report = report_of(sample());
  expect_golden("report.md", *markdown_writer(report));
}

TEST(ReportWriters, AReportOfNothingIsWholeAllTheSame) {
  const Ledger nothing;
  const Report report = nothing.report(ten_days());
  EXPECT_NE(text_of(*markdown_writer(report), nothing).find("## Restores\n\nNone.\n"),
            std::string::npos);
  EXPECT_NE(text_of(*json_writer(report), nothing).find("\"restores\":[],\n\"downloads\":[]}"),
            std::string::npos);
}

TEST(ReportWriters, AnUnsoundJournalIsSaidFirst) {
  Report report = report_of(sample());
  report.provenance.sound = false;
  report.provenance.findings = {"entry 3 is not what was written"};
  const std::string text = markdown_writer(report)->opening();
  EXPECT_LT(text.find("NOT sound"), text.find("## Summary"));
  EXPECT_NE(markdown_writer(report)->end().find("- entry 3 is not what was written"),
            std::string::npos);
}

TEST(ReportCsv, NoTextBecomesAFormula) {
  for (const char* const text : {"=1+1", "+1", "-1", "@A1", "\tx", "\rx", "\nx"}) {
    Report report = report_of(sample());
    report.asked.project = text;
    const std::string line = csv_writer(report, ReportTable::About)->opening();
    EXPECT_NE(line.find(std::string("'") + text), std::string::npos) << text;
  }
}

TEST(ReportCsv, IsUtf8WhateverTheStoreHolds) {
  Report report = report_of(sample());
  report.asked.project = std::string("a\0b\xFF\xC3", 5);
  const std::string line = csv_writer(report, ReportTable::About)->opening();
  EXPECT_NE(line.find(",a\uFFFDb\uFFFD\uFFFD,"), std::string::npos) << line;
}

TEST(ReportCsv, ATextIsQuotedWhereItMustBe) {
  for (const char* const text : {"a,b", "a\nb", "a\rb", "a\"b"}) {
    Report report = report_of(sample());
    report.asked.project = text;
    std::string quoted = text;
    if (const auto quote = quoted.find('"'); quote != std::string::npos) quoted.insert(quote, "\"");
    const std::string line = csv_writer(report, ReportTable::About)->opening();
    EXPECT_NE(line.find(",\"" + quoted + "\","), std::string::npos) << text;
  }
}

TEST(MarkdownText, NothingInANameActs) {
  EXPECT_EQ(markdown_escaped("a|b"), "a\\|b");
  EXPECT_EQ(markdown_escaped("a\nb"), "a\\\\nb");
  EXPECT_EQ(markdown_escaped("<script>"), "\\<script\\>");
  EXPECT_EQ(markdown_escaped("[x](y)"), "\\[x\\](y)");
  EXPECT_EQ(markdown_escaped("`x` *y* $z$"), "\\`x\\` \\*y\\* \\$z\\$");
  EXPECT_EQ(markdown_escaped("a--b..."), "a-\\-b.\\.\\.");
  EXPECT_EQ(markdown_escaped("http://x"), "http:\\//x");
  EXPECT_EQ(markdown_escaped("prod-a.eu"), "prod-a.eu");
}

TEST(SecondsText, IsExact) {
  using std::chrono::milliseconds;
  EXPECT_EQ(seconds_text(milliseconds(0)), "0");
  EXPECT_EQ(seconds_text(milliseconds(60'000)), "60");
  EXPECT_EQ(seconds_text(milliseconds(1'250)), "1.25");
  EXPECT_EQ(seconds_text(milliseconds(7)), "0.007");
}

/// The documentation names every key of every record, in order.
TEST(ReportDocs, NameTheColumnsAsTheyAre) {
  std::ifstream file(RW_SOURCE_DIR "/docs/report.md");
  std::vector<std::string> documented;
  for (std::string line; std::getline(file, line);) {
    if (line.starts_with("| `")) documented.push_back(line.substr(3, line.find('`', 3) - 3));
  }
  Report one = report_of(sample());
  std::vector<std::string> keys;
  const auto add = [&](const Cells& cells) {
    for (const Cell& cell : cells) keys.emplace_back(cell.key);
  };
  add(cells_of(ReportRow{}));
  add(cells_of(ClusterSummary{}, Period{}));
  add(gap_cells(one, 0));
  add(cells_of(RulesChange{}));
  add(about_cells(one));
  EXPECT_EQ(documented, keys);
}

}  // namespace
}  // namespace restorewatch
