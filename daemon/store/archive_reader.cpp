#include "store/archive_reader.h"

#include <algorithm>
#include <limits>
#include <utility>

#include "store/fields.h"
#include "store/journal_rows.h"
#include "store/query.h"
#include "store/rows.h"

namespace restorewatch {
namespace {

// Parameters: target, older than this id, stored states as bits, limit.
std::string select_jobs() {
  return "SELECT " + job_row() +
         " FROM jobs WHERE target = ? AND job_id < ? AND (? >> state) & 1 "
         "ORDER BY job_id DESC LIMIT ?";
}

// Parameters: after, up to, kind, limit.
std::string select_transitions(const std::string& order) {
  return "SELECT " + entry_columns() +
         " FROM journal WHERE seq > ? AND seq <= ? AND kind = ? ORDER BY seq " + order + " LIMIT ?";
}

/// SQLite counts to 2^63 - 1; nothing stored is beyond.
std::uint64_t clamp(std::uint64_t value) {
  return std::min(value, std::uint64_t{std::numeric_limits<std::int64_t>::max()});
}

/// The bits as the store has the states.
std::int64_t stored_states(JobStates states) {
  std::int64_t stored = 0;
  for (std::size_t i = 0; i < kJobStateCount; ++i) {
    if ((states >> i & 1U) != 0) stored |= std::int64_t{1} << code_of(static_cast<JobState>(i));
  }
  return stored;
}

struct Range {
  std::uint64_t after;
  std::uint64_t up_to;
};

Result<std::vector<JournalEntry>> read_transitions(Statement& statement, Range range,
                                                   std::size_t limit) {
  std::vector<JournalEntry> entries;
  Query query(statement);
  put(query, range.after);
  put(query, range.up_to);
  query.put_integer(kTransitionCode);
  put(query, clamp(limit));
  while (query.next()) entries.push_back(get_entry(query).entry);
  if (!query.ok()) return query.error();
  return entries;
}

/// To wait there would be to miss everything until then.
Error never_written(std::uint64_t after, std::uint64_t last) {
  return {ErrorKind::BadConfig, "after: the newest entry is " + std::to_string(last) + ", not " +
                                    std::to_string(after) +
                                    "; was the store begun anew? Then begin again with 0"};
}

}  // namespace

Result<std::unique_ptr<ArchiveReader>> ArchiveReader::open(const std::string& path) {
  Result<Database> database = Database::open(path, Database::Mode::ReadOnly);
  if (!database) return database.error();
  std::unique_ptr<ArchiveReader> reader(new ArchiveReader(std::move(*database)));
  if (Status prepared = reader->database_.prepared(); !prepared) return prepared.error();
  return reader;
}

ArchiveReader::ArchiveReader(Database database)
    : database_(std::move(database)),
      targets_(database_),
      get_jobs_(database_.prepare(select_jobs())),
      get_after_(database_.prepare(select_transitions("ASC"))),
      get_newest_(database_.prepare(select_transitions("DESC"))),
      get_first_after_(
          database_.prepare("SELECT coalesce(min(seq), 0) FROM journal WHERE seq > ?")),
      get_last_seq_(database_.prepare(kGetLastSeq)) {}

Result<std::vector<TrackedJob>> ArchiveReader::jobs_of(const JobQuestion& question) {
  constexpr ObjectId kNewest{
      {0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF}};
  const std::lock_guard lock(mutex_);
  const auto target = targets_.find(question.target);
  if (!target) return target.error();
  std::vector<TrackedJob> jobs;
  if (!target->has_value()) return jobs;
  const ObjectId before = question.before.value_or(kNewest);
  Query query(get_jobs_);
  put(query, (*target)->id);
  put(query, before);
  query.put_integer(stored_states(question.states));
  put(query, clamp(question.limit));
  while (query.next()) jobs.push_back(get_tracked_job(query));
  if (!query.ok()) return query.error();
  return jobs;
}

Result<JournalPage> ArchiveReader::transitions_after(std::uint64_t after, std::size_t limit) {
  const std::lock_guard lock(mutex_);
  const Result<std::uint64_t> last = last_seq();
  if (!last) return last.error();
  if (after > *last) return never_written(after, *last);
  if (after == *last) return JournalPage{{}, after, true};
  const Result<std::uint64_t> first = first_after(after);
  if (!first) return first.error();
  if (*first == 0) return JournalPage{{}, *last, true};  // the end was cut off
  const std::uint64_t up_to = std::min(*last, *first - 1 + kMaxEntriesRead);
  auto entries = read_transitions(get_after_, {after, up_to}, limit);
  if (!entries) return entries.error();
  const bool is_full = entries->size() >= limit;
  const std::uint64_t read_to = is_full && limit > 0 ? entries->back().seq : up_to;
  return JournalPage{*std::move(entries), read_to, read_to == *last};
}

Result<std::vector<JournalEntry>> ArchiveReader::newest_transitions(std::size_t limit) {
  const std::lock_guard lock(mutex_);
  const Result<std::uint64_t> last = last_seq();
  if (!last) return last.error();
  const std::uint64_t first = *last - std::min(*last, kMaxEntriesRead);
  return read_transitions(get_newest_, {first, *last}, limit);
}

/// Retention may have cut much of what comes after `seq`. 0: there is nothing.
Result<std::uint64_t> ArchiveReader::first_after(std::uint64_t seq) {
  Query query(get_first_after_);
  put(query, seq);
  if (!query.next()) return query.error();
  return get<std::uint64_t>(query);
}

Result<std::uint64_t> ArchiveReader::last_seq() {
  Query query(get_last_seq_);
  if (!query.next()) return query.error();
  return get<std::uint64_t>(query);
}

}  // namespace restorewatch
