// How the daemon takes another configuration while it runs; the rest is in app.cpp.

#include <future>
#include <memory>
#include <utility>

#include "app/app.h"
#include "app/config_changes.h"
#include "app/hooks.h"
#include "app/limit_watch.h"
#include "app/options.h"
#include "app/rule_watch.h"
#include "config/rules_text.h"
#include "config/secret_watcher.h"
#include "events/log_sink.h"
#include "poller/call_gate.h"
#include "poller/upkeep.h"
#include "store/sqlite_store.h"
#include "web/file_access.h"

namespace restorewatch {
namespace {

/// For the net loop to come to it. It does so within milliseconds unless something hangs.
constexpr std::chrono::seconds kPatience{5};

/// Runs `work` on the loop and waits for it. False: it has not been run and will not be, since the
/// loop has ended or does not come to it.
bool run_on(Loop& loop, std::function<void()> work) {
  const auto taken = std::make_shared<std::atomic<bool>>(false);
  auto promise = std::make_shared<std::promise<void>>();
  auto done = promise->get_future();
  // The promise is the posted work's alone: if that is dropped, nobody waits for ever.
  loop.post([taken, promise = std::exchange(promise, nullptr), work = std::move(work)] {
    if (taken->exchange(true)) return;
    work();
    promise->set_value();
  });
  if (done.wait_for(kPatience) == std::future_status::timeout && !taken->exchange(true)) {
    return false;
  }
  try {
    done.get();
    return true;
  } catch (const std::future_error&) {
    return false;
  }
}

Secret& secret_of(Credential& credential) {
  auto* service = std::get_if<ServiceAccount>(&credential.login);
  return service != nullptr ? service->client_secret
                            : std::get<ApiKey>(credential.login).private_key;
}

}  // namespace

std::vector<std::string> App::reload() {
  return reload_->run();
}

Status App::apply(const Config& config) {
  const std::string fixed = keys_needing_a_restart(config_, config);
  if (!fixed.empty()) {
    return Error{ErrorKind::BadConfig,
                 fixed + ": cannot change while the daemon runs; needs a restart"};
  }
  if (run_on(*net_, [&] { take_over(config); })) return Success{};
  return Error{ErrorKind::Other, "the daemon is ending, or too busy to take it over"};
}

/// On the net loop. Nothing here can fail, so that nothing is ever done by halves.
void App::take_over(const Config& config) {
  const std::string changed = changed_sections(config_, config);
  const bool other_rules = rules_in_words(config_) != rules_in_words(config);
  const bool other_logins = config.credentials != config_.credentials;
  config_ = config;
  log_.set_options({config.log.level, config.log.format});
  log_sink_->set_format(config.log.format);
  net_->set_max_connections(net_options_of(config).max_connections);
  atlas_->reconfigure(atlas_options_of(config));
  gate_->set_share(config.poll.rate_budget);
  limit_watch_->set_enabled(config.poll.read_rate_limits);
  rule_watch_->set_rules(rules_of(config));
  poller_->reconfigure(poller_options_of(config));
  upkeep_->set_retention(config.storage.retention);
  discovery_->reconfigure(discovery_options_of(config), wanted_of(config), other_logins);
  if (hooks_) hooks_->apply(webhook_options_of(config));
  watch_secrets();
  lifecycle_enabled_ = config.web.enable_lifecycle;
  if (access_) access_->look();  // what is wrong with the file by now, it logs
  log_.info("the configuration is taken over",
            {{"changed", changed.empty() ? "nothing" : changed}});
  note_reload(changed.empty() ? "nothing has changed" : changed, other_rules);
}

void App::note_reload(const std::string& changed, bool other_rules) {
  const WallTime now = clock_.wall_now();
  std::vector<Note> notes{{NoteKind::ConfigurationLoaded, now, {}, {}, changed}};
  if (other_rules) {
    notes.push_back({NoteKind::RulesInForce, now, {}, {}, rules_in_words(config_)});
  }
  store_->record(std::move(notes), [log = log_](CommitStatus status) {
    if (status == CommitStatus::Committed) return;
    log.error("the journal could not be told that the configuration was taken over");
  });
}

void App::watch_secrets() {
  std::vector<WatchedSecret> secrets;
  for (Credential& credential : config_.credentials) {
    if (credential.secret_path.empty()) continue;
    secrets.push_back({"credential " + credential.name, credential.secret_path,
                       secret_of(credential), [this, name = credential.name](const Secret& now) {
                         for (Credential& known : config_.credentials) {
                           if (known.name == name) secret_of(known) = now;
                         }
                         atlas_->offer_secret(name, now);
                       }});
  }
  for (std::size_t i = 0; hooks_ && i < config_.events.webhooks.size(); ++i) {
    const WebhookConfig& webhook = config_.events.webhooks[i];
    secrets.push_back({"webhook " + webhook.name, webhook.secret_path, webhook.secret,
                       [this, i](const Secret& now) {
                         config_.events.webhooks[i].secret = now;
                         hooks_->apply(webhook_options_of(config_));
                       }});
  }
  secret_watcher_->watch(std::move(secrets));
}

}  // namespace restorewatch
