#include "store/verifier.h"

#include <map>
#include <utility>

#include "jobs/counters.h"
#include "store/anchor.h"
#include "store/database.h"
#include "store/fields.h"
#include "store/journal_rows.h"
#include "store/row_text.h"
#include "store/rows.h"
#include "store/schema.h"
#include "store/store_files.h"
#include "store/tallies.h"
#include "store/tally_rows.h"

namespace restorewatch {
namespace {

/// A journal that was rewritten whole would fill the screen with the same sentence.
constexpr std::size_t kMaxFindings = 50;

/// By "name" of the whole, and "target/name" of targets.
using Counters = std::map<std::string, std::uint64_t>;

std::string entry(std::uint64_t seq) {
  return "entry " + std::to_string(seq);
}

std::string entries(std::uint64_t first, std::uint64_t last) {
  if (first == last) return entry(first) + " is missing";
  return "entries " + std::to_string(first) + " to " + std::to_string(last) + " are missing";
}

/// Of the detail of a retention run.
std::optional<WallTime> horizon_in(std::string_view detail) {
  constexpr std::string_view kKey = "horizon=";
  const std::size_t at = detail.find(kKey);
  if (at == std::string_view::npos) return std::nullopt;
  return parse_time(detail.substr(at + kKey.size()));
}

class Verifier {
 public:
  Verifier(Database& database, const std::optional<ChainHead>& expected)
      : database_(database), expected_(expected) {}

  Result<Verification> run() && {
    for (const auto step :
         {&Verifier::begin_at_anchor, &Verifier::walk, &Verifier::check_end,
          &Verifier::check_anchor, &Verifier::check_counters, &Verifier::check_jobs,
          &Verifier::check_forgotten_jobs, &Verifier::check_events, &Verifier::check_cursors,
          &Verifier::check_expected}) {
      if (Status done = (this->*step)(); !done) return done.error();
    }
    return std::move(result_);
  }

 private:
  Status begin_at_anchor() {
    const Result<std::int64_t> anchors = database_.integer("SELECT count(*) FROM anchor");
    if (!anchors) return anchors.error();
    if (*anchors == 0) {
      find("the anchor is missing");
      return Success{};
    }
    const Result<ChainHead> anchor = read_anchor(database_);
    if (!anchor) return anchor.error();
    result_.anchor = result_.head = *anchor;
    return Success{};
  }

  /// Each row is read twice: as it is, and for what it means.
  Status walk() {
    Statement statement =
        database_.prepare("SELECT " + entry_columns() + " FROM journal ORDER BY seq");
    if (Status prepared = database_.prepared(); !prepared) return prepared;
    const std::size_t columns = count_columns(hashed_columns());
    Query query(statement);
    while (query.next()) {
      RowText text;
      for (std::size_t i = 0; i < columns; ++i) query.get_any_into(text);
      const std::span<const std::uint8_t> stored = query.get_blob();
      const std::vector<std::uint8_t> hash(stored.begin(), stored.end());
      query.rewind();
      const EntryRow row = get_entry(query);
      check_place(row.entry.seq);
      check_hash(row.entry.seq, hash, text);
      if (query.ok()) {
        count_what_it_says(row);
      } else {
        find(entry(row.entry.seq) + " cannot be read: it holds an unknown value");
        query.rewind();
      }
    }
    if (!query.ok()) return query.error();
    return Success{};
  }

  void check_place(std::uint64_t seq) {
    const std::uint64_t next = result_.head.seq + 1;
    if (seq > next) find(entries(next, seq - 1));
    if (seq < next) find(entry(seq) + " stands before the anchor: it was cut, and is there again");
  }

  void check_hash(std::uint64_t seq, const std::vector<std::uint8_t>& hash, const RowText& text) {
    const Digest should = sha256(result_.head.hash, text.text());
    if (hash != std::vector<std::uint8_t>(should.begin(), should.end())) {
      find(entry(seq) +
           " is not what was written, or not behind the entry that it was written "
           "behind");
    }
    result_.head.seq = seq;
    ++result_.entries;
    // The next one is judged by what is stored here, so that one change is one finding.
    result_.head.hash = {};
    if (hash.size() == result_.head.hash.size()) {
      std::ranges::copy(hash, result_.head.hash.begin());
    }
    if (expected_ && expected_->seq == seq) hash_at_expected_ = result_.head.hash;
  }

