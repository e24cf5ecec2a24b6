#include "config/secret_watcher.h"

#include <utility>

#include "config/secrets.h"

namespace restorewatch {

SecretWatcher::SecretWatcher(Loop& loop, const Clock& clock, Log log)
    : loop_(loop), clock_(clock), log_(std::move(log)) {}

void SecretWatcher::watch(std::vector<WatchedSecret> secrets) {
  entries_.clear();
  for (WatchedSecret& secret : secrets) entries_.push_back({std::move(secret)});
}

void SecretWatcher::start() {
  loop_.at(clock_.steady_now() + kEvery, [this] {
    if (stopping_) return;
    look();
    start();
  });
}

void SecretWatcher::look() {
  std::vector<WatchedSecret> changed;  // who is told may replace what is watched
  for (Entry& entry : entries_) {
    if (has_changed(entry)) changed.push_back(entry.watched);
  }
  for (const WatchedSecret& secret : changed) secret.changed(secret.secret);
}

bool SecretWatcher::has_changed(Entry& entry) {
  WatchedSecret& watched = entry.watched;
  const Result<Secret> now = read_secret_at(watched.path);
  if (!now) {
    if (entry.problem == now.error().detail) return false;
    entry.problem = now.error().detail;
    log_.error("a secret cannot be read again; the one before stays in use",
               {{"secret", watched.name}, {"reason", entry.problem}});
    return false;
  }
  if (!std::exchange(entry.problem, "").empty()) {
    log_.info("a secret can be read again", {{"secret", watched.name}});
  }
  if (*now == watched.secret) return false;
  watched.secret = *now;
  log_.info("a secret's file has changed", {{"secret", watched.name}});
  return true;
}

}  // namespace restorewatch
