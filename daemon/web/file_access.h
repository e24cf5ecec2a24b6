#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/log.h"
#include "base/loop.h"
#include "base/result.h"
#include "base/telemetry.h"
#include "base/web_rules.h"
#include "web/access.h"
#include "web/logins.h"
#include "web/token_bucket.h"
#include "web/web_reading.h"

namespace restorewatch {

/// Who may come in, as a file says that may change at any time, like the certificates it names. It
/// is read again and again, and what is in it is compared; a version that cannot be used changes
/// nothing, is logged once, and shows in the metrics until it is mended.
class FileAccess final : public WebAccess {
 public:
  static constexpr std::chrono::seconds kEvery{10};

  /// All must outlive it.
  struct Deps {
    const Clock& clock;
    Telemetry& telemetry;
    Log log;
    /// Reads the file, and what it names. Without a file: no rules, which is plain HTTP for
    /// everybody.
    std::function<WebReading()> read;
    Logins::Matches matches;  // bcrypt_matches()
  };

  /// Errors: BadConfig, where the file cannot be used as it is.
  static Result<std::unique_ptr<FileAccess>> create(Deps deps);

  std::shared_ptr<ssl_ctx_st> tls() override;
  void admit(std::string_view authorization, std::function<void(Admission)> then) override;
  std::shared_ptr<const WebHeaders> headers() override;

  /// Reads the file now. Empty: what it says is in force; else what is wrong, a line each. Not
  /// several at once.
  std::vector<std::string> look();

  /// Looks every kEvery, on the loop's thread, until stop(), which is called there, too.
  void watch(Loop& loop);
  void stop() { stopping_ = true; }

  /// Hashes passwords until it is asked to stop, on the thread that calls it.
  void run(std::stop_token stop) { logins_.run(std::move(stop)); }

 private:
  explicit FileAccess(Deps deps);
  std::vector<std::string> take_over();
  Status use(WebRules rules);
  void use_rate(const std::optional<RateRules>& rate);
  void tell(const std::vector<std::string>& problems);
  void show_expiry(ssl_ctx_st* context);
  bool is_within_rate();

  Deps deps_;
  prometheus::Gauge& usable_;
  prometheus::Family<prometheus::Gauge>& expiries_;
  prometheus::Gauge* expiry_ = nullptr;  // there is none without TLS
  Logins logins_;
  WebRules rules_;                     // in force; look() alone reads and writes it
  std::vector<std::string> problems_;  // logged already
  bool stopping_ = false;

  std::mutex mutex_;  // guards everything below
  std::shared_ptr<ssl_ctx_st> tls_;
  std::shared_ptr<const WebHeaders> headers_ = std::make_shared<const WebHeaders>();
  std::optional<TokenBucket> requests_;
  std::chrono::nanoseconds per_request_{0};
};

}  // namespace restorewatch
