#include "app/hooks.h"

#include <chrono>
#include <future>
#include <utility>

#include "app/named_thread.h"

namespace restorewatch {
namespace {

constexpr std::chrono::seconds kLastDeliveries{1};
constexpr std::chrono::milliseconds kGrace{250};  // for the loop to say that it has ended them

/// So many that no webhook waits for the connections of others: each has eight at most.
constexpr std::size_t kMaxConnections = 256;

}  // namespace

Result<std::unique_ptr<Hooks>> Hooks::create(std::vector<WebhookOptions> webhooks, Deps deps) {
  NetOptions options;  // neither the CA file nor the proxy of Atlas: these are other servers
  options.max_connections = kMaxConnections;
  auto net = NetLoop::create(options, deps.clock);
  if (!net) return net.error();
  std::unique_ptr<Hooks> hooks(new Hooks(*std::move(net), std::move(deps)));
  hooks->webhooks_.apply(std::move(webhooks));
  return hooks;
}

Hooks::Hooks(std::unique_ptr<NetLoop> net, Deps deps)
    : deps_(std::move(deps)),
      random_(std::random_device()()),
      net_(std::move(net)),
      webhooks_({*net_, *net_, deps_.clock, deps_.journal, deps_.telemetry, deps_.log,
                 [this] { return std::uniform_real_distribution<double>()(random_); }}) {}

Hooks::~Hooks() {
  stop();
}

void Hooks::start() {
  thread_ = start_thread(
      "hooks", deps_.log, [this](const std::stop_token& stop) { run(stop); }, deps_.on_death);
}

void Hooks::run(const std::stop_token& stop) {
  const Status ended = net_->run(stop);
  if (ended) return;
  deps_.log.error("webhooks cannot be delivered any more", {{"reason", ended.error().detail}});
  deps_.on_death();
}

void Hooks::apply(std::vector<WebhookOptions> webhooks) {
  net_->post(
      [this, webhooks = std::move(webhooks)]() mutable { webhooks_.apply(std::move(webhooks)); });
}

void Hooks::stop() {
  if (!thread_.joinable()) return;
  auto ended = std::make_shared<std::promise<void>>();
  net_->post([this, ended] { webhooks_.finish(kLastDeliveries, [ended] { ended->set_value(); }); });
  ended->get_future().wait_for(kLastDeliveries + kGrace);
  thread_.request_stop();
  thread_.join();
}

}  // namespace restorewatch
