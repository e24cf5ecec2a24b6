#include "app/rule_watch.h"

#include <fmt/format.h>

#include <utility>

namespace restorewatch {

void RuleWatch::set_rules(Rules rules) {
  rules_ = std::move(rules);
  told_.clear();  // the same place may be another rule
  tell();
}

void RuleWatch::look(std::shared_ptr<const Inventory> inventory) {
  if (!is_whole(*inventory)) return;
  inventory_ = std::move(inventory);
  tell();
}

void RuleWatch::tell() {
  if (!inventory_) return;
  std::vector<std::string> idle = idle_rules(rules_, *inventory_);
  if (idle == told_) return;
  told_ = std::move(idle);
  if (told_.empty()) return;
  log_.warn("these rules pick nothing that is known; are their names right?",
            {{"rules", fmt::format("{}", fmt::join(told_, ","))}});
}

}  // namespace restorewatch
