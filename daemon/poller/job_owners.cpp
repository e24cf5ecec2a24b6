#include "poller/job_owners.h"

#include <algorithm>
#include <cstring>
#include <utility>

namespace restorewatch {
namespace {

/// Between three quarters and 85 % of the slots are used: eleven bytes for a job at most, and four
/// slots looked at for one that is there. It grows by an eighth, since a slot's place follows from
/// its hash by a multiplication and may be any number of them.
constexpr std::size_t kMostUsedPercent = 85;
constexpr std::size_t kLeastUsedPercent = 60;  // before it shrinks
constexpr std::size_t kFewestSlots = 8;

}  // namespace

/// Of all of the id, well mixed: ids of one second, and ids that differ in the second only, must
/// not fall on one heap. The multipliers are those of splitmix64.
std::uint32_t JobOwners::hash_of(const JobId& job) {
  std::uint32_t head = 0;
  std::uint64_t tail = 0;
  std::memcpy(&head, job.bytes.data(), sizeof head);
  std::memcpy(&tail, job.bytes.data() + sizeof head, sizeof tail);
  std::uint64_t mixed = tail + head * 0x9E3779B97F4A7C15ULL;
  mixed = (mixed ^ (mixed >> 30U)) * 0xBF58476D1CE4E5B9ULL;
  mixed = (mixed ^ (mixed >> 27U)) * 0x94D049BB133111EBULL;
  return static_cast<std::uint32_t>(mixed >> 32U);
}

std::size_t JobOwners::home_of(std::uint32_t hash) const {
  return (hash * slots_.size()) >> 32U;
}

std::size_t JobOwners::distance(std::size_t from, std::size_t to) const {
  return to >= from ? to - from : to + slots_.size() - from;
}

void JobOwners::add(const JobId& job, Keeper keeper) {
  const auto owner = owner_of(job);
  if (owner) owners_.emplace(job, *owner);
  if (slots_.size() * kMostUsedPercent < (used_ + 1) * 100) {
    resize(std::max({kFewestSlots, used_ + 2, slots_.size() * 9 / 8}));
  }
  put({hash_of(job), keeper});
  ++used_;
}

void JobOwners::put(Slot slot) {
  std::size_t place = home_of(slot.hash);
  while (slots_[place].keeper != kNobody) place = behind(place);
  slots_[place] = slot;
}

void JobOwners::remove(const JobId& job, Keeper keeper) {
  if (slots_.empty()) return;
  const std::uint32_t hash = hash_of(job);
  std::size_t place = home_of(hash);
  while (slots_[place].hash != hash || slots_[place].keeper != keeper) {
    if (slots_[place].keeper == kNobody) return;
    place = behind(place);
  }
  slots_[place].keeper = kNobody;
  close_gap(place);
  --used_;
  if (slots_.size() > kFewestSlots && used_ * 100 < slots_.size() * kLeastUsedPercent) {
    resize(std::max(kFewestSlots, used_ * 5 / 4 + 1));
  }
  const auto owner = owners_.find(job);
  if (owner == owners_.end()) return;
  std::vector<Keeper> left = keepers_of(job);
  std::erase(left, keeper);  // its table may still have the job
  if (owner->second == keeper && !left.empty()) owner->second = left.front();
  if (left.size() < 2) owners_.erase(owner);
}

/// Whoever stands behind the gap and would have stood in it moves up, so that a search never has to
/// pass a slot that is empty.
void JobOwners::close_gap(std::size_t gap) {
  for (std::size_t place = behind(gap); slots_[place].keeper != kNobody; place = behind(place)) {
    const std::size_t home = home_of(slots_[place].hash);
    if (distance(home, place) < distance(gap, place)) continue;
    slots_[gap] = std::exchange(slots_[place], Slot{});
    gap = place;
  }
}

void JobOwners::resize(std::size_t size) {
  const std::vector<Slot> before = std::exchange(slots_, std::vector<Slot>(size));
  for (const Slot& slot : before) {
    if (slot.keeper != kNobody) put(slot);
  }
}

std::vector<JobOwners::Keeper> JobOwners::keepers_of(const JobId& job) const {
  std::vector<Keeper> keepers;
  if (slots_.empty()) return keepers;
  const std::uint32_t hash = hash_of(job);
  for (std::size_t i = home_of(hash); slots_[i].keeper != kNobody; i = behind(i)) {
    const Keeper keeper = slots_[i].keeper;
    const bool is_new = std::ranges::find(keepers, keeper) == keepers.end();
    if (slots_[i].hash == hash && is_new && keeps_(keeper, job)) keepers.push_back(keeper);
  }
  return keepers;
}

void JobOwners::make_owner(const JobId& job, Keeper keeper) {
  if (is_kept_by_another(job, keeper)) owners_[job] = keeper;
}

std::optional<JobOwners::Keeper> JobOwners::owner_of(const JobId& job) const {
  if (const auto chosen = owners_.find(job); chosen != owners_.end()) return chosen->second;
  const std::vector<Keeper> keepers = keepers_of(job);
  return keepers.empty() ? std::nullopt : std::optional(keepers.front());
}

bool JobOwners::is_kept_by_another(const JobId& job, Keeper than) const {
  const std::vector<Keeper> keepers = keepers_of(job);
  return std::ranges::any_of(keepers, [than](Keeper keeper) { return keeper != than; });
}

}  // namespace restorewatch
