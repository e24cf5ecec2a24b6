#include "http/routes.h"

#include <algorithm>
#include <memory>
#include <utility>

#include "http/accept.h"
#include "http/accept_encoding.h"

namespace restorewatch {
namespace {

constexpr const char* kReloadPath = "/-/reload";

WebAnswer plain(int status, std::string text) {
  WebAnswer answer{status};
  answer.body.add(std::move(text));
  return answer;
}

std::string lines(const std::vector<std::string>& texts) {
  std::string all;
  for (const std::string& text : texts) all += text + "\n";
  return all;
}

WebAnswer other_method(const char* allowed) {
  WebAnswer answer = plain(405, "");
  answer.headers.emplace_back("Allow", allowed);
  return answer;
}

/// As Prometheus answers.
WebAnswer reload(const HttpContent& content) {
  const auto problems = content.reload ? content.reload() : std::nullopt;
  if (!problems) {
    return plain(403, "Lifecycle API is not enabled: see web.enable_lifecycle.\n");
  }
  if (problems->empty()) return plain(200, "The configuration is in force.\n");
  return plain(500, "The configuration is refused, the one before goes on:\n" + lines(*problems));
}

WebAnswer answer_reload(const HttpContent& content, const WebRequest& request) {
  if (request.method != "POST") return other_method("POST");
  if (request.has_body) return plain(400, "");
  // A page in somebody's browser has no business here.
  if (request.has("origin")) return plain(403, "");
  return reload(content);
}

WebAnswer answer_metrics(const HttpContent& content, const WebRequest& request) {
  const PageType type = page_type_for(request.list_of("accept"));
  ReadyPage page = content.metrics(type.format, prefers_gzip(request.list_of("accept-encoding")));
  if (!page.bytes) return plain(503, "no page has been made yet\n");
  WebAnswer answer{200, type.content_type, *std::move(page.bytes)};
  answer.headers.emplace_back("Vary", "Accept, Accept-Encoding");
  if (page.is_gzip) answer.headers.emplace_back("Content-Encoding", "gzip");
  return answer;
}

WebAnswer answer_ready(const HttpContent& content) {
  const auto reasons = content.not_ready_because();
  if (reasons.empty()) return plain(200, "restorewatch is ready.\n");
  return plain(503, "restorewatch is not ready:\n" + lines(reasons));
}

WebAnswer answer_site(const HttpContent& content, const WebRequest& request) {
  Reply reply = answer(content.site, request.path, request.query);
  WebAnswer sent = plain(reply.status, std::move(reply.body));
  sent.type = std::move(reply.type);
  sent.headers.emplace_back("Cache-Control", "no-store");
  if (!reply.security_policy.empty()) {
    sent.headers.emplace_back("Content-Security-Policy", std::move(reply.security_policy));
  }
  sent.compress = prefers_gzip(request.list_of("accept-encoding"));
  return sent;
}

WebAnswer route(const HttpContent& content, const WebRequest& request) {
  if (request.path == kReloadPath) return answer_reload(content, request);
  if (request.method != "GET" && request.method != "HEAD") return other_method("GET, HEAD");
  if (request.has_body) return plain(400, "");
  if (request.path == "/metrics") return answer_metrics(content, request);
  if (request.path == "/-/healthy") return plain(200, "restorewatch is healthy.\n");
  if (request.path == "/-/ready") return answer_ready(content);
  const bool is_of_the_site = std::ranges::find(kSitePaths, request.path) != kSitePaths.end();
  return is_of_the_site ? answer_site(content, request) : plain(404, "");
}

}  // namespace

WebHandler routes(HttpContent content) {
  return [content = std::make_shared<const HttpContent>(std::move(content))](
             const WebRequest& request) { return route(*content, request); };
}

}  // namespace restorewatch
