#include "end_to_end/journal_check.h"

#include <fmt/format.h>

#include <map>
#include <optional>
#include <set>
#include <stdexcept>

#include "base/telemetry.h"
#include "events/event_fields.h"
#include "store/query.h"
#include "store/sqlite_store.h"
#include "store/verifier.h"

namespace restorewatch {
namespace {

constexpr std::size_t kBatch = 1000;

std::string said(const Transition& step) {
  return fmt::format("{} from {}", event_id(step), step.from ? label(*step.from) : "none");
}

/// Follows one job through the journal.
class JobStory {
 public:
  /// `whole`: nothing was cut off the journal, so that a job's first entry is its first step.
  void add(std::uint64_t seq, const Transition& step, bool whole,
           std::vector<std::string>& findings) {
    const auto complain = [&](const char* what) {
      findings.push_back(fmt::format("journal {}: {}: {}", seq, said(step), what));
    };
    if (!ids_.insert(event_id(step)).second) complain("is there twice");
    const bool begun_before = !last_ && !whole;
    if (step.from != last_ && !begun_before) complain("does not go on from the step before");
    if (step.counts_request && (++requests_ > 1 || last_)) complain("counts a request again");
    if (step.counts_outcome && ++outcomes_ > 1) complain("counts an outcome again");
    last_ = step.to;
  }

 private:
  std::set<std::string> ids_;
  std::optional<JobState> last_;
  int requests_ = 0;
  int outcomes_ = 0;
};

}  // namespace

std::vector<JournalEntry> read_journal(const std::string& path) {
  const SystemClock clock;
  Telemetry telemetry;
  auto store = SqliteStore::open(StoreOptions{path}, {clock, telemetry, Log()});
  if (!store) throw std::runtime_error(store.error().detail);
  std::vector<JournalEntry> all;
  while (true) {
    auto more = (*store)->read_after(all.empty() ? 0 : all.back().seq, kBatch);
    if (!more) throw std::runtime_error(more.error().detail);
    if (more->empty()) return all;
    all.insert(all.end(), more->begin(), more->end());
  }
}

std::vector<std::string> store_findings(const std::string& path) {
  auto verification = verify_store(path, std::nullopt);
  if (!verification) throw std::runtime_error(verification.error().detail);
  return verification->findings;
}

std::vector<std::string> event_ids(const std::vector<JournalEntry>& journal) {
  std::vector<std::string> ids;
  for (const JournalEntry& entry : journal) {
    if (is_told(entry)) ids.push_back(id_of(entry));
  }
  return ids;
}

std::set<std::uint64_t> given_up_by(const std::string& path, const std::string& sink) {
  auto database = Database::open(path, Database::Mode::ReadOnly);
  if (!database) throw std::runtime_error(database.error().detail);
  Statement statement = database->prepare("SELECT seq FROM parked WHERE sink = ?");
  Query query(statement);
  query.put_text(sink);
  std::set<std::uint64_t> seqs;
  while (query.next()) seqs.insert(static_cast<std::uint64_t>(query.get_integer()));
  if (!query.ok()) throw std::runtime_error(query.error().detail);
  return seqs;
}

std::vector<std::string> journal_findings(const std::vector<JournalEntry>& journal) {
  std::vector<std::string> findings;
  std::map<JobId, JobStory> stories;
  const bool whole = journal.empty() || journal.front().seq == 1;
  std::uint64_t expected = whole ? 1 : journal.front().seq;  // retention cuts the front
  for (const JournalEntry& entry : journal) {
    if (entry.seq != expected) {
      findings.push_back(fmt::format("journal {}: comes in place of {}", entry.seq, expected));
    }
    expected = entry.seq + 1;
    const Transition* const step = entry.transition();
    if (step != nullptr) stories[step->job.id].add(entry.seq, *step, whole, findings);
  }
  return findings;
}

}  // namespace restorewatch
