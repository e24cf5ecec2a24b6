#pragma once

#include <chrono>
#include <string>
#include <vector>

namespace restorewatch {

/// Stands in for systemd: a datagram socket that services tell how they are, sd_notify(3).
class NotifySocket {
 public:
  struct Notice {
    std::chrono::steady_clock::time_point came_at;
    std::string text;

    /// Whether one of its lines begins like this.
    bool says(const std::string& beginning) const;
  };

  /// `path`: where the socket is to be; at most 100 bytes. Throws if that cannot be.
  explicit NotifySocket(const std::string& path);
  ~NotifySocket();
  NotifySocket(const NotifySocket&) = delete;
  NotifySocket& operator=(const NotifySocket&) = delete;

  /// Everything that was told so far, in its order.
  const std::vector<Notice>& told();

  /// Waits for a notice that says so, from the `from`th on. False: none came in time.
  bool hears(const std::string& beginning, std::size_t from = 0,
             std::chrono::seconds patience = std::chrono::seconds(30));

  /// Takes what comes for so long.
  void listen(std::chrono::milliseconds time);

 private:
  bool receive(std::chrono::milliseconds patience);

  int fd_;
  std::vector<Notice> told_;
};

}  // namespace restorewatch
