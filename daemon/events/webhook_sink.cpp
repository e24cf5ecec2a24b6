#include "events/webhook_sink.h"

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <utility>
#include <vector>

#include "events/cloud_event.h"
#include "events/event_fields.h"

namespace restorewatch {
namespace {

constexpr std::chrono::seconds kReadAgainAfter{1};

/// Of an answer nothing but its status is used; a page of text around it does no harm.
constexpr std::size_t kMaxAnswer = 1U << 20U;

/// From half of `pause` to one and a half, so that what was refused together does not come back
/// together. Never near zero: in sum a refused event waits for half the time intended, at least.
std::chrono::milliseconds around(std::chrono::milliseconds pause, double draw) {
  return std::chrono::milliseconds(
      static_cast<std::int64_t>((0.5 + draw) * static_cast<double>(pause.count())));
}

}  // namespace

WebhookSink::WebhookSink(WebhookOptions options, Deps deps)
    : options_(std::move(options)),
      deps_(std::move(deps)),
      follower_(deps_.journal, options_.name, JournalFollower::Beginning::Now),
      metrics_(deps_.telemetry, options_.name),
      secrets_(options_.secrets) {
  open();
}

void WebhookSink::wake() {
  more_ = true;
  if (const auto last = deps_.journal.last_seq()) last_seq_ = std::max(last_seq_, *last);
  pump();
}

void WebhookSink::change(WebhookOptions options) {
  if (options.url == options_.url) {
    secrets_.replace(options.secrets, deps_.clock.steady_now());
  } else {  // another receiver, which has no business with this one's secret
    secrets_ = SigningSecrets(options.secrets);
    health_ = ReceiverHealth();
    receiver_problem_.clear();
  }
  options_ = std::move(options);
  pump();
}

bool WebhookSink::open() {
  if (window_) return true;
  if (const Status opened = follower_.open(); !opened) {
    report(opened.error().detail, journal_problem_);
    return false;
  }
  window_.emplace(follower_.cursor());
  return true;
}

void WebhookSink::pump() {
  read_more();
  if (window_) {
    send_what_may_be_sent();
    keep_cursor();
  }
  plan_next_pump();
}

void WebhookSink::read_more() {
  const SteadyTime now = deps_.clock.steady_now();
  if (!more_ || now < read_again_at_) return;
  read_again_at_ = now + kReadAgainAfter;  // unless all goes well
  if (!open()) return;
  // In large pieces, unless little is left to do.
  const std::size_t room = window_->room();
  if (room >= DeliveryWindow::kSize / 2) {
    auto batch = follower_.read(room);
    if (!batch) return report(batch.error().detail, journal_problem_);
    if (batch->lost > 0) {
      metrics_.count_lost(batch->lost);
      deps_.log.error(kLostMessage, {{"sink", options_.name}, {"entries", batch->lost}});
    }
    journal_problem_.clear();
    last_seq_ = batch->last_seq;
    more_ = batch->entries.size() == room;
    window_->add(std::move(batch->entries));
  }
  read_again_at_ = SteadyTime::min();
}

void WebhookSink::send_what_may_be_sent() {
  const SteadyTime now = deps_.clock.steady_now();
  while (health_.may_send(now, window_->in_flight())) {
    const JournalEntry* const entry = window_->take(now);
    if (entry == nullptr) return;
    send(*entry);
  }
}

void WebhookSink::send(const JournalEntry& entry) {
  const SteadyTime began = deps_.clock.steady_now();
  const std::weak_ptr<WebhookSink*> alive = alive_;
  deps_.transport.start(request_for(entry),
                        [alive, seq = entry.seq, began](const Result<HttpResponse>& answer) {
                          const auto self = alive.lock();
                          if (self) (*self)->answered(seq, began, answer);
                        });
}

HttpRequest WebhookSink::request_for(const JournalEntry& entry) {
  HttpRequest request;
  request.method = HttpMethod::Post;
  request.url = options_.url.reveal();
  request.body = cloud_event(entry);
  request.headers = {
      {"Content-Type", std::string(kCloudEventType)},
      {std::string(kSignatureHeader),
       signature(deps_.clock.wall_now(), request.body, secrets_.valid(deps_.clock.steady_now()))}};
  request.session = options_.name;
  request.proxy_url = options_.proxy_url;
  request.timeout = options_.timeout;
  request.max_body_bytes = kMaxAnswer;
  return request;
}

void WebhookSink::answered(std::uint64_t seq, SteadyTime began,
                           const Result<HttpResponse>& answer) {
  const Verdict verdict = verdict_of(answer, deps_.clock.wall_now());
  switch (verdict.kind) {
    case Verdict::Kind::Accepted:
      is_up(began);
      window_->done(seq);
      metrics_.count_delivered();
      break;
    case Verdict::Kind::Refused:
      is_up(began);
      refused(seq, verdict.reason);
      break;
    case Verdict::Kind::Down:
      window_->put_back(seq);
      health_.failed(began, deps_.clock.steady_now(), verdict.retry_after, deps_.draw());
      report(verdict.reason, receiver_problem_);
      break;
  }
  pump();
  if (is_quiet() && deps_.on_quiet) deps_.on_quiet();
}

void WebhookSink::is_up(SteadyTime began) {
  if (!health_.answered(began)) return;
  receiver_problem_.clear();
  deps_.log.info("events can be delivered again", {{"sink", options_.name}});
}

void WebhookSink::refused(std::uint64_t seq, const std::string& reason) {
  const auto& pauses = options_.refusal_pauses;
  const std::size_t before = window_->refusals(seq);
  if (before < pauses.size()) {
    const auto pause = around(pauses[before], deps_.draw());
    return window_->refused(seq, deps_.clock.steady_now() + pause);
  }
  give_up(window_->entry(seq), reason);
  window_->done(seq);
}

void WebhookSink::give_up(const JournalEntry& entry, const std::string& reason) {
  deps_.journal.park(options_.name, entry.seq, reason);
  metrics_.count_parked();
  std::vector<Field> fields{{"sink", options_.name}, {"seq", entry.seq}, {"id", id_of(entry)}};
  if (const Transition* const transition = entry.transition()) {
    fields.emplace_back("job_id", to_string(transition->job.id));
    fields.emplace_back("cluster_name", transition->target.cluster_name);
  }
  fields.emplace_back("reason", reason);
  deps_.log.write(LogLevel::Error, "an event is given up: its receiver refuses it", fields);
}

void WebhookSink::keep_cursor() {
  follower_.delivered(window_->cursor());
  metrics_.show_pending(follower_.cursor(), last_seq_);
}

void WebhookSink::plan_next_pump() {
  const SteadyTime now = deps_.clock.steady_now();
  if (more_ && read_again_at_ > now) pump_at(read_again_at_);
  if (!window_) return;
  if (health_.paused_until() > now) return pump_at(health_.paused_until());
  const auto retry = window_->next_retry();
  if (retry && *retry > now) pump_at(*retry);
}

void WebhookSink::pump_at(SteadyTime when) {
  if (planned_ && *planned_ <= when) return;  // whatever is still to come is planned again then
  planned_ = when;
  const std::weak_ptr<WebhookSink*> alive = alive_;
  deps_.loop.at(when, [alive, when] {
    const auto self = alive.lock();
    if (!self) return;
    if ((*self)->planned_ == when) (*self)->planned_.reset();
    (*self)->pump();
  });
}

void WebhookSink::report(const std::string& problem, std::string& reported) {
  if (problem == reported) return;
  reported = problem;
  deps_.log.error("events cannot be delivered; they are kept and tried again",
                  {{"sink", options_.name}, {"reason", problem}});
}

}  // namespace restorewatch