  void count_what_it_says(const EntryRow& row) {
    if (const Note* const note = row.entry.note()) {
      const bool tells =
          note->kind == NoteKind::RetentionRun || note->kind == NoteKind::StoreUpgraded;
      if (tells) last_anchor_ = note->detail;
      if (note->kind == NoteKind::RetentionRun) horizon_ = horizon_in(note->detail);
    } else if (const Transition* const transition = row.entry.transition()) {
      count(*transition, totals_);
      if (row.target) count(*transition, counters_[*row.target]);
    }
  }

  Status check_end() {
    const auto last = database_.integer(kGetLastSeq);
    if (!last) return last.error();
    const auto highest = static_cast<std::uint64_t>(*last);
    if (highest > result_.head.seq) find(entries(result_.head.seq + 1, highest));
    if (highest < result_.head.seq) find("the highest number ever given is not what it was");
    if (result_.head.seq > 0) return Success{};
    const auto targets = database_.integer("SELECT count(*) FROM targets WHERE version > 0");
    if (!targets) return targets.error();
    if (*targets > 0) find("the journal is empty, but the store knows of what has happened");
    return Success{};
  }

  Status check_anchor() {
    const Result<std::string> words = anchor_in_words(database_);
    if (!words) return words.error();
    if (last_anchor_) {
      if (!last_anchor_->starts_with(*words)) {
        find("the anchor is not the one that the last retention run wrote down");
      }
      return Success{};
    }
    if (result_.anchor.seq != 0) {
      find("the journal begins behind entry " + std::to_string(result_.anchor.seq) +
           ", but no retention run says that it was cut");
    }
    const auto counted = database_.integer(
        "SELECT (SELECT count(*) FROM anchor_totals) + (SELECT count(*) FROM anchor_counters)");
    if (!counted) return counted.error();
    if (*counted > 0)
      find("the anchor has counters, but no retention run says what it had counted");
    return Success{};
  }

  Status check_counters() {
    Counters should;
    for (const Tally& tally : tallies(totals_)) should[tally.name] += tally.value;
    for (const auto& [target, counters] : counters_) {
      for (const Tally& tally : tallies(counters)) {
        should[std::to_string(target) + "/" + tally.name] += tally.value;
      }
    }
    Counters stored;
    if (Status read = add(TallyRows::at_the_anchor(), should); !read) return read;
    if (Status read = add(TallyRows::counters(), stored); !read) return read;
    compare(should, stored);
    return Success{};
  }

  Status add(const TallyRows::Tables& tables, Counters& counters) {
    Statement statement = database_.prepare(all_counters(tables));
    Query query(statement);
    while (query.next()) {
      std::string name(query.get_text());
      counters[std::move(name)] += get<std::uint64_t>(query);
    }
    if (!query.ok()) return query.error();
    return Success{};
  }

  void compare(Counters should, const Counters& stored) {
    for (const auto& [name, value] : stored) should.try_emplace(name, 0);
    for (const auto& [name, value] : should) {
      const auto found = stored.find(name);
      const std::uint64_t is = found == stored.end() ? 0 : found->second;
      if (is != value) {
        find("counter " + name + " is " + std::to_string(is) + ", but the journal says " +
             std::to_string(value));
      }
    }
  }

  Status check_jobs() {
    Statement statement = database_.prepare(
        "SELECT last.seq, jobs.state = last.to_state AND jobs.outcome IS last.outcome FROM jobs "
        "JOIN (SELECT max(seq) AS seq, target, job_id, to_state, outcome FROM journal "
        "      WHERE job_id IS NOT NULL GROUP BY target, job_id) AS last USING (target, job_id)");
    Query query(statement);
    while (query.next()) {
      const auto seq = get<std::uint64_t>(query);
      if (query.get_integer() == 0) {
        find("the job of entry " + std::to_string(seq) + " does not stand where that left it");
      }
    }
    if (!query.ok()) return query.error();
    return Success{};
  }

