#pragma once

#include <gtest/gtest.h>

#include <functional>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "events/event_samples.h"
#include "events/webhooks.h"
#include "fakes/fake_loop.h"
#include "fakes/fake_transport.h"
#include "fakes/memory_store.h"

namespace restorewatch {

/// Webhooks on a loop without a thread, and a receiver that answers by a script.
class WebhookFixture : public testing::Test {
 protected:
  static WebhookOptions options(const std::string& name = "hook") {
    return {name,
            Secret("https://" + name + ".example.net/SECRETPATH"),
            {Secret("first")},
            std::chrono::seconds(10),
            ""};
  }

  /// Commits a change of a job, each time another one unless `job_number` says which.
  void commit(int job_number, JobState to = JobState::Failed) {
    using namespace testing_events;
    auto record = *store_.load(target_key());
    if (!record.baseline_at) {
      record.key = target_key();
      store_.commit(diff(record, listing({}), facts()).result, [](CommitStatus) {});
      record = *store_.load(target_key());
    }
    const auto seen = diff(record, listing({job(to, job_number, -seconds(1))}), facts());
    ASSERT_EQ(seen.result.transitions.size(), 1U);
    store_.commit(seen.result,
                  [](CommitStatus status) { ASSERT_EQ(status, CommitStatus::Committed); });
  }

  /// Begins with what there is; later commits wake it.
  void start(std::vector<WebhookOptions> all = {options()}) {
    webhooks_.apply(std::move(all));
    store_.on_journal([this] { webhooks_.wake(); });
    loop_.run();
  }

  void answer_with(int status, std::map<std::string, std::string, std::less<>> headers = {}) {
    transport_.set_script([=](const HttpRequest&) -> Result<HttpResponse> {
      return HttpResponse{status, headers, "SECRETBODY", {}};
    });
  }
  void answer_nothing() {
    transport_.set_script([](const HttpRequest&) -> Result<HttpResponse> {
      return Error{ErrorKind::Timeout, "no complete answer within 10000 ms"};
    });
  }

  std::size_t sent() const { return transport_.requests().size(); }
  const HttpRequest& last() const { return transport_.requests().back(); }

  double value(const std::string& metric, const std::string& sink = "hook") const {
    return testing_events::sink_value(telemetry_, "restorewatch_events_" + metric, sink);
  }
  std::uint64_t cursor(const std::string& sink = "hook") { return *store_.cursor(sink); }

  ManualClock clock_{*parse_time("2026-08-10T12:00:00Z")};
  FakeLoop loop_{clock_};
  FakeTransport transport_{loop_, [](const HttpRequest&) -> Result<HttpResponse> {
                             return HttpResponse{204, {}, "", {}};
                           }};
  MemoryStore store_;
  Telemetry telemetry_;
  double draw_ = 0.5;  // every one, for the jitter
  Webhooks webhooks_{
      {loop_, transport_, clock_, store_, telemetry_, Log(), [this] { return draw_; }}};
};

}  // namespace restorewatch
