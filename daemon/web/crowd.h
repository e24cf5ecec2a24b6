#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include "web/connection.h"

namespace restorewatch {

using ConnectionId = std::uint64_t;  // never used twice

/// Everybody who is connected, and who has to go when there are too many.
class Crowd {
 public:
  explicit Crowd(const ServerLimits& limits) : limits_(limits) {}  // `limits` outlives it

  /// Whether somebody from this address could be served without anybody being sent away.
  bool has_room_for(const std::string& address) const;

  /// Who is to make room for somebody from this address: from an address that has its share, one
  /// of its own; else whoever has kept us waiting longest. 0: nobody can be asked to go.
  ConnectionId who_goes_for(const std::string& address, SteadyTime now) const;

  /// Whose answer is to be given up, since all together hold too much: who has been at it longest.
  /// 0: nobody's.
  ConnectionId who_holds_too_much(SteadyTime now) const;

  ConnectionId add(std::unique_ptr<Connection> connection);
  Connection* find(ConnectionId id);  // null: gone
  void remove(ConnectionId id) { all_.erase(id); }
  std::size_t size() const { return all_.size(); }

  std::vector<ConnectionId> which(const std::function<bool(Connection&)>& wanted);
  SteadyTime first_deadline(SteadyTime otherwise) const;

 private:
  std::size_t size_of(const std::string& address) const;

  const ServerLimits& limits_;
  std::unordered_map<ConnectionId, std::unique_ptr<Connection>> all_;
  ConnectionId last_ = 0;
};

}  // namespace restorewatch
