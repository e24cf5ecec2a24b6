#pragma once

#include <memory>
#include <mutex>
#include <string>

#include "jobs/archive.h"
#include "store/database.h"
#include "store/target_rows.h"

namespace restorewatch {

/// The archive of a store, on a connection of its own: whoever reads here waits for no one else,
/// and nobody who commits or delivers waits for them. Thread-safe.
class ArchiveReader final : public Archive {
 public:
  /// Of one answer, so that none takes long whatever lies between two transitions.
  static constexpr std::uint64_t kMaxEntriesRead = 20'000;

  /// The file must be a store of this version, and outlive what is open of it here. Errors:
  /// Storage.
  static Result<std::unique_ptr<ArchiveReader>> open(const std::string& path);

  Result<std::vector<TrackedJob>> jobs_of(const JobQuestion& question) override;
  Result<JournalPage> transitions_after(std::uint64_t after, std::size_t limit) override;
  Result<std::vector<JournalEntry>> newest_transitions(std::size_t limit) override;

 private:
  explicit ArchiveReader(Database database);

  Result<std::uint64_t> first_after(std::uint64_t seq);
  Result<std::uint64_t> last_seq();

  std::mutex mutex_;  // guards everything below
  Database database_;
  TargetRows targets_;
  Statement get_jobs_;
  Statement get_after_;
  Statement get_newest_;
  Statement get_first_after_;
  Statement get_last_seq_;
};

}  // namespace restorewatch
