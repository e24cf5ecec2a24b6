#pragma once

// For tests of targets that change while the poller runs.

#include "poller/poller_fixture.h"

namespace restorewatch {

inline const ObjectId kId = *parse_object_id("0123456789abcdef01234567");
inline const ObjectId kOtherId = *parse_object_id("f123456789abcdef01234567");

class PollerTargetsTest : public PollerTest {
 protected:
  PollerTargetsTest() { first_.key.cluster_id = kId; }

  Target through(Source source) const {
    Target target = first_;
    target.key.source = source;
    return target;
  }

  /// A cluster that was made while its project was watched.
  Target made_later() const {
    Target target = first_;
    target.project_known_since = noon() - hours(3);
    target.cluster_created_at = noon() - hours(2);
    return target;
  }

  Inventory without_first() const {
    Inventory inventory = inventory_of({second_});
    inventory.gone = {first_.key};
    return inventory;
  }

  std::uint64_t finished(Outcome outcome) const {
    std::uint64_t count = 0;
    for (const auto& view : snapshot_->targets) {
      count += view->counters.finished[index_of(Kind::Restore)][index_of(outcome)];
    }
    return count;
  }
};

}  // namespace restorewatch
