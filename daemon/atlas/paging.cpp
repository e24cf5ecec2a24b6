#include "atlas/paging.h"

#include <algorithm>
#include <iterator>
#include <string>
#include <unordered_set>
#include <utility>

namespace restorewatch {
namespace {

template <typename T>
void append(std::vector<T>& to, std::vector<T>&& from) {
  if (to.empty()) return to.swap(from);  // most lists have but one page
  to.insert(to.end(), std::make_move_iterator(from.begin()), std::make_move_iterator(from.end()));
}

/// Keeps the last of each id. Lists come newest first, and ids sort by age: most are in order once
/// they are turned round.
void sort_and_drop_repeats(std::vector<RestoreJob>& jobs) {
  const auto by_id = [](const RestoreJob& a, const RestoreJob& b) { return a.id < b.id; };
  const auto same_id = [](const RestoreJob& a, const RestoreJob& b) { return a.id == b.id; };
  std::reverse(jobs.begin(), jobs.end());
  const auto not_before = [&](const auto& a, const auto& b) { return !by_id(a, b); };
  if (std::adjacent_find(jobs.begin(), jobs.end(), not_before) == jobs.end()) return;
  std::stable_sort(jobs.begin(), jobs.end(), by_id);
  jobs.erase(std::unique(jobs.begin(), jobs.end(), same_id), jobs.end());
}

}  // namespace

bool Paging::add(Page page) {
  const std::size_t rows = page.rows();
  for (const RestoreJob& job : page.jobs) turner_.saw(job.id);
  for (const UnreadableJob& job : page.unreadable) turner_.saw_odd(job.id);
  add_words(page);
  note_order(page.jobs);
  const bool has_news = !is_settled(page.jobs);
  append(listing_.jobs, std::move(page.jobs));
  if (!add_unreadable(std::move(page.unreadable))) return false;
  const Result<bool> next = turner_.turn(page, rows);
  if (!next) fail(next.error());
  if (!next || !*next || has_news || !listing_.unreadable.empty()) return next.ok() && *next;
  listing_.extent = Extent::Newest;
  return false;
}

/// Nothing documents an order, so the rows have to show it.
void Paging::note_order(const std::vector<RestoreJob>& rows) {
  for (const RestoreJob& job : rows) {
    if (last_row_ && job.requested_at > *last_row_) is_newest_first_ = false;
    last_row_ = job.requested_at;
  }
}

/// Whether the page leaves nothing to look for behind it.
bool Paging::is_settled(const std::vector<RestoreJob>& rows) const {
  return is_settled_ && is_newest_first_ && !rows.empty() && std::ranges::all_of(rows, is_settled_);
}

/// False: there are too many.
bool Paging::add_unreadable(std::vector<UnreadableJob> jobs) {
  std::vector<UnreadableJob>& all = listing_.unreadable;
  for (UnreadableJob& job : jobs) {
    if (all.size() > kMaxUnreadable) break;
    // An unnamed one is not known again, a named one may come twice as others do.
    if (job.id.empty() || std::ranges::find(all, job) == all.end()) all.push_back(std::move(job));
  }
  if (all.size() <= kMaxUnreadable) return true;
  all.resize(kMaxUnreadable);
  fail(Error{ErrorKind::Malformed, "too many of its jobs cannot be read, such as " +
                                       all.front().id + ": " + all.front().reason});
  return false;
}

/// The later page counts here, too: it may have a word that is known.
void Paging::add_words(const Page& page) {
  if (listing_.unknown_words.empty() && page.unknown_words.empty()) return;
  std::unordered_set<JobId> read_again;
  for (const RestoreJob& job : page.jobs) read_again.insert(job.id);
  std::erase_if(listing_.unknown_words,
                [&](const UnknownWord& word) { return read_again.contains(word.job); });
  for (const UnknownWord& word : page.unknown_words) {
    if (listing_.unknown_words.size() < kMaxUnknownWords) listing_.unknown_words.push_back(word);
  }
}

void Paging::fail(Error error) {
  if (page_number() > 1)
    error.detail = "page " + std::to_string(page_number()) + ": " + error.detail;
  listing_.error = std::move(error);
}

Listing Paging::take() {
  sort_and_drop_repeats(listing_.jobs);
  return std::move(listing_);
}

}  // namespace restorewatch
