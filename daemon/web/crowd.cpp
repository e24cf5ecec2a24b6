#include "web/crowd.h"

#include <algorithm>
#include <tuple>
#include <utility>

namespace restorewatch {

std::size_t Crowd::size_of(const std::string& address) const {
  return static_cast<std::size_t>(std::ranges::count_if(
      all_, [&](const auto& entry) { return entry.second->address() == address; }));
}

bool Crowd::has_room_for(const std::string& address) const {
  return all_.size() < limits_.connections && size_of(address) < limits_.connections_per_address;
}

ConnectionId Crowd::who_goes_for(const std::string& address, SteadyTime now) const {
  const bool has_its_share = size_of(address) >= limits_.connections_per_address;
  ConnectionId chosen = 0;
  Claim weakest;
  for (const auto& [id, connection] : all_) {
    if (has_its_share && connection->address() != address) continue;
    const Claim claim = connection->claim(now);
    if (claim.rank == Claim::Rank::Served) continue;
    // Of those who came in the same turn, the first.
    const bool is_weaker =
        std::tie(claim.rank, claim.since, id) < std::tie(weakest.rank, weakest.since, chosen);
    if (chosen != 0 && !is_weaker) continue;
    chosen = id;
    weakest = claim;
  }
  return chosen;
}

ConnectionId Crowd::who_holds_too_much(SteadyTime now) const {
  std::size_t held = 0;
  ConnectionId oldest = 0;
  SteadyTime oldest_since{};
  for (const auto& [id, connection] : all_) {
    const std::size_t bytes = connection->held_bytes(now);
    held += bytes;
    const SteadyTime since = connection->claim(now).since;
    if (bytes == 0 || (oldest != 0 && since >= oldest_since)) continue;
    oldest = id;
    oldest_since = since;
  }
  return held > limits_.held_bytes ? oldest : 0;
}

ConnectionId Crowd::add(std::unique_ptr<Connection> connection) {
  all_.emplace(++last_, std::move(connection));
  return last_;
}

Connection* Crowd::find(ConnectionId id) {
  const auto found = all_.find(id);
  return found == all_.end() ? nullptr : found->second.get();
}

std::vector<ConnectionId> Crowd::which(const std::function<bool(Connection&)>& wanted) {
  std::vector<ConnectionId> ids;
  for (const auto& [id, connection] : all_) {
    if (wanted(*connection)) ids.push_back(id);
  }
  return ids;
}

SteadyTime Crowd::first_deadline(SteadyTime otherwise) const {
  for (const auto& [id, connection] : all_) otherwise = std::min(otherwise, connection->deadline());
  return otherwise;
}

}  // namespace restorewatch
