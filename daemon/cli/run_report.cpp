#include <fmt/format.h>

#include <filesystem>
#include <memory>

#include "base/clock.h"
#include "base/version.h"
#include "cli/command_line.h"
#include "cli/commands.h"
#include "cli/report_file.h"
#include "report/reconciliation.h"
#include "report/report_writer.h"
#include "store/evidence_reader.h"

namespace restorewatch {
namespace {

/// Every job, those of the journal in the order of their ids and then the rest.
Status each_job(EvidenceReader& store, const std::function<void(const JobEvidence&)>& take) {
  JobAssembly assembly(take);
  Status read = store.each_step([&](const Transition& step) { assembly.add(step); });
  if (!read) return read;
  assembly.finish();
  return store.each_silent_job(
      [&](const TargetKey& target, const TrackedJob& job) { take(evidence_of(target, job)); });
}

Result<StoreFacts> facts_of(EvidenceReader& store) {
  auto population = store.population();
  if (!population) return population.error();
  auto first_reads = store.first_reads();
  if (!first_reads) return first_reads.error();
  auto inventory = store.inventory();
  if (!inventory) return inventory.error();
  const auto last_looked_at = store.last_looked_at();
  if (!last_looked_at) return last_looked_at.error();
  const auto forgotten_before = store.forgotten_before();
  if (!forgotten_before) return forgotten_before.error();
  return StoreFacts{*std::move(population), *std::move(first_reads), *std::move(inventory),
                    *last_looked_at, *forgotten_before};
}

Status reconcile(EvidenceReader& store, WallTime now, Reconciliation& reconciliation) {
  Status read = store.each_entry([&](const JournalEntry& entry) { reconciliation.learn(entry); });
  if (!read) return read;
  const auto facts = facts_of(store);
  if (!facts) return facts.error();
  reconciliation.settle(*facts, now);
  return each_job(store, [&](const JobEvidence& job) { reconciliation.count(job); });
}

/// Whoever reads the report is somewhere else. An empty one stays empty.
std::string whole_path(const std::string& path) {
  std::error_code unknown;  // then it stays as it was given
  const std::string whole = path.empty() ? path : std::filesystem::absolute(path, unknown).string();
  return whole.empty() ? path : whole;
}

/// Adds what is known of where the report comes from.
void put_provenance(const Verification& verification, const ReportRequest& request, WallTime now,
                    Provenance& provenance) {
  provenance.program = fmt::format("restorewatch {} (revision {})", version(), revision());
  provenance.store_path = whole_path(request.store_path);
  provenance.objectives_from = whole_path(request.objectives_from);
  provenance.made_at = now;
  provenance.entries = verification.entries;
  provenance.anchor = to_string(verification.anchor);
  provenance.head = to_string(verification.head);
  provenance.sound = verification.sound();
  provenance.findings = verification.findings;
  if (verification.more_findings > 0) {
    provenance.findings.push_back(fmt::format("and {} more", verification.more_findings));
  }
  provenance.verify_command = fmt::format("restorewatch verify --storage.path {} --expect-head {}",
                                          shell_quoted(provenance.store_path), provenance.head);
}

std::unique_ptr<ReportWriter> writer_of(const Report& report, const ReportShape& shape) {
  switch (shape.format) {
    case ReportFormat::Csv:
      return csv_writer(report, shape.table);
    case ReportFormat::Json:
      return json_writer(report);
    case ReportFormat::Markdown:
      break;
  }
  return markdown_writer(report);
}

Status write_rows(Kind kind, EvidenceReader& store, const Reconciliation& reconciliation,
                  ReportWriter& writer, ReportFile& file) {
  if (!writer.takes(kind)) return Success{};
  return each_job(store, [&](const JobEvidence& job) {
    if (job.kind() != kind) return;
    if (const auto row = reconciliation.row(job)) file.write(writer.row(*row));
  });
}

Status write(const Report& report, const ReportShape& shape, EvidenceReader& store,
             const Reconciliation& reconciliation, ReportFile& file) {
  const auto writer = writer_of(report, shape);
  file.write(writer->opening());
  Status read = write_rows(Kind::Restore, store, reconciliation, *writer, file);
  if (!read) return read;
  file.write(writer->between());
  read = write_rows(Kind::Download, store, reconciliation, *writer, file);
  if (!read) return read;
  file.write(writer->end());
  return store.still_of_one_moment();
}

/// Whether the journal is sound.
Result<bool> make_report(const ReportRequest& request, const ReportShape& shape,
                         ReportOptions options, WallTime now) {
  auto opened = EvidenceReader::open(request.store_path);
  if (!opened) return opened.error();
  EvidenceReader& store = **opened;
  const auto verification = store.verify();
  if (!verification) return verification.error();
  Reconciliation reconciliation(std::move(options));
  if (Status read = reconcile(store, now, reconciliation); !read) return read.error();
  if (Status whole = store.still_of_one_moment(); !whole) return whole.error();
  Report report = reconciliation.report();
  if (report.clusters.empty() && (request.arguments.project || request.arguments.cluster)) {
    return Error{ErrorKind::BadConfig,
                 "nothing is known of such a cluster in the period: see --project and --cluster"};
  }
  put_provenance(*verification, request, now, report.provenance);
  auto file =
      ReportFile::open(request.arguments.output, request.store_path, request.objectives_from);
  if (!file) return file.error();
  if (Status done = write(report, shape, store, reconciliation, *file); !done) return done.error();
  if (Status done = file->finish(); !done) return done.error();
  return verification->sound();
}

int refuse(const Error& error) {
  fmt::print(stderr, "{}\n", error.detail);
  return kExitBadConfig;
}

}  // namespace

int run_report(const ReportRequest& request) {
  const WallTime now = SystemClock().wall_now();
  const auto period = period_of(request.arguments, now);
  if (!period) return refuse(period.error());
  const auto shape = shape_of(request.arguments);
  if (!shape) return refuse(shape.error());
  ReportOptions options{*period, request.arguments.project, request.arguments.cluster,
                        request.objectives, request.stale_after};
  const auto sound = make_report(request, *shape, std::move(options), now);
  if (!sound) return refuse(sound.error());
  if (*sound) return kExitOk;
  fmt::print(stderr, "the journal is NOT sound, so the report proves nothing\n");
  return kExitPartial;
}

}  // namespace restorewatch
