#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
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

/// What was read of a target's jobs, and how far reading got.
struct Listing {
  std::vector<RestoreJob> jobs;  // distinct ids in id order; of duplicates the later page's
  std::vector<UnreadableJob> unreadable;
  std::vector<UnknownWord> unknown_words;
  std::optional<WallTime> served_at;  // of its first page, by Atlas's clock; absent: not told
  std::optional<Error> error;         // why it is partial; absent: the list was read to its end

  bool complete() const { return !error.has_value(); }
};

/// Asks for restore jobs. Errors are the kinds before ErrorKind::Storage; Throttled carries
/// retry_after where the answer had one. A target's credentials are tried in their order, the one
/// that was accepted last first; a refused one (401, 403) gives way to the next.
class JobSource {
 public:
  using ListDone = std::function<void(Listing)>;
  using GetDone = std::function<void(Result<RestoreJob>)>;

  virtual ~JobSource() = default;

  /// Reads the whole list, page by page. NotFound: no such project or cluster, or not one of this
  /// source's tier; finding out anew what there is makes sense. Gone: the source is no longer
  /// served. Returns at once; `done` is called exactly once, later, on the loop's thread. On the
  /// loop's thread only.
  virtual void list(const Target& target, ListDone done) = 0;

  /// Reads one job. NotFound means that Atlas says it has no such job (and not that the cluster
  /// or the project is missing: that is Other). Otherwise as list().
  virtual void get(const Target& target, const JobId& id, GetDone done) = 0;
};

}  // namespace restorewatch
