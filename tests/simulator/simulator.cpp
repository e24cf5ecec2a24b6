#include "simulator/simulator.h"

#include <sys/socket.h>

#include <atomic>
#include <cstdio>
#include <stdexcept>
#include <thread>
#include <utility>

#include <httplib.h>

#include "simulator/atlas.h"
#include "simulator/connections.h"
#include "simulator/control.h"
#include "simulator/sender.h"

namespace atlas_simulator {
namespace {

// cpp-httplib keeps one thread per connection, idle or not.
constexpr std::size_t kThreads = 64;
constexpr std::size_t kMostRequestsPerConnection = 1'000'000;
constexpr time_t kIdleSeconds = 30;

/// cpp-httplib's pool, which is handed one task per connection, counting them.
class CountingPool : public httplib::TaskQueue {
 public:
  explicit CountingPool(std::atomic<std::int64_t>& count) : count_(count), pool_(kThreads) {}
  void enqueue(std::function<void()> task) override {
    ++count_;
    pool_.enqueue(std::move(task));
  }
  void shutdown() override { pool_.shutdown(); }

 private:
  std::atomic<std::int64_t>& count_;
  httplib::ThreadPool pool_;
};

std::unique_ptr<httplib::Server> make_server(const SimulatorOptions& options) {
  if (options.tls_cert.empty()) return std::make_unique<httplib::Server>();
  return std::make_unique<httplib::SSLServer>(options.tls_cert.c_str(), options.tls_key.c_str());
}

ApiRequest api_request(const httplib::Request& request) {
  ApiRequest api;
  api.method = request.method;
  api.path = request.path;
  api.target = request.target;
  api.query = request.params;
  api.authorization = request.get_header_value("Authorization");
  api.accept = request.get_header_value("Accept");
  api.content_type = request.get_header_value("Content-Type");
  api.body = request.body;
  return api;
}

bool accepts_gzip(const httplib::Request& request) {
  return request.get_header_value("Accept-Encoding").find("gzip") != std::string::npos;
}

/// A request that announces no body has none (RFC 9112, 6.3). cpp-httplib 0.11 waits five seconds
/// for one instead, so it is told before it reads.
httplib::Server::HandlerResponse announce_empty_body(const httplib::Request& request,
                                                     httplib::Response& /*response*/) {
  if (!request.has_header("Content-Length") && !request.has_header("Transfer-Encoding")) {
    const_cast<httplib::Request&>(request).set_header("Content-Length", "0");
  }
  return httplib::Server::HandlerResponse::Unhandled;
}

std::shared_ptr<VirtualClock> make_clock(const Scenario& scenario,
                                         const SimulatorOptions& options) {
  if (options.clock) return std::make_shared<VirtualClock>(options.clock);
  return std::make_shared<VirtualClock>(scenario.start.value_or(VirtualClock::real_now()),
                                        scenario.time_factor);
}

/// Only this, and not SO_REUSEPORT, which is cpp-httplib's choice: by that, two processes could
/// bind one port and neither would know.
void reuse_address(socket_t socket) {
  const int yes = 1;
  setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
}

}  // namespace

struct Simulator::Impl {
  Impl(const Scenario& scenario, SimulatorOptions given)
      : options(std::move(given)),
        atlas(scenario, make_clock(scenario, options)),
        control(
            atlas, [this] { return requests(); },
            [this] {
              if (options.on_quit) options.on_quit();
            }),
        server(make_server(options)) {}

  RequestCounts requests() const {
    RequestCounts counts = atlas.counts();
    counts.connections = connection_count;
    return counts;
  }

  void handle(const httplib::Request& request, httplib::Response& response);
  void configure();
  void bind();

