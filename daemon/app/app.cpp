#include "app/app.h"

#include <future>
#include <memory>
#include <utility>

#include "app/hooks.h"
#include "app/limit_watch.h"
#include "app/loop_echo.h"
#include "app/named_thread.h"
#include "app/options.h"
#include "app/own_troubles.h"
#include "app/rule_watch.h"
#include "app/web_rules_reader.h"
#include "base/journal_stream.h"
#include "base/version.h"
#include "config/rules_text.h"
#include "config/secret_watcher.h"
#include "events/event_fields.h"
#include "events/log_sink.h"
#include "http/routes.h"
#include "metrics/renderer.h"
#include "poller/call_gate.h"
#include "poller/population_log.h"
#include "poller/upkeep.h"
#include "store/archive_reader.h"
#include "store/sqlite_store.h"
#include "web/bcrypt.h"
#include "web/file_access.h"
#include "web/web_server.h"

namespace restorewatch {
namespace {

/// What the poller, a drained store, a stopped store and the server may each take to end. With the
/// webhooks' 1.25 s that is 4.25 s, of the five that a stop may take.
constexpr std::chrono::milliseconds kStopPatience{750};

constexpr std::chrono::seconds kTryAgainAfter{10};

std::vector<Field> event_with_level(const JournalEntry& entry) {
  std::vector<Field> fields = event_fields(entry);
  fields.emplace_back("level", label(level_of(entry)));
  return fields;
}

}  // namespace

Result<std::unique_ptr<App>> App::create(const Config& config, Log log, Mode mode) {
  std::unique_ptr<App> app(new App(std::move(log), std::move(mode)));
  const Status built = app->build(config);
  if (!built) return built.error();
  return app;
}

App::App(Log log, Mode mode) : mode_(std::move(mode)), log_(std::move(log)) {}

App::~App() {
  stop();
}

Status App::build(const Config& config) {
  show_build_info();
  config_ = config;
  lifecycle_enabled_ = config.web.enable_lifecycle;
  reload_ = std::make_unique<Reload>(Reload::Deps{clock_, telemetry_, log_, mode_.read_config,
                                                  [this](const Config& c) { return apply(c); }});
  StoreOptions store_options{config.storage.path};
  store_options.stop_timeout = kStopPatience;
  // The sinks are made after the store and end before it; until then there is nobody to wake.
  store_options.on_death = mode_.on_death;
  store_options.on_journal = [this] {
    if (log_sink_) log_sink_->wake();
    if (hooks_) hooks_->wake();
  };
  auto store = SqliteStore::open(std::move(store_options), {clock_, telemetry_, log_});
  if (!store) return store.error();
  store_ = *std::move(store);

  auto net = NetLoop::create(net_options_of(config), clock_);
  if (!net) return net.error();
  net_ = *std::move(net);
  echo_ = std::make_unique<LoopEcho>(*net_);
  gate_ = std::make_unique<CallGate>(budget_options_of(config),
                                     CallGate::Deps{clock_, telemetry_, log_, mode_.on_hold});
  atlas_ = std::make_unique<AtlasClient>(
      atlas_options_of(config), AtlasClient::Deps{*net_, *net_, *gate_, clock_, telemetry_, log_});

  renderer_ = std::make_unique<Renderer>(clock_, telemetry_);
  population_log_ = std::make_unique<PopulationLog>(PopulationLog::Deps{*net_, clock_, *store_});
  PollerOptions poller_options = poller_options_of(config);
  poller_options.spread = mode_.spread;
  poller_ = std::make_unique<Poller>(
      poller_options,
      Poller::Deps{*net_, clock_, *atlas_, *store_, gate_->budget(), telemetry_, log_,
                   [this](auto snapshot) { publish(std::move(snapshot)); }, mode_.on_sweep,
                   [this](const ProjectId& id) { discovery_->look_again(id); }});
  limit_watch_ = std::make_unique<LimitWatch>(
      config.poll.read_rate_limits,
      LimitWatch::Deps{
          *net_, clock_, *gate_, log_,
          [this](const ProjectId& id, const auto& credentials, const LimitsDone& done) {
            atlas_->read_limits(id, credentials, done);
          }});
  rule_watch_ = std::make_unique<RuleWatch>(rules_of(config), log_);
  discovery_ =
      std::make_unique<Discovery>(discovery_options_of(config), wanted_of(config),
                                  Discovery::Deps{*net_, clock_, atlas_->directory(), *store_,
                                                  telemetry_, log_, [this](auto inventory) {
                                                    limit_watch_->watch(inventory);
                                                    rule_watch_->look(inventory);
                                                    poller_->watch(std::move(inventory));
                                                  }});
  upkeep_ = std::make_unique<Upkeep>(
      config.storage.retention,
      Upkeep::Deps{*net_, clock_, *store_, *store_, log_, [this] { return atlas_->clock_offset(); },
                   [this](WallTime horizon) { poller_->forget(horizon); }});
  if (Status loaded = population_log_->load(); !loaded) return loaded;
  if (Status loaded = poller_->load(); !loaded) return loaded;
  if (Status loaded = discovery_->load(); !loaded) return loaded;

  log_sink_ =
      std::make_unique<LogSink>(LogSink::Options{mode_.event_log_fd, config.log.format,
                                                 is_read_by_the_journal(mode_.event_log_fd)},
                                LogSink::Deps{clock_, *store_, telemetry_, log_});
  if (mode_.serve) {
    // A single sweep leaves webhooks their places in the journal: the daemon sends what was found.
    auto hooks = Hooks::create(webhook_options_of(config),
                               {clock_, *store_, telemetry_, log_, mode_.on_death});
    if (!hooks) return hooks.error();
    hooks_ = *std::move(hooks);
  }
  secret_watcher_ = std::make_unique<SecretWatcher>(*net_, clock_, log_);
  watch_secrets();
  return mode_.serve ? bind_server() : Success{};
}

Status App::bind_server() {
  auto archive = ArchiveReader::open(config_.storage.path);
  if (!archive) return archive.error();
  archive_ = *std::move(archive);
  HttpContent content;
  content.metrics = [this](PageFormat format, bool likes_gzip) -> ReadyPage {
    if (likes_gzip) {
      if (auto gzipped = renderer_->gzipped_page(format)) return {std::move(gzipped), true};
    }
    return {renderer_->page(format), false};
  };
  content.not_ready_because = [this] { return not_ready_because(); };
  content.site = {[this] { return latest(); }, [this] { return clock_.wall_now(); }, archive_,
                  event_with_level, [this] { return own_troubles(telemetry_); }};
  content.reload = [this] { return lifecycle_enabled_ ? std::optional(reload()) : std::nullopt; };
  auto access =
      FileAccess::create({clock_, telemetry_, log_,
                          [this] { return read_web_rules(config_.web.access); }, bcrypt_matches});
  if (!access) return access.error();
  access_ = *std::move(access);
  auto http = WebServer::bind(web_options_of(config_),
                              {clock_, telemetry_, routes(std::move(content)), access_});
  if (!http) return http.error();
  http_ = *std::move(http);
  return Success{};
}

void App::show_build_info() {
  telemetry_.gauge("restorewatch_build_info", "What this program was built from; the value is 1.")
      .Add({{"version", std::string(version())},
            {"revision", std::string(revision())},
            {"compiler", std::string(compiler())}})
      .Set(1);
}

/// The journal says when somebody watched. A start without a stop before it tells that the run
/// before was cut short.
void App::note_start() {
  const WallTime now = clock_.wall_now();
  std::vector<Note> notes;
  const auto last = store_->last_seq();
  if (last && *last == 0) notes.push_back({NoteKind::StoreCreated, now});
  Note started{NoteKind::DaemonStarted, now};
  started.detail = std::string(version()) + " " + std::string(revision());
  notes.push_back(std::move(started));
  Note rules{NoteKind::RulesInForce, now};
  rules.detail = rules_in_words(config_);
  if (!rules.detail.empty()) notes.push_back(std::move(rules));
  record_for_sure(notes);
}

/// Also when the disk is full at the moment.
void App::record_for_sure(const std::vector<Note>& notes) {
  store_->record(notes, [this, notes](CommitStatus status) {
    if (status == CommitStatus::Committed) return;
    net_->post([this, notes] {
      net_->at(clock_.steady_now() + kTryAgainAfter, [this, notes] { record_for_sure(notes); });
    });
  });
}

void App::note_stop() {
  store_->record({{NoteKind::DaemonStopped, clock_.wall_now()}}, [](CommitStatus) {});
}

void App::start() {
  note_start();
  render_thread_ = thread("render", [this](const std::stop_token& stop) { renderer_->run(stop); });
  log_thread_ = thread("log", [this](const std::stop_token& stop) { log_sink_->run(stop); });
  net_thread_ = thread("net", [this](const std::stop_token& stop) {
    const Status ended = net_->run(stop);
    if (ended) return;
    log_.error("connections cannot be served any more", {{"reason", ended.error().detail}});
    mode_.on_death();
  });
  if (hooks_) hooks_->start();
  net_->post([this] {
    discovery_->start();  // first, so that the first page shows what is remembered
    poller_->start();
    secret_watcher_->start();
    upkeep_->start();
    if (access_) access_->watch(*net_);
  });
  if (!http_) return;
  login_thread_ = thread("login", [this](std::stop_token stop) { access_->run(std::move(stop)); });
  http_thread_ = thread("http", [this](const std::stop_token& /*stop*/) {
    if (http_->run()) return;
    log_.error("the HTTP server has ended by itself");
    mode_.on_death();
  });
}

void App::stop() {
  if (http_thread_.joinable()) http_->stop();
  login_thread_.request_stop();  // who waits for it is told to come again
  if (net_thread_.joinable()) {
    auto stopped = std::make_shared<std::promise<void>>();
    net_->post([this, stopped] {
      discovery_->stop();
      limit_watch_->stop();
      poller_->stop();
      secret_watcher_->stop();
      upkeep_->stop();
      if (access_) access_->stop();
      stopped->set_value();
    });
    stopped->get_future().wait_for(kStopPatience);
    net_thread_.request_stop();
    net_thread_.join();
    note_stop();
  }
  if (store_) store_->drain();  // so that the sinks can still deliver what was seen last
  log_thread_.request_stop();
  render_thread_.request_stop();
  if (hooks_) hooks_->stop();  // meanwhile the log has its last words
  for (std::jthread* ending : {&log_thread_, &render_thread_}) {
    if (ending->joinable()) ending->join();
  }
  if (store_) store_->stop();
  for (std::jthread* ending : {&login_thread_, &http_thread_}) {
    if (ending->joinable()) ending->join();
  }
}

int App::port() const {
  return http_ ? http_->port() : 0;
}

bool App::serves_tls() const {
  return access_ && access_->tls() != nullptr;
}

bool App::knows_all_there_is() const {
  const std::lock_guard lock(snapshot_mutex_);
  return latest_ && latest_->inventory && is_whole(*latest_->inventory) &&
         !targets_of(*latest_->inventory).empty();
}

std::shared_ptr<const Snapshot> App::latest() const {
  const std::lock_guard lock(snapshot_mutex_);
  return latest_;
}

std::string App::page() const {
  const std::lock_guard lock(snapshot_mutex_);
  return renderer_->render(latest_ ? *latest_ : Snapshot{});
}

void App::publish(std::shared_ptr<const Snapshot> snapshot) {
  renderer_->submit(snapshot);
  population_log_->update(*snapshot);
  const std::lock_guard lock(snapshot_mutex_);
  latest_ = std::move(snapshot);
}

std::vector<std::string> App::not_ready_because() const {
  std::vector<std::string> reasons;
  if (!store_->healthy()) reasons.emplace_back("the store cannot be written");
  if (!renderer_->page(PageFormat::Text)) reasons.emplace_back("no page has been made yet");
  return reasons;
}

std::jthread App::thread(const char* name, std::function<void(std::stop_token)> body) {
  return start_thread(name, log_, std::move(body), mode_.on_death);
}

}  // namespace restorewatch
