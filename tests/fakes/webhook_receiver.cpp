#include "fakes/webhook_receiver.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <simdjson.h>

#include <array>
#include <charconv>
#include <optional>
#include <sstream>
#include <string_view>
#include <utility>

#include "net/raw_server.h"

namespace restorewatch {
namespace {

constexpr const char* kPath = "/hooks/SECRETPATH-0001";
constexpr std::chrono::seconds kReplayWindow{300};

std::string hmac_hex(const std::string& key, const std::string& message) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> bytes{};
  unsigned int size = 0;
  HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()),
       reinterpret_cast<const unsigned char*>(message.data()), message.size(), bytes.data(), &size);
  std::string hex;
  for (unsigned int i = 0; i < size; ++i) {
    constexpr std::string_view kDigits = "0123456789abcdef";
    hex += kDigits[bytes[i] >> 4U];
    hex += kDigits[bytes[i] & 0xFU];
  }
  return hex;
}

bool is_now(const std::string& unix_seconds) {
  std::int64_t seconds = 0;
  const auto [end, error] =
      std::from_chars(unix_seconds.data(), unix_seconds.data() + unix_seconds.size(), seconds);
  const auto age =
      std::chrono::system_clock::now() - std::chrono::sys_seconds(std::chrono::seconds(seconds));
  return error == std::errc() && *end == '\0' && std::chrono::abs(age) < kReplayWindow;
}

/// Empty: "t=1790000000,v1=…[,v1=…]" holds a signature of `body` by `secret`.
std::string fault_of_signature(const std::string& header, const std::string& secret,
                               const std::string& body) {
  std::string time;
  std::vector<std::string> signatures;
  std::istringstream parts(header);
  for (std::string part; std::getline(parts, part, ',');) {
    if (part.starts_with("t=")) time = part.substr(2);
    if (part.starts_with("v1=")) signatures.push_back(part.substr(3));
  }
  if (!is_now(time)) return "the signature is not of now";
  const std::string expected = hmac_hex(secret, time + "." + body);
  for (const std::string& signature : signatures) {
    if (signature.size() == expected.size() &&
        CRYPTO_memcmp(signature.data(), expected.data(), expected.size()) == 0) {
      return "";
    }
  }
  return "no signature of the secret";
}

std::string header(const ReceivedRequest& request, const std::string& name) {
  const auto found = request.headers.find(name);
  return found == request.headers.end() ? "" : found->second;
}

std::string text(simdjson::dom::element object, std::string_view key) {
  std::string_view value;
  return object[key].get(value) == simdjson::SUCCESS ? std::string(value) : "";
}

/// Absent: no CloudEvent of ours.
std::optional<ReceivedEvent> parse(const std::string& body) {
  simdjson::dom::parser parser;
  simdjson::dom::element document;
  if (parser.parse(body).get(document) != simdjson::SUCCESS) return std::nullopt;
  ReceivedEvent event{text(document, "id"), text(document, "type"), 0, "", "", body, 0};
  const simdjson::dom::element root = document;
  simdjson::dom::element data;
  if (root["data"].get(data) != simdjson::SUCCESS ||
      data["seq"].get(event.seq) != simdjson::SUCCESS || text(root, "specversion") != "1.0" ||
      event.id.empty() || event.type.empty() || text(root, "source").empty() ||
      text(root, "time").empty() || text(data, "id") != event.id) {
    return std::nullopt;
  }
  event.job_id = text(data, "job_id");
  event.to = text(data, "to");
  return event;
}

std::string fault_of_request(const ReceivedRequest& request, const std::string& secret) {
  if (request.method != "POST" || request.target != kPath) return "not a POST to the URL";
  if (header(request, "content-type") != "application/cloudevents+json; charset=utf-8") {
    return "another Content-Type: " + header(request, "content-type");
  }
  return fault_of_signature(header(request, "restorewatch-signature"), secret, request.body);
}

bool is_accepted(const ReceivedEvent& event) {
  return event.status / 100 == 2;
}

}  // namespace

WebhookReceiver::WebhookReceiver(std::string secret)
    : secret_(std::move(secret)),
      script_([](const ReceivedEvent&) { return Answer{}; }),
      server_(
          std::make_unique<RawServer>([this](const ReceivedRequest& request, ServerSocket& socket) {
            serve(request, socket);
          })) {}

WebhookReceiver::~WebhookReceiver() = default;

std::string WebhookReceiver::url() const {
  return server_->url(kPath);
}

void WebhookReceiver::answer(Answer always) {
  answer_by([always = std::move(always)](const ReceivedEvent&) { return always; });
}

void WebhookReceiver::answer_by(Script script) {
  const std::lock_guard lock(mutex_);
  script_ = std::move(script);
}

void WebhookReceiver::answer_next(Answer once) {
  const std::lock_guard lock(mutex_);
  next_.push_back(std::move(once));
}

void WebhookReceiver::set_secret(std::string secret) {
  const std::lock_guard lock(mutex_);
  secret_ = std::move(secret);
}

std::vector<ReceivedEvent> WebhookReceiver::received() const {
  std::vector<ReceivedEvent> accepted = attempts();
  std::erase_if(accepted, [](const ReceivedEvent& event) { return !is_accepted(event); });
  return accepted;
}

std::vector<ReceivedEvent> WebhookReceiver::attempts() const {
  const std::lock_guard lock(mutex_);
  return events_;
}

bool WebhookReceiver::wait_for(std::size_t count, std::chrono::seconds patience) const {
  std::unique_lock lock(mutex_);
  return arrived_.wait_for(lock, patience, [&] {
    return static_cast<std::size_t>(std::ranges::count_if(events_, is_accepted)) >= count;
  });
}

std::vector<std::string> WebhookReceiver::complaints() const {
  const std::lock_guard lock(mutex_);
  return complaints_;
}

void WebhookReceiver::serve(const ReceivedRequest& request, ServerSocket& socket) {
  Answer answer{400, "", {}, false};
  {
    const std::lock_guard lock(mutex_);
    std::string fault = fault_of_request(request, secret_);
    std::optional<ReceivedEvent> event = parse(request.body);
    if (fault.empty() && !event) fault = "not a CloudEvent: " + request.body;
    if (fault.empty()) {
      answer = answer_to(*event);
      event->status = answer.drop ? 0 : answer.status;
      events_.push_back(*std::move(event));
    } else {
      complaints_.push_back(fault);
    }
  }
  arrived_.notify_all();
  if (answer.delay.count() > 0 && socket.gone_within(answer.delay)) return socket.close();
  if (answer.drop) return socket.close();
  const std::string retry_after =
      answer.retry_after.empty() ? "" : "Retry-After: " + answer.retry_after + "\r\n";
  const bool has_body = answer.status != 204;
  socket.send(has_body ? http_answer(answer.status, "an answer", retry_after)
                       : "HTTP/1.1 204 No Content\r\n" + retry_after + "\r\n");
}

WebhookReceiver::Answer WebhookReceiver::answer_to(const ReceivedEvent& event) {
  if (next_.empty()) return script_(event);
  Answer once = std::move(next_.front());
  next_.pop_front();
  return once;
}

}  // namespace restorewatch
