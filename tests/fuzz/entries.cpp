#include "fuzz/entries.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <string>

#include "atlas/api_error.h"
#include "atlas/decode_jobs.h"
#include "atlas/directory_pages.h"
#include "atlas/list_walk.h"
#include "atlas/names.h"
#include "atlas/paging.h"
#include "atlas/token_answer.h"
#include "web/head_screen.h"

namespace restorewatch::fuzz {
namespace {

void check(bool holds, const char* what) {
  if (holds) return;
  std::fprintf(stderr, "does not hold: %s\n", what);
  std::abort();
}

/// Fit for a log line or an error's detail.
bool is_showable(const std::string& text) {
  return text.size() <= 1000 &&
         std::ranges::all_of(text, [](char c) { return c >= ' ' && c <= '~'; });
}

void check_job(const RestoreJob& job) {
  check(!job.target_cluster || (is_name(*job.target_cluster) && !job.target_cluster->empty()),
        "a target's name is a name");
  check(!job.error_message || is_showable(*job.error_message), "an error message can be shown");
  check(!job.has_link || job.delivery == Delivery::Download, "only downloads have links");
  check(job.state != JobState::Lost, "nobody but us says that a job is lost");
  // A download that has an expiry had its link, whatever its present state (see outcome_of()).
  const bool had_link = job.delivery == Delivery::Download && job.expires_at;
  check(!is_active(job.state) || !job.outcome || had_link, "what goes on has no outcome");
}

void check_page(const Page& page) {
  check(page.rows() <= json::kMaxRows, "a page has a bounded number of rows");
  for (const RestoreJob& job : page.jobs) check_job(job);
  for (const UnreadableJob& job : page.unreadable) {
    check(is_showable(job.id) && is_showable(job.reason) && !job.reason.empty(),
          "why a job is unreadable can be shown");
  }
  check(page.unknown_words.size() <= 2 * page.jobs.size(), "two words of a job matter at most");
  for (const UnknownWord& word : page.unknown_words) {
    check(is_showable(word.word) && !word.member.empty(), "an unknown word can be shown");
  }
}

bool same(const Page& a, const Page& b) {
  return a.jobs == b.jobs && a.unreadable == b.unreadable && a.unknown_words == b.unknown_words &&
         a.status == b.status && a.has_next == b.has_next;
}

void read_jobs(const JobFamily& family, std::string_view body) {
  JsonParser parser;
  std::string text(body);
  const auto page = decode_page(family, parser, text);
  check(text == body, "reading changes nothing");
  text.shrink_to_fit();
  const auto again = decode_page(family, parser, text);
  check(page.ok() == again.ok(), "reading again ends the same way");
  if (page) {
    check_page(*page);
    check(same(*page, *again), "reading again gives the same");
    Paging paging(2);
    paging.add(*page);
    const Listing listing = paging.take();
    check(std::ranges::is_sorted(listing.jobs, {}, &RestoreJob::id), "a listing is in order");
    check(listing.jobs.size() <= page->jobs.size(), "a listing invents nothing");
  } else {
    check(is_showable(page.error().detail), "an error can be shown");
  }
  const auto single = decode_job(family, parser, text);
  if (single) check_job(single->job);
  if (!single) check(is_showable(single.error().detail), "an error can be shown");
}

void read_flag_jobs(std::string_view body) {
  read_jobs(flag_jobs(), body);
}

void read_status_jobs(std::string_view body) {
  read_jobs(status_jobs(), body);
}

void read_collection_jobs(std::string_view body) {
  read_jobs(collection_jobs(), body);
}

void read_errors(std::string_view body) {
  const WallTime now = from_unix_seconds(1'786'354'920);
  for (const int status : {400, 401, 403, 404, 429, 500}) {
    const ApiError error = read_api_error({status, {}, std::string(body), {}}, now, "a role");
    check(is_showable(error.error.detail), "an error can be shown");
    check(error.code.size() <= 64 && is_showable(error.code), "a code can be shown");
    const auto wait = error.error.retry_after.value_or(std::chrono::seconds(0));
    check(wait >= std::chrono::seconds(0) && wait <= std::chrono::hours(24),
          "a server makes nobody wait longer than a day");
  }
  const auto token = decode_token_answer(std::string(body));
  if (!token) check(is_showable(token.error().detail), "an error can be shown");
}

template <typename Row>
void check_directory(const Result<DirectoryPage<Row>>& page) {
  if (!page) return check(is_showable(page.error().detail), "an error can be shown");
  check(page->row_count() <= json::kMaxRows, "a page has a bounded number of rows");
  for (const Row& row : page->rows) {
    check(!row.name.empty() && is_name(row.name), "a name is a name");
    for (const auto& [key, value] : row.tags) check(is_name(key) && is_name(value), "tags are fit");
  }
}

void read_directory(std::string_view body) {
  JsonParser parser;
  std::string text(body);
  check_directory(decode_projects(parser, text));
  for (const Tier tier : {Tier::Dedicated, Tier::Flex, Tier::Serverless}) {
    check_directory(decode_clusters(tier, parser, text));
  }
}

bool is_plain(std::string_view text) {
  return std::ranges::none_of(text, [](char c) { return c == '\r' || c == '\n' || c == '\0'; });
}

std::string as_head(const WebRequest& request, const std::string& method) {
  std::string head = method + " " + request.path;
  if (!request.query.empty()) head += "?" + request.query;
  head += " HTTP/1.0\r\n";
  for (const auto& [name, value] : request.headers) head += name + ":" + value + "\r\n";
  return head + "\r\n";
}

void check_head(const RequestHead& head) {
  const WebRequest& request = head.request;
  check(request.path.starts_with('/'), "a path begins with a slash");
  check(is_plain(request.method + request.path + request.query), "a request line is one line");
  check(!request.has("transfer-encoding"), "a body has one length");
  for (const auto& [name, value] : request.headers) {
    check(!name.empty() && is_plain(name + value), "a field is one line");
  }
  RequestHead again;
  check(parse_head(as_head(request, request.method), again) == HeadVerdict::Complete,
        "what is passed on is a request");
  check(again.request.headers == request.headers && again.request.path == request.path &&
            again.request.query == request.query && again.request.has_body == request.has_body,
        "what is passed on is the same request");
}

void read_head(std::string_view text) {
  const HeadLimits limits;
  HeadScreen screen(limits);
  HeadScreen slowly(limits);
  const std::size_t taken = screen.feed(text);
  std::size_t taken_slowly = 0;
  for (const char& byte : text) taken_slowly += slowly.feed({&byte, 1});
  check(taken == taken_slowly && screen.verdict() == slowly.verdict(),
        "it does not matter how the bytes come");
  check(taken <= limits.bytes + 1, "no more is kept than may be");
  check(taken == text.size() || screen.verdict() != HeadVerdict::Incomplete, "all is looked at");
  if (screen.verdict() == HeadVerdict::Complete) check_head(screen.take());
}

/// Also what follows a good beginning, and as lines of a head.
void read_request_head(std::string_view body) {
  const std::string begin = "GET / HTTP/1.1\r\nHost: a\r\n";
  std::string lines;
  for (const char c : body) lines += c == '\n' ? "\r\n" : std::string(1, c);
  read_head(body);
  read_head(begin + std::string(body) + "\r\n\r\n");
  read_head(begin + lines + "\r\n\r\n");
}

constexpr std::array<Entry, 6> kEntries{{{"flag_jobs", read_flag_jobs},
                                         {"status_jobs", read_status_jobs},
                                         {"collection_jobs", read_collection_jobs},
                                         {"errors", read_errors},
                                         {"directory", read_directory},
                                         {"request_head", read_request_head}}};

}  // namespace

std::span<const Entry> all_entries() {
  return kEntries;
}

const Entry* find_entry(std::string_view name) {
  const auto* found = std::ranges::find(kEntries, name, &Entry::name);
  return found == kEntries.end() ? nullptr : found;
}

}  // namespace restorewatch::fuzz
