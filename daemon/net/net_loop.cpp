#include "net/net_loop.h"

#include <algorithm>
#include <exception>
#include <utility>
#include <vector>

#include "base/version.h"
#include "net/timers.h"
#include "net/transfers.h"
#include "net/work_queue.h"

namespace restorewatch {
namespace {

void run_all(std::vector<std::function<void()>> work) {
  for (auto& piece : work) {
    piece();
    piece = nullptr;  // what it held goes before the next one runs
  }
}

Result<TransferSettings> settings_from(const NetOptions& options) {
  TransferSettings settings;
  settings.user_agent =
      options.user_agent.empty() ? "restorewatch/" + std::string(version()) : options.user_agent;
  if (!options.proxy_url.empty()) {
    if (Status proxy = check_proxy(options.proxy_url); !proxy) return proxy.error();
    settings.proxy_url = options.proxy_url;
  }
  if (!options.ca_file.empty()) {
    auto anchors = TrustAnchors::load(options.ca_file);
    if (!anchors) return anchors.error();
    settings.anchors = std::move(*anchors);
  }
  return settings;
}

}  // namespace

struct NetLoop::Parts {
  const Clock& clock;
  std::chrono::milliseconds longest_wait;
  Timers timers;
  Transfers transfers;
  WorkQueue queue;
};

Result<std::unique_ptr<NetLoop>> NetLoop::create(const NetOptions& options, const Clock& clock) {
  auto settings = settings_from(options);
  if (!settings) return settings.error();
  const std::size_t connections = std::max<std::size_t>(options.max_connections, 1);
  std::unique_ptr<Parts> parts(
      new Parts{clock, options.longest_wait, {}, Transfers(std::move(*settings), connections), {}});
  return std::unique_ptr<NetLoop>(new NetLoop(std::move(parts)));
}

NetLoop::NetLoop(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
NetLoop::~NetLoop() = default;

Status NetLoop::run(const std::stop_token& stop) {
  const std::stop_callback wake(stop, [this] { parts_->transfers.wake(); });
  Status status = Success{};
  try {
    while (status && !stop.stop_requested()) {
      run_ready();
      status = parts_->transfers.perform();
      if (status) status = parts_->transfers.wait(until_next_timer());
    }
  } catch (const std::exception& exception) {
    // Whoever threw has lost its place in what it was doing; to go on would be to limp on.
    status = Error{ErrorKind::Other, std::string("a callback threw: ") + exception.what()};
  }
  parts_->queue.close();
  parts_->transfers.fail_all(Error{ErrorKind::Unreachable, "stopped"});
  parts_->timers.clear();
  return status;
}

void NetLoop::run_ready() {
  run_all(parts_->queue.take_all());
  run_all(parts_->timers.take_due(parts_->clock.steady_now()));
}

std::chrono::milliseconds NetLoop::until_next_timer() const {
  const auto next = parts_->timers.next();
  if (!next) return parts_->longest_wait;
  const auto wait =
      std::chrono::ceil<std::chrono::milliseconds>(*next - parts_->clock.steady_now());
  return std::clamp(wait, std::chrono::milliseconds(0), parts_->longest_wait);
}

void NetLoop::post(std::function<void()> work) {
  if (parts_->queue.push(std::move(work))) parts_->transfers.wake();
}

void NetLoop::at(SteadyTime when, std::function<void()> work) {
  parts_->timers.add(when, std::move(work));
}

void NetLoop::set_max_connections(std::size_t connections) {
  parts_->transfers.set_max_connections(std::max<std::size_t>(connections, 1));
}

void NetLoop::start(HttpRequest request, Done done) {
  parts_->transfers.add(std::move(request), std::move(done));
}

}  // namespace restorewatch
