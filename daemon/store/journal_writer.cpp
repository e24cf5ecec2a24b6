#include "store/journal_writer.h"

#include <string>

#include "store/fields.h"
#include "store/row_text.h"
#include "store/rows.h"

namespace restorewatch {
namespace {

std::string insert_entry() {
  const std::string columns = entry_columns();
  return "INSERT INTO journal (" + columns + ") VALUES (" + placeholders(columns) + ")";
}

/// The number goes on behind the highest one ever given, even if somebody has cut off the end: the
/// gap stays for all to see.
std::string get_head() {
  std::string sql = "SELECT (";
  sql += kGetLastSeq;
  sql += "), coalesce((SELECT hash FROM journal ORDER BY seq DESC LIMIT 1), ";
  sql += "(SELECT hash FROM anchor))";
  return sql;
}

}  // namespace

JournalWriter::JournalWriter(Database& database)
    : insert_(database.prepare(insert_entry())), get_head_(database.prepare(get_head())) {}

Status JournalWriter::find_head() {
  Query query(get_head_);
  if (!query.next()) return query.error();
  get_into(head_.seq, query);
  get_into(head_.hash, query);
  if (!query.ok()) return query.error();
  return Success{};
}

Status JournalWriter::append(const Transition& transition, std::optional<std::int64_t> target) {
  const std::optional<std::string> detail = detail_of(transition);
  return append_row(
      [&](Query& query, std::uint64_t seq) { put_entry(query, seq, transition, target, detail); });
}

Status JournalWriter::append(const Note& note) {
  return append_row([&](Query& query, std::uint64_t seq) { put_entry(query, seq, note); });
}

template <typename Put>
Status JournalWriter::append_row(Put put_columns) {
  ChainHead next{head_.seq + 1, {}};
  RowText row;
  Query query(insert_);
  query.also_put_into(&row);
  put_columns(query, next.seq);
  query.also_put_into(nullptr);
  next.hash = sha256(head_.hash, row.text());
  put(query, next.hash);
  if (Status done = query.run(); !done) return done;
  head_ = next;
  return Success{};
}

}  // namespace restorewatch
