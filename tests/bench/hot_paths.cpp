#include "bench/hot_paths.h"

#include <cstdlib>

#include "atlas/decode_jobs.h"
#include "atlas/paging.h"
#include "bench/written_jobs.h"

namespace restorewatch {
namespace {

constexpr unsigned kSeed = 1;
constexpr std::size_t kPageSize = 500;

void must(bool holds) {
  if (!holds) std::abort();
}

Page decoded(JsonParser& parser, std::string& body, std::size_t jobs) {
  Result<Page> page = decode_page(flag_jobs(), parser, body);
  must(page.ok() && page->jobs.size() == jobs);
  return *std::move(page);
}

Page written(std::size_t jobs) {
  JsonParser parser;
  std::string body = written_page(jobs, kSeed);
  return decoded(parser, body, jobs);
}

Listing listed(Page page) {
  Paging paging(kPageSize);
  must(!paging.add(std::move(page)));
  return paging.take();
}

TargetKey target() {
  return {*parse_object_id("5b69d0349b15c62cdfc38b78"), "payments-eu-1", Source::Dedicated};
}

}  // namespace

DecodeAPage::DecodeAPage(std::size_t jobs) : jobs_(jobs), body_(written_page(jobs, kSeed)) {}

std::size_t DecodeAPage::run() {
  return decoded(parser_, body_, jobs_).jobs.size();
}

ListAPage::ListAPage(std::size_t jobs) : jobs_(written(jobs).jobs) {}

std::size_t ListAPage::run() {
  Page page;
  page.jobs = jobs_;
  const Listing listing = listed(std::move(page));
  must(listing.jobs.size() == jobs_.size());
  return jobs_.size();
}

DiffUnchanged::DiffUnchanged(std::size_t jobs) : listing_(listed(written(jobs))) {
  known_.key = target();
  facts_.project_name = "payments";
  facts_.looked_at = facts_.atlas_now = from_unix_seconds(1'800'000'000);
  apply(diff(known_, listing_, facts_).result, known_);
}

std::size_t DiffUnchanged::run() {
  const Diff changes = diff(known_, listing_, facts_);
  must(!changes.result.changes_something());
  return listing_.jobs.size();
}

}  // namespace restorewatch