  Status check_events() {
    Statement statement = database_.prepare(
        "SELECT min(seq), max(seq) FROM journal WHERE job_id IS NOT NULL "
        "GROUP BY project_id, job_id, to_state, nth HAVING count(*) > 1");
    Query query(statement);
    while (query.next()) {
      const auto first = get<std::uint64_t>(query);
      find(entry(first) + " and " + entry(get<std::uint64_t>(query)) + " tell of the same event");
    }
    if (!query.ok()) return query.error();
    return Success{};
  }

  /// Retention takes a job when it is old, perhaps before its entries.
  Status check_forgotten_jobs() {
    Statement statement = database_.prepare(
        "SELECT max(seq), max(requested_at) FROM journal WHERE job_id IS NOT NULL AND "
        "target IS NOT NULL AND NOT EXISTS (SELECT 1 FROM jobs WHERE jobs.target = journal.target "
        "AND jobs.job_id = journal.job_id) GROUP BY target, job_id");
    Query query(statement);
    while (query.next()) {
      const auto seq = get<std::uint64_t>(query);
      const auto requested_at = get<WallTime>(query);
      if (horizon_ && requested_at < *horizon_) continue;
      find("the job of entry " + std::to_string(seq) + " is missing, and would be news again");
    }
    if (!query.ok()) return query.error();
    return Success{};
  }

  Status check_cursors() {
    Statement statement = database_.prepare("SELECT sink, seq FROM cursors");
    Query query(statement);
    while (query.next()) {
      const std::string sink(query.get_text());
      const std::int64_t seq = query.get_integer();
      if (seq >= 0 && static_cast<std::uint64_t>(seq) <= result_.head.seq) continue;
      find("sink " + sink + " stands at entry " + std::to_string(seq) + ", which is not there");
    }
    if (!query.ok()) return query.error();
    return Success{};
  }

  Status check_expected() {
    if (!expected_) return Success{};
    const std::string head = "the expected head " + to_string(*expected_);
    if (*expected_ == result_.anchor) return Success{};
    if (expected_->seq > result_.head.seq) {
      find(head + " is not there: the chain ends at entry " + std::to_string(result_.head.seq) +
           "; its end was cut off, or an older backup was put back");
    } else if (expected_->seq < result_.anchor.seq) {
      find(head + " cannot be proved: retention has cut the journal up to entry " +
           std::to_string(result_.anchor.seq));
    } else if (hash_at_expected_ != expected_->hash) {
      find(head + " is not in the chain: entry " + std::to_string(expected_->seq) +
           " or one before it was rewritten, or an older backup was put back since");
    }
    return Success{};
  }

  void find(std::string what) {
    if (result_.findings.size() < kMaxFindings) {
      result_.findings.push_back(std::move(what));
    } else {
      ++result_.more_findings;
    }
  }

  Database& database_;
  const std::optional<ChainHead>& expected_;
  Verification result_;
  std::optional<Digest> hash_at_expected_;
  std::optional<std::string> last_anchor_;  // as the last note that tells of it says
  std::optional<WallTime> horizon_;         // of the last retention run
  FleetTotals totals_;
  std::map<std::int64_t, TargetCounters> counters_;
};

Result<Verification> verify_once(const std::string& path,
                                 const std::optional<ChainHead>& expected) {
  Result<Database> database = Database::open(path, Database::Mode::Inspect);
  if (!database) return database.error();
  if (Status known = check_version(*database, path); !known) return known.error();
  if (Status begun = database->execute("BEGIN"); !begun) return begun.error();
  return verify(*database, expected);
}

}  // namespace

Result<Verification> verify(Database& database, const std::optional<ChainHead>& expected) {
  return Verifier(database, expected).run();
}

Result<Verification> verify_store(const std::string& path,
                                  const std::optional<ChainHead>& expected) {
  const bool at_rest = !has_log(path);
  Result<Verification> verification = verify_once(path, expected);
  // A daemon that has started meanwhile has written into what was taken to be at rest.
  return at_rest && has_log(path) ? verify_once(path, expected) : verification;
}

}  // namespace restorewatch
