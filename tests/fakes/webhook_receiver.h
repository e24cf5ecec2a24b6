#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace restorewatch {

class RawServer;
class ServerSocket;
struct ReceivedRequest;

/// One delivery, read from its body.
struct ReceivedEvent {
  std::string id;
  std::string type;
  std::uint64_t seq = 0;
  std::string job_id;  // empty where there is none
  std::string to;      // likewise
  std::string body;    // as it came
  int status = 0;      // what it was answered with; 0: with nothing
};

/// Receives webhooks on a loopback port of the system's choice, and answers as it is told. It
/// checks each delivery as a careful receiver would, with code of its own. Thread-safe.
class WebhookReceiver {
 public:
  struct Answer {
    int status = 204;
    std::string retry_after{};           // of the header, where not empty
    std::chrono::milliseconds delay{0};  // how long the answer takes; cut short at the end
    bool drop = false;                   // close the connection, and answer nothing
  };
  using Script = std::function<Answer(const ReceivedEvent&)>;

  /// `secret`: what deliveries must be signed with.
  explicit WebhookReceiver(std::string secret);
  ~WebhookReceiver();
  WebhookReceiver(const WebhookReceiver&) = delete;
  WebhookReceiver& operator=(const WebhookReceiver&) = delete;

  /// Where to send events: a path that must show up nowhere follows host and port.
  std::string url() const;

  /// From now on. Before: 204.
  void answer(Answer always);
  /// Called for each delivery, on the connection's thread. It must not call the receiver.
  void answer_by(Script script);
  /// For the next one only, after what has been lined up before; then as above.
  void answer_next(Answer once);
  /// Deliveries must now be signed with this one.
  void set_secret(std::string secret);

  /// What was accepted (2xx), in the order of arrival, repeats included.
  std::vector<ReceivedEvent> received() const;
  /// Everything that came.
  std::vector<ReceivedEvent> attempts() const;
  /// Blocks until so many have been accepted. False: not within `patience`.
  bool wait_for(std::size_t count, std::chrono::seconds patience = std::chrono::seconds(20)) const;

  /// What was wrong with deliveries: no or a bad signature, a bad time, a bad shape. Such a
  /// delivery is answered with 400 and is in none of the lists above.
  std::vector<std::string> complaints() const;

 private:
  void serve(const ReceivedRequest& request, ServerSocket& socket);
  Answer answer_to(const ReceivedEvent& event);

  mutable std::mutex mutex_;  // guards all but server_
  mutable std::condition_variable arrived_;
  std::string secret_;
  Script script_;
  std::deque<Answer> next_;
  std::vector<ReceivedEvent> events_;
  std::vector<std::string> complaints_;
  std::unique_ptr<RawServer> server_;  // last: its threads use all of the above
};

}  // namespace restorewatch
