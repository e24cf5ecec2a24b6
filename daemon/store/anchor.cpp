#include "store/anchor.h"

#include "store/fields.h"
#include "store/query.h"
#include "store/tally_rows.h"

namespace restorewatch {
namespace {

Result<Digest> digest_of_counters(Database& database) {
  Statement statement = database.prepare(all_counters(TallyRows::at_the_anchor()) + " ORDER BY 1");
  std::string text;
  Query query(statement);
  while (query.next()) {
    text += query.get_text();
    text += '=' + std::to_string(query.get_integer()) + '\n';
  }
  if (!query.ok()) return query.error();
  return sha256(text);
}

}  // namespace

Result<ChainHead> read_anchor(Database& database) {
  Statement statement = database.prepare("SELECT seq, hash FROM anchor");
  Query query(statement);
  ChainHead anchor;
  if (!query.next()) {
    query.reject();  // a store has one
    return query.error();
  }
  get_into(anchor.seq, query);
  get_into(anchor.hash, query);
  if (!query.ok()) return query.error();
  return anchor;
}

Result<std::string> anchor_in_words(Database& database) {
  const Result<ChainHead> anchor = read_anchor(database);
  if (!anchor) return anchor.error();
  const Result<Digest> totals = digest_of_counters(database);
  if (!totals) return totals.error();
  return "anchor=" + to_string(*anchor) + " totals=" + to_hex(*totals);
}

}  // namespace restorewatch