  const SimulatorOptions options;
  Atlas atlas;
  Control control;
  Connections connections;
  std::atomic<std::int64_t> connection_count{0};
  const std::unique_ptr<httplib::Server> server;
  int port = 0;
  std::thread listener;
};

void Simulator::Impl::handle(const httplib::Request& request, httplib::Response& response) {
  const ApiRequest api = api_request(request);
  if (api.path.starts_with(kControlPrefix)) {
    const Answer answer = control.answer(api);
    response.status = answer.status;
    return response.set_content(answer.body, answer.content_type);
  }
  const int client = request.remote_port;
  const auto hold = [this, client](Millis length) { return connections.hold(client, length); };
  Reply reply = atlas.reply(api, hold);
  if (reply.answer.status == 0) return connections.reset(client);
  auto whole = [this, shown = reply.unshown] { atlas.show(shown); };
  fill_response(std::move(reply), accepts_gzip(request), hold, std::move(whole), response);
}

void Simulator::Impl::configure() {
  const auto handler = [this](const httplib::Request& request, httplib::Response& response) {
    handle(request, response);
  };
  constexpr const char* kEveryPath = ".*";
  server->Get(kEveryPath, handler).Post(kEveryPath, handler).Put(kEveryPath, handler);
  server->Patch(kEveryPath, handler).Delete(kEveryPath, handler).Options(kEveryPath, handler);
  server->set_pre_routing_handler(announce_empty_body);
  server->set_exception_handler(
      [](const auto& request, auto& response, const std::exception_ptr& /*thrown*/) {
        std::fprintf(stderr, "atlas-simulator: %s %s failed inside\n", request.method.c_str(),
                     request.path.c_str());
        response.status = 500;
      });
  server->set_keep_alive_max_count(kMostRequestsPerConnection);
  server->set_keep_alive_timeout(kIdleSeconds);
  server->set_tcp_nodelay(true);  // head and body are written apart
  server->set_socket_options(reuse_address);
  server->new_task_queue = [this] { return new CountingPool(connection_count); };
}

void Simulator::Impl::bind() {
  if (!server->is_valid()) throw std::runtime_error("the certificate or its key cannot be used");
  if (options.port == 0) {
    port = server->bind_to_any_port(options.host);
  } else if (server->bind_to_port(options.host, options.port)) {
    port = options.port;
  }
  if (port <= 0) throw std::runtime_error("cannot listen on " + options.host);
  connections.set_port(port);
}

Simulator::Simulator(const Scenario& scenario, SimulatorOptions options)
    : impl_(std::make_unique<Impl>(scenario, std::move(options))) {}

Simulator::~Simulator() {
  stop();
}

void Simulator::start() {
  impl_->configure();
  impl_->bind();
  impl_->listener = std::thread([server = impl_->server.get()] { server->listen_after_bind(); });
  // The socket is bound, so clients may connect already; but a stop() before this would be lost.
  while (!impl_->server->is_running()) std::this_thread::yield();
}

void Simulator::stop() {
  if (!impl_->listener.joinable()) return;
  impl_->server->stop();
  impl_->connections.stop();
  impl_->listener.join();
}

int Simulator::port() const {
  return impl_->port;
}

std::string Simulator::base_url() const {
  const std::string scheme = impl_->options.tls_cert.empty() ? "http" : "https";
  return scheme + "://" + impl_->options.host + ':' + std::to_string(impl_->port);
}

void Simulator::add_fault(const Fault& fault) {
  impl_->atlas.add_fault(fault);
}
void Simulator::clear_faults() {
  impl_->atlas.clear_faults();
}
std::vector<std::string> Simulator::add_job(const AddedJob& added) {
  return impl_->atlas.add_job(added);
}
void Simulator::act(const Action& action) {
  impl_->atlas.act(action);
}
void Simulator::drain(const Drain& drain) {
  impl_->atlas.drain(drain);
}
void Simulator::advance(Millis step) {
  impl_->atlas.advance(step);
}
std::string Simulator::truth_json() const {
  return impl_->atlas.truth_json();
}
RequestCounts Simulator::requests() const {
  return impl_->requests();
}

}  // namespace atlas_simulator
