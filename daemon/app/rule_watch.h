#pragma once

#include <memory>
#include <string>
#include <vector>

#include "base/log.h"
#include "jobs/idle_rules.h"

namespace restorewatch {

/// Says in the log which rules pick nothing of what is known, each time that others do. Not before
/// everything that was asked is answered well. On one thread only.
class RuleWatch {
 public:
  RuleWatch(Rules rules, Log log) : log_(std::move(log)), rules_(std::move(rules)) {}

  void set_rules(Rules rules);
  void look(std::shared_ptr<const Inventory> inventory);

 private:
  void tell();

  Log log_;
  Rules rules_;
  std::shared_ptr<const Inventory> inventory_;  // null: none was whole yet
  std::vector<std::string> told_;
};

}  // namespace restorewatch
