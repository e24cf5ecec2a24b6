#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "jobs/call_budget.h"
#include "jobs/object_id.h"
#include "jobs/restore_job.h"
#include "jobs/target.h"

namespace restorewatch {

/// A job in an answer that could not be read; the others of its page are not affected.
struct UnreadableJob {
  std::string id;  // as far as it could be read: 24 hex digits, or what stood there, cut short
  std::string reason;

  bool operator==(const UnreadableJob&) const = default;
};

/// A word that this version does not know, in a member whose words matter. Its job is read all the
/// same: its state or delivery is Unknown.
struct UnknownWord {
  JobId job;
  std::string member;  // Atlas's name of it: "status"
  std::string word;    // cut short, without control characters

  bool operator==(const UnknownWord&) const = default;
};

/// How much of a target's jobs is wanted, or was read.
enum class Extent : std::uint8_t {
  Whole,    // the list to its end
  Newest,   // the list as far as there is news in it: reading stopped behind a page of settled jobs
  Singles,  // single jobs only
};

/// Tells answers apart, with a chance of error of one in 2^64. Means nothing to another process.
using AnswerDigest = std::uint64_t;

/// What was read of a target's jobs, and how far reading got.
struct Listing {
  std::vector<RestoreJob> jobs;  // distinct ids in id order; of duplicates the later page's
  std::vector<UnreadableJob> unreadable;
  std::vector<UnknownWord> unknown_words;
  std::optional<WallTime> served_at;  // of its first page, by Atlas's clock; absent: not told
  Extent extent = Extent::Whole;
  std::optional<AnswerDigest> answer;  // where all of it came in one answer
  bool unchanged = false;      // the answer is the known one: there are no jobs here, nor an extent
  std::optional<Error> error;  // why less than that was read

  /// The list was read to its end: what is not in it, Atlas does not list.
  bool complete() const { return extent == Extent::Whole && !error && !unchanged; }
};

/// Asks for restore jobs. Errors are the kinds before ErrorKind::Storage; Throttled carries
/// retry_after where the answer had one. A target's credentials are tried in their order, the one
/// that was accepted last first; a refused one (401, 403) gives way to the next.
class JobSource {
 public:
  /// Whether a listed job is known as it is shown and will not change any more.
  using IsSettled = std::function<bool(const RestoreJob&)>;
  /// What is known of a list, and need not be read again. Nothing: it is read to its end.
  struct Known {
    IsSettled is_settled{};
    std::optional<AnswerDigest> answer{};  // which would bring no news
  };
  using ListDone = std::function<void(Listing)>;
  using GetDone = std::function<void(Result<RestoreJob>)>;

  virtual ~JobSource() = default;

  /// The bucket that calls about the target are counted in.
  virtual CallBucket bucket_of(const Target& target) const = 0;

  /// Reads the list, page by page. With `is_settled` reading stops, with extent Newest, behind the
  /// first page that has only settled jobs, unless the jobs so far have not come newest first; it
  /// is called before list() has ended only. A first answer that is the known one ends it at once.
  /// NotFound: no such project or cluster, or not one of this source's tier; finding out anew what
  /// there is makes sense. Gone: the source is no longer served. Returns at once; `done` is called
  /// exactly once, later, on the loop's thread. On the loop's thread only.
  virtual void list(const Target& target, Known known, ListDone done) = 0;

  /// Reads one job. NotFound means that Atlas says it has no such job (and not that the cluster
  /// or the project is missing: that is Other). Otherwise as list().
  virtual void get(const Target& target, const JobId& id, GetDone done) = 0;
};

}  // namespace restorewatch
