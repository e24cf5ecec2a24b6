#include "web/file_access.h"

#include <utility>

#include "web/tls_context.h"

namespace restorewatch {

FileAccess::FileAccess(Deps deps)
    : deps_(std::move(deps)),
      usable_(deps_.telemetry
                  .gauge("restorewatch_web_config_last_reload_successful",
                         "Whether the web configuration file, and the certificates and keys that "
                         "it names, could be used when they were last read.")
                  .Add({})),
      expiries_(deps_.telemetry.gauge(
          "restorewatch_http_certificate_expiry_timestamp_seconds",
          "When the first of the certificates that the server shows expires.")),
      logins_({deps_.clock, deps_.telemetry, deps_.matches}) {
  usable_.Set(1);
}

Result<std::unique_ptr<FileAccess>> FileAccess::create(Deps deps) {
  std::unique_ptr<FileAccess> access(new FileAccess(std::move(deps)));
  const std::vector<std::string> problems = access->take_over();
  if (!problems.empty()) return Error{ErrorKind::BadConfig, problems.front()};
  return access;
}

std::vector<std::string> FileAccess::look() {
  std::vector<std::string> problems = take_over();
  usable_.Set(problems.empty() ? 1 : 0);
  tell(problems);
  return problems;
}

std::vector<std::string> FileAccess::take_over() {
  WebReading reading = deps_.read();
  if (!reading.rules) return std::move(reading.problems);
  if (*reading.rules == rules_) return {};
  const Status used = use(*std::move(reading.rules));
  if (!used) return {reading.file + used.error().detail};
  return {};
}

/// All or nothing: what can fail comes first.
Status FileAccess::use(WebRules rules) {
  const bool other_tls = rules.tls != rules_.tls;
  std::shared_ptr<ssl_ctx_st> context;
  if (other_tls && rules.tls) {
    auto made = tls_context(*rules.tls);
    if (!made) return made.error();
    context = *std::move(made);
  }
  if (other_tls) show_expiry(context.get());
  if (rules.users != rules_.users) logins_.set_users(rules.users);
  const std::lock_guard lock(mutex_);
  if (other_tls) tls_ = std::move(context);
  headers_ = std::make_shared<const WebHeaders>(rules.headers);
  if (rules.rate != rules_.rate) use_rate(rules.rate);
  rules_ = std::move(rules);
  deps_.log.info(
      "the web configuration is taken over",
      {{"tls", rules_.tls ? "on" : "off"}, {"users", std::to_string(rules_.users.size())}});
  return Success{};
}

/// With the mutex held. A request takes what passes in `interval`, and there is room for `burst`.
void FileAccess::use_rate(const std::optional<RateRules>& rate) {
  requests_.reset();
  if (!rate) return;
  per_request_ = rate->interval;
  requests_.emplace(rate->interval * rate->burst, 1.0, deps_.clock.steady_now());
}

void FileAccess::tell(const std::vector<std::string>& problems) {
  if (std::exchange(problems_, problems) == problems) return;
  for (const std::string& problem : problems) {
    deps_.log.error("the web configuration is refused; the one before goes on",
                    {{"problem", problem}});
  }
  if (problems.empty()) deps_.log.info("the web configuration can be used again");
}

void FileAccess::show_expiry(ssl_ctx_st* context) {
  const std::optional<WallTime> expiry = context ? first_expiry(*context) : std::nullopt;
  if (expiry) {
    if (expiry_ == nullptr) expiry_ = &expiries_.Add({});
    expiry_->Set(unix_seconds(*expiry));
  } else if (expiry_ != nullptr) {
    expiries_.Remove(std::exchange(expiry_, nullptr));
  }
}

void FileAccess::watch(Loop& loop) {
  loop.at(deps_.clock.steady_now() + kEvery, [this, &loop] {
    if (stopping_) return;
    look();
    watch(loop);
  });
}

std::shared_ptr<ssl_ctx_st> FileAccess::tls() {
  const std::lock_guard lock(mutex_);
  return tls_;
}

std::shared_ptr<const WebHeaders> FileAccess::headers() {
  const std::lock_guard lock(mutex_);
  return headers_;
}

bool FileAccess::is_within_rate() {
  const std::lock_guard lock(mutex_);
  return !requests_ || requests_->take(per_request_, deps_.clock.steady_now());
}

void FileAccess::admit(std::string_view authorization, std::function<void(Admission)> then) {
  if (!is_within_rate()) return then(Admission::Busy);
  logins_.admit(authorization, std::move(then));
}

}  // namespace restorewatch
