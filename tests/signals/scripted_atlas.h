#pragma once

#include <map>
#include <optional>
#include <vector>

#include "fakes/fake_clock.h"
#include "fakes/fake_loop.h"
#include "jobs/job_source.h"
#include "signals/history.h"
#include "signals/reference_model.h"

namespace restorewatch::testing_signals {

/// An Atlas in which a history happens, and which notes down what each look was shown.
class ScriptedAtlas final : public JobSource {
 public:
  ScriptedAtlas(const ManualClock& clock, FakeLoop& loop) : clock_(clock), loop_(loop) {}

  /// Does what concerns Atlas; passes the rest over.
  void happen(const Step& step);
  /// The next look will go as this step says.
  void hinder(const Step& step) { hindrance_ = step; }

  /// What the looks since the last call were shown, in the order in which they began.
  std::vector<Sight> take_sights();

  CallBucket bucket_of(const Target& target) const override;
  void list(const Target& target, Known known, ListDone done) override;
  void get(const Target& target, const JobId& id, GetDone done) override;

  /// Jobs whose number leaves 0 or 1 when divided by 4 are the cluster's, others those of its
  /// collections.
  static Source source_of(int job);

 private:
  struct Shown {
    RestoreJob job;
    bool listed = true;
    bool found = true;
    bool readable = true;
  };

  WallTime now() const;  // Atlas tells whole seconds
  void appear(const Step& step);
  void change(Shown& shown, const Step& step) const;
  Listing listing_of(Source source);
  void cut(Listing& listing) const;
  Sight& sight_of(Source source);

  const ManualClock& clock_;
  FakeLoop& loop_;
  std::map<int, Shown> jobs_;
  std::optional<Step> hindrance_;
  int answered_ = 0;  // questions about single jobs, since the last call of take_sights
  std::vector<Sight> sights_;
};

}  // namespace restorewatch::testing_signals
