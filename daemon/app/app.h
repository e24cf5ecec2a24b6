#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>

#include "app/reload.h"
#include "app/service_notices.h"
#include "base/clock.h"
#include "base/log.h"
#include "base/result.h"
#include "base/telemetry.h"
#include "config/config.h"
#include "jobs/note.h"
#include "jobs/snapshot.h"
#include "poller/sweep.h"

namespace restorewatch {

class Archive;
class AtlasClient;
class CallGate;
class Discovery;
class FileAccess;
class Hooks;
class LimitWatch;
class LogSink;
class LoopEcho;
class NetLoop;
class Poller;
class PopulationLog;
class Renderer;
class RuleWatch;
class SecretWatcher;
class SqliteStore;
class Upkeep;
class WebServer;

/// The daemon: builds every object, knows who is who, and owns every thread.
///
///   net     connections to Atlas, timers, and the poller's decisions
///   store   all writes to the store
///   render  pages for Prometheus
///   log     the event log's sink
///   hooks   webhooks, with connections of their own
///   login   hashes passwords, where there are users
///   http    the server and its workers
class App {
 public:
  struct Mode {
    bool serve = true;     // false: neither HTTP server nor webhooks (a single sweep for a script)
    bool spread = true;    // false: look at every target at once
    int event_log_fd = 1;  // where event lines go
    /// Called on the net thread when every target has been looked at once more. May be empty.
    std::function<void(const Sweep::Round&)> on_sweep{};
    /// Called on the net thread when Atlas asks for a pause, so that a sweep will not end soon. May
    /// be empty.
    std::function<void()> on_hold{};
    /// Called from any thread when a part of the daemon has died and the rest should end.
    std::function<void()> on_death = [] {};
    /// Reads the configuration anew, on the thread that asks for a reload. May be empty.
    std::function<ConfigReading()> read_config{};
  };

  /// Opens the store, binds the port, loads what is known; begins nothing. Errors: BadConfig for
  /// what the operator must change, Storage for a store that cannot be used.
  static Result<std::unique_ptr<App>> create(const Config& config, Log log, Mode mode);
  ~App();  // stops

  void start();

  /// Reads the configuration anew and takes it over in place, all or nothing: nothing that is known
  /// of targets is lost, and looks under way end as they began. Returns when it is in force (empty)
  /// or refused: what is wrong, a line each. Between start() and stop(); thread-safe, also while
  /// stop() is going on.
  std::vector<std::string> reload();

  /// How it is: the loop on which the poller decides, and the store. Between start() and stop(), on
  /// one thread.
  Vitals vitals();

  /// The same in a line for people. Any time after create(). Thread-safe.
  std::string status() const;

  /// Ends everything in order: http, poller, net, sinks, store; within five seconds. What was
  /// handed to the store is committed, looks under way are dropped. Clients have no say in it.
  void stop();

  /// The port that is served; 0 without a server.
  int port() const;
  /// Whether connections that come now are to speak TLS.
  bool serves_tls() const;

  /// All projects and clusters could be listed, and some are watched. Any time after create().
  bool knows_all_there_is() const;

  /// The page as it is after all that has been published. Any time after create().
  std::string page() const;

 private:
  App(Log log, Mode mode);
  Status build(const Config& config);
  void show_build_info();
  Status bind_server();
  // The reload, in app_reload.cpp.
  Status apply(const Config& config);
  void take_over(const Config& config);
  void note_reload(const std::string& changed, bool other_rules);
  void watch_secrets();
  void publish(std::shared_ptr<const Snapshot> snapshot);
  std::shared_ptr<const Snapshot> latest() const;
  void note_start();
  void record_for_sure(const std::vector<Note>& notes);
  void note_stop();
  std::vector<std::string> not_ready_because() const;
  std::jthread thread(const char* name, std::function<void(std::stop_token)> body);

  Mode mode_;
  SystemClock clock_;
  Log log_;
  Telemetry telemetry_;
  Config config_;  // in force; changed on the net loop while a reload waits for it
  std::atomic<bool> lifecycle_enabled_ = false;
  std::unique_ptr<Reload> reload_;

  // Each is made from those above it. Three call back down the list: the store wakes the sinks
  // and answers the poller on the net loop, and the poller asks for discovery, so stop() ends them
  // in its own order, and threads come last in the list.
  std::unique_ptr<SqliteStore> store_;
  std::shared_ptr<Archive> archive_;  // what people are shown of the store; none without a server
  std::unique_ptr<NetLoop> net_;
  std::unique_ptr<LoopEcho> echo_;
  std::unique_ptr<CallGate> gate_;
  std::unique_ptr<AtlasClient> atlas_;
  std::unique_ptr<Renderer> renderer_;
  std::unique_ptr<PopulationLog> population_log_;
  std::unique_ptr<Poller> poller_;
  std::unique_ptr<LimitWatch> limit_watch_;
  std::unique_ptr<RuleWatch> rule_watch_;
  std::unique_ptr<Discovery> discovery_;
  std::unique_ptr<Upkeep> upkeep_;
  std::unique_ptr<SecretWatcher> secret_watcher_;
  std::unique_ptr<LogSink> log_sink_;
  std::unique_ptr<Hooks> hooks_;
  std::shared_ptr<FileAccess> access_;
  std::unique_ptr<WebServer> http_;

  mutable std::mutex snapshot_mutex_;  // guards latest_
  std::shared_ptr<const Snapshot> latest_;

  std::jthread render_thread_;
  std::jthread log_thread_;
  std::jthread net_thread_;
  std::jthread login_thread_;
  std::jthread http_thread_;
};

}  // namespace restorewatch
