#pragma once

#include <chrono>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "end_to_end/child.h"
#include "net/test_certificates.h"
#include "store/temporary_folder.h"

namespace restorewatch {

enum class Login { Digest, ServiceAccount };

/// A metric's series: labels as written on the page, and the value.
using SeriesMap = std::map<std::string, double>;

/// A folder with everything that an end-to-end test starts: the fake Atlas with TLS, the daemon,
/// and Prometheus, each in a process of its own. Ports are whatever was free.
class Stage {
 public:
  /// `scenario` is the fake Atlas's, without its list of credentials.
  Stage(Login login, const std::string& scenario);

  /// After so long the fake Atlas ends whatever goes on.
  static constexpr std::chrono::seconds kLifetime{300};

  /// `scenario` is the fake Atlas's, whole; the daemon's settings then name the credentials.
  explicit Stage(const std::string& scenario, std::chrono::seconds lifetime = kLifetime);

  struct DaemonSettings {
    std::string projects{};     // YAML of the configuration's `projects`; empty: none are named
    std::string credentials{};  // YAML of `credentials`; empty: by the login of the stage
    std::string poll = "{interval: 300ms, lost_after: 2s, stale_after: 15m}";
    std::string more{};              // further top-level keys
    std::string host = "127.0.0.1";  // by which the fake Atlas is addressed
    std::string request_timeout = "10s";
    std::string store = "store.db";        // in the stage's folder
    bool lifecycle = false;                // web.enable_lifecycle
    std::optional<std::string> secret{};   // instead of the right one
    std::vector<std::string> arguments{};  // further flags
    std::string prelude{};                 // shell commands that prepare its process
    bool unread_log = false;  // the diagnostic log goes into a pipe that is full and never read
  };
  /// Starts it and waits until it serves. Throws if it does not.
  void start_daemon(const DaemonSettings& settings);
  /// Writes the daemon's configuration anew, with the address that it was started with.
  void configure(const DaemonSettings& settings);
  /// Starts it and does not wait. One that still runs is killed before.
  void launch_daemon(const DaemonSettings& settings);
  /// Whether the one that was launched has said so by now; only then does get() reach it.
  bool daemon_serves();
  Child& daemon() { return *daemon_; }
  void start_prometheus();

  /// A program of Prometheus's, such as promtool.
  static std::string prometheus_program(const std::string& name);

  /// Runs a command of the program with the daemon's configuration.
  std::unique_ptr<Child> run(std::vector<std::string> arguments);

  /// Asks the fake Atlas's control interface. Throws if it does not answer with 200.
  std::string control(const std::string& method, const std::string& path,
                      const std::string& body = "");

  /// The daemon's answer; absent if there is none. `accept`: the header of that name, if any.
  std::optional<std::string> get(const std::string& path, const std::string& accept = "") const;
  /// What the daemon answers to a POST without a body: status and text. Throws without an answer.
  std::pair<int, std::string> post(const std::string& path) const;
  /// A connection to the daemon's server, with this sent and nothing more.
  std::shared_ptr<void> connect_and_send(const std::string& text) const;
  /// One metric's series on the daemon's page.
  SeriesMap metric(const std::string& name) const;
  /// Whether a series whose labels contain all of `parts` has this value.
  bool shows(const std::string& name, const std::vector<std::string>& parts, double value) const;
  /// What Prometheus answers to an instant query, labels without job and instance.
  SeriesMap query(const std::string& expression) const;

  /// The event log, line by line.
  std::vector<std::string> event_log() const;
  /// Those of its lines that tell of a restore job.
  std::vector<std::string> events() const;

  /// Everything that any of the programs but the fake Atlas wrote or serves.
  std::string all_outputs() const;

  /// Writes a secret where the daemon can read it, and returns the file's path.
  std::string secret_file(const std::string& name, const std::string& secret) const;

  const TemporaryFolder& folder() const { return folder_; }
  const std::string& config_file() const { return config_file_; }
  static std::string program(const std::string& name);

 private:
  void start_atlas(const std::string& scenario, std::chrono::seconds lifetime);
  std::string credentials(const DaemonSettings& settings) const;

  TemporaryFolder folder_;
  Login login_;
  KeyPair authority_;
  std::string config_file_;
  int atlas_port_ = 0;
  int daemon_port_ = 0;
  int configured_port_ = 0;
  std::size_t daemon_log_before_ = 0;  // what earlier ones wrote into the diagnostic log
  bool daemon_serves_ = false;
  std::shared_ptr<void> unread_pipe_;
  int prometheus_port_ = 0;
  std::unique_ptr<Child> atlas_;
  std::unique_ptr<Child> daemon_;
  std::unique_ptr<Child> prometheus_;
};

/// A port that nobody listens on right now.
int free_port();

}  // namespace restorewatch
