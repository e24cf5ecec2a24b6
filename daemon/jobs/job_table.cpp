#include "jobs/job_table.h"

#include <algorithm>
#include <utility>

namespace restorewatch {
namespace {

/// Names that no job has any more are left where they are, as long as there are at most this many
/// more than two for each job.
constexpr std::size_t kUnusedPlaces = 16;

}  // namespace

std::optional<TrackedJob> JobTable::find(const JobId& id) const {
  const JobRow* const row = rows_.find(id);
  return row == nullptr ? std::nullopt : std::optional(whole(*row));
}

std::optional<JobView> JobTable::view(const JobId& id) const {
  const JobRow* const row = rows_.find(id);
  return row == nullptr ? std::nullopt : std::optional(JobView(*this, *row));
}

bool JobTable::shows(const RestoreJob& shown) const {
  return shows(rows_.find(shown.id), shown);
}

bool JobTable::shows(const RestoreJob& shown, std::size_t& place) const {
  return shows(rows_.find_from(place, shown.id), shown);
}

bool JobTable::shows(const JobRow* row, const RestoreJob& shown) const {
  return row != nullptr && row->not_found == 0 && agrees(*row, shown) &&
         places_.agrees(row->place, shown) && agrees_beside(*row, shown);
}

bool JobTable::agrees_beside(const JobRow& row, const RestoreJob& shown) const {
  if ((row.error_message != 0) != shown.error_message.has_value() ||
      (row.progress != 0) != shown.progress.has_value()) {
    return false;
  }
  if (shown.error_message && error_messages_.at(row.id).value != *shown.error_message) {
    return false;
  }
  if (shown.progress && progress_.at(row.id).value != *shown.progress) return false;
  return row.far_times == 0 || whole(row).job == shown;
}

std::vector<JobView> JobTable::open() const {
  std::vector<JobView> views;
  const std::span<const JobRow> rows = rows_.all();
  // Jobs end in about the order in which they were requested: the open ones are the newest.
  for (auto row = rows.rbegin(); views.size() < open_; ++row) {
    if (!is_ended(state_of(*row))) views.push_back(JobView(*this, *row));
  }
  std::ranges::reverse(views);
  return views;
}

void JobTable::put(const TrackedJob& tracked) {
  rows_.put(prepare(tracked));
  drop_unused_places();
}

void JobTable::put_all(std::span<const TrackedJob> batch) {
  std::vector<const TrackedJob*> between;
  for (const TrackedJob& tracked : batch) {
    const bool is_last = empty() || rows_.all().back().id < tracked.job.id;
    if (is_last || contains(tracked.job.id)) {
      put(tracked);
    } else {
      between.push_back(&tracked);
    }
  }
  if (!between.empty()) insert(std::move(between));
}

/// Jobs that are not there yet. Of those with the same id the last one counts.
void JobTable::insert(std::vector<const TrackedJob*> batch) {
  const auto id_of = [](const TrackedJob* tracked) { return tracked->job.id; };
  std::ranges::stable_sort(batch, {}, id_of);
  const auto repeats = std::unique(batch.rbegin(), batch.rend(),
                                   [&](auto* a, auto* b) { return id_of(a) == id_of(b); });
  batch.erase(batch.begin(), repeats.base());
  std::vector<JobRow> rows;
  rows.reserve(batch.size());
  for (const TrackedJob* tracked : batch) rows.push_back(prepare(*tracked));
  rows_.insert_all(std::move(rows));
  drop_unused_places();
}

/// The job's row, once everything else of it is in its place.
JobRow JobTable::prepare(const TrackedJob& tracked) {
  const JobRow* const known = rows_.find(tracked.job.id);
  JobRow row = pack(tracked);
  put_beside(known == nullptr ? JobRow{} : *known, row, tracked);
  row.place = places_.number_of(tracked.job);
  if (known != nullptr && !is_ended(state_of(*known))) --open_;
  if (!is_ended(tracked.job.state)) ++open_;
  return row;
}

void JobTable::put_beside(const JobRow& before, const JobRow& row, const TrackedJob& tracked) {
  std::optional<Times> times;
  if (row.far_times != 0) {
    times.emplace();
    for (std::size_t i = 0; i < kJobTimeCount; ++i) {
      (*times)[i] = time_of(tracked, static_cast<JobTime>(i));
    }
  }
  std::optional<Entered> entered;
  if (row.many_entries != 0) entered = tracked.entered;
  settle(far_times_, row.id, before.far_times != 0, times);
  settle(many_entries_, row.id, before.many_entries != 0, entered);
  settle(not_found_, row.id, before.not_found != 0, tracked.not_found_at);
  settle(error_messages_, row.id, before.error_message != 0, tracked.job.error_message);
  settle(progress_, row.id, before.progress != 0, tracked.job.progress);
}

template <typename T>
void JobTable::settle(SideTable<T>& table, const JobId& id, bool had,
                      const std::optional<T>& value) {
  if (value) {
    table.put({id, *value});
  } else if (had) {
    table.erase(id);
  }
}

TrackedJob JobTable::whole(const JobRow& row) const {
  TrackedJob tracked = unpack(row);
  places_.fill(row.place, tracked.job);
  if (row.far_times != 0) {
    for (std::size_t i = 0; i < kJobTimeCount; ++i) {
      const auto which = static_cast<JobTime>(i);
      set_time(tracked, which, far_time(row.id, which));
    }
  }
  if (row.many_entries != 0) tracked.entered = many_entries_.at(row.id).value;
  if (row.not_found != 0) tracked.not_found_at = not_found_.at(row.id).value;
  if (row.error_message != 0) tracked.job.error_message = error_messages_.at(row.id).value;
  if (row.progress != 0) tracked.job.progress = progress_.at(row.id).value;
  return tracked;
}

std::optional<WallTime> JobTable::far_time(const JobId& id, JobTime which) const {
  return far_times_.at(id).value[static_cast<std::size_t>(which)];
}

void JobTable::erase(const std::vector<JobId>& ids) {
  if (ids.empty()) return;
  const auto is_one = [&ids](const auto& row) { return std::ranges::binary_search(ids, row.id); };
  rows_.erase_if(is_one);
  far_times_.erase_if(is_one);
  many_entries_.erase_if(is_one);
  not_found_.erase_if(is_one);
  error_messages_.erase_if(is_one);
  progress_.erase_if(is_one);
  open_ = static_cast<std::size_t>(std::ranges::count_if(
      rows_.all(), [](const JobRow& row) { return !is_ended(state_of(row)); }));
  drop_unused_places();
}

/// Jobs are forgotten, and may be shown with another target each time. Waits until the work is
/// worth it.
void JobTable::drop_unused_places() {
  if (places_.size() <= 2 * rows_.size() + kUnusedPlaces) return;
  PlacePool used;
  rows_.for_each([&](JobRow& row) { row.place = used.adopt(places_, row.place); });
  places_ = std::move(used);
}

bool JobTable::operator==(const JobTable& other) const {
  const auto is_same = [&](const JobRow& a, const JobRow& b) {
    JobRow numbered_alike = a;
    numbered_alike.place = b.place;
    return numbered_alike == b && places_.are_same(a.place, other.places_, b.place);
  };
  return std::ranges::equal(rows_.all(), other.rows_.all(), is_same) &&
         far_times_ == other.far_times_ && many_entries_ == other.many_entries_ &&
         not_found_ == other.not_found_ && error_messages_ == other.error_messages_ &&
         progress_ == other.progress_;
}

}  // namespace restorewatch
