#include "jobs/place_pool.h"

#include <algorithm>

#include "jobs/sorted_rows.h"

namespace restorewatch {

std::uint32_t PlacePool::number_of(const RestoreJob& job) {
  if (!job.target_project_id && !job.target_cluster) return kNowhere;
  return number_of(Place{job.target_project_id, job.target_cluster});
}

bool PlacePool::agrees(std::uint32_t number, const RestoreJob& job) const {
  if (number == kNowhere) return !job.target_project_id && !job.target_cluster;
  const Place& place = at(number);
  return place.project_id == job.target_project_id && place.cluster == job.target_cluster;
}

void PlacePool::fill(std::uint32_t number, RestoreJob& job) const {
  if (number == kNowhere) return;
  job.target_project_id = at(number).project_id;
  job.target_cluster = at(number).cluster;
}

std::uint32_t PlacePool::adopt(const PlacePool& other, std::uint32_t number) {
  return number == kNowhere ? kNowhere : number_of(other.at(number));
}

bool PlacePool::are_same(std::uint32_t number, const PlacePool& other,
                         std::uint32_t its_number) const {
  if (number == kNowhere || its_number == kNowhere) return number == its_number;
  return at(number) == other.at(its_number);
}

const PlacePool::Place& PlacePool::at(std::uint32_t number) const {
  return places_[number - 1];
}

std::uint32_t PlacePool::number_of(const Place& place) {
  const auto by_place = [this](std::uint32_t number) -> const Place& { return at(number); };
  auto found = std::ranges::lower_bound(in_order_, place, {}, by_place);
  if (found != in_order_.end() && at(*found) == place) return *found;
  const auto index = found - in_order_.begin();
  grow_by(places_, 1);
  grow_by(in_order_, 1);
  places_.push_back(place);
  const auto number = static_cast<std::uint32_t>(places_.size());
  in_order_.insert(in_order_.begin() + index, number);
  return number;
}

}  // namespace restorewatch
