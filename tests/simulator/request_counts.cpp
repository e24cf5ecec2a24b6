#include "simulator/request_counts.h"

#include <vector>

#include "simulator/json_text.h"

namespace atlas_simulator {

std::int64_t RequestCounts::matching(const std::optional<std::string>& method,
                                     std::optional<RequestKind> kind,
                                     std::optional<int> status) const {
  std::int64_t sum = 0;
  for (const auto& [key, count] : answers) {
    const auto& [its_method, its_kind, its_status] = key;
    const bool matches = method.value_or(its_method) == its_method &&
                         kind.value_or(its_kind) == its_kind &&
                         status.value_or(its_status) == its_status;
    if (matches) sum += count;
  }
  return sum;
}

std::string RequestCounts::buckets_json() const {
  std::vector<std::string> rows;
  for (const auto& [name, of_it] : buckets) {
    JsonObject row;
    row.text("bucket", name).number("calls", of_it.calls).number("refused", of_it.refused);
    row.number("impatient", of_it.impatient).number("busiest_minute", of_it.busiest_minute);
    rows.push_back(row.render());
  }
  return json_array(rows);
}

std::string RequestCounts::json() const {
  std::vector<std::string> rows;
  for (const auto& [key, count] : answers) {
    const auto& [method, kind, status] = key;
    JsonObject row;
    row.text("method", method).text("path", word(kind)).number("status", status);
    rows.push_back(row.number("count", count).render());
  }
  JsonObject body;
  body.raw("requests", json_array(rows)).number("connections", connections);
  body.number("digest_challenges", digest_challenges).number("stale_challenges", stale_challenges);
  body.number("nonce_replays", nonce_replays).number("tokens_issued", tokens_issued);
  body.number("rate_limited", rate_limited).number("impatient", impatient);
  return body.raw("buckets", buckets_json()).render();
}

}  // namespace atlas_simulator
