#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "base/clock.h"
#include "base/http_transport.h"
#include "base/log.h"
#include "base/loop.h"
#include "base/telemetry.h"
#include "events/delivery_window.h"
#include "events/journal_follower.h"
#include "events/receiver_health.h"
#include "events/signature.h"
#include "events/sink_metrics.h"
#include "events/webhook_options.h"
#include "jobs/journal.h"

namespace restorewatch {

/// Posts events to one receiver, from the journal, until each is accepted or given up. A receiver
/// that is down costs a bounded piece of memory, and holds up nobody else. The cursor moves after
/// the answer: a crash in between repeats events, none is lost. On the loop's thread only; it may
/// go at any time, and takes no notice of answers after that.
class WebhookSink {
 public:
  /// All must outlive the sink.
  struct Deps {
    Loop& loop;
    HttpTransport& transport;
    const Clock& clock;
    Journal& journal;
    Telemetry& telemetry;
    Log log;
    std::function<double()> draw;      // from [0, 1), for the jitter of pauses
    std::function<void()> on_quiet{};  // nothing is in flight any more. May be empty
  };

  /// Finds its place in the journal at once, so that what is committed from now on is delivered;
  /// delivers nothing before wake().
  WebhookSink(WebhookOptions options, Deps deps);

  /// There may be new entries.
  void wake();

  /// From the next delivery on. A secret that is gone signs beside the others for a day. The name
  /// must be the same.
  void change(WebhookOptions options);

  /// Nothing is in flight: all is delivered that could be delivered now.
  bool is_quiet() const { return !window_ || window_->in_flight() == 0; }

  const std::string& name() const { return options_.name; }

 private:
  bool open();
  void pump();
  void read_more();
  void send_what_may_be_sent();
  void send(const JournalEntry& entry);
  HttpRequest request_for(const JournalEntry& entry);
  void answered(std::uint64_t seq, SteadyTime began, const Result<HttpResponse>& answer);
  void is_up(SteadyTime began);
  void refused(std::uint64_t seq, const std::string& reason);
  void give_up(const JournalEntry& entry, const std::string& reason);
  void keep_cursor();
  void plan_next_pump();
  void pump_at(SteadyTime when);
  void report(const std::string& problem, std::string& reported);

  WebhookOptions options_;
  Deps deps_;
  JournalFollower follower_;
  SinkMetrics metrics_;
  SigningSecrets secrets_;
  std::optional<DeliveryWindow> window_;  // absent: the journal could not be read yet
  ReceiverHealth health_;
  bool more_ = true;  // there may be entries that have not been read
  std::uint64_t last_seq_ = 0;
  SteadyTime read_again_at_ = SteadyTime::min();
  std::optional<SteadyTime> planned_;  // the first timer that is set
  // The problem last logged of each; empty while all is well.
  std::string journal_problem_;
  std::string receiver_problem_;
  std::shared_ptr<WebhookSink*> alive_ = std::make_shared<WebhookSink*>(this);
};

}  // namespace restorewatch
