#include "simulator/fault_answer.h"

#include "simulator/envelope.h"

namespace atlas_simulator {
namespace {

constexpr std::string_view kGatewayPage =
    "<html><head><title>502 Bad Gateway</title></head>"
    "<body><h1>Bad Gateway</h1><p>upstream did not answer</p></body></html>\n";

std::string_view usual_code(int status) {
  switch (status) {
    case 401:
      return "USER_UNAUTHORIZED";
    case 403:
      return "ACCESS_FORBIDDEN";
    case 404:
      return "RESOURCE_NOT_FOUND";
    case 410:
      return "VERSION_GONE";
    case 429:
      return "RATE_LIMITED";
    case 503:
      return "SERVICE_UNAVAILABLE";
    default:
      return "UNEXPECTED_ERROR";
  }
}

Answer status_answer(const Fault& fault, RequestKind kind) {
  const int status = static_cast<int>(fault.status);
  const bool token = kind == RequestKind::Token;
  Answer answer =
      token ? oauth_error(status, fault.error_code.value_or("server_error"), "As the test asked.")
            : atlas_error(status, fault.error_code.value_or(std::string(usual_code(status))),
                          "As the test asked.");
  if (fault.body) answer.body = *fault.body;
  if (fault.retry_after) answer.headers.emplace_back("Retry-After", *fault.retry_after);
  return answer;
}

Answer redirect_answer(const std::string& host) {
  Answer answer;
  answer.status = 302;
  const bool has_scheme = host.find("://") != std::string::npos;
  answer.headers.emplace_back("Location", (has_scheme ? "" : "https://") + host + "/api/atlas/v2/");
  return answer;
}

}  // namespace

std::optional<Answer> fault_answer(const Fault& fault, RequestKind kind) {
  switch (fault.kind) {
    case FaultKind::Status:
      return status_answer(fault, kind);
    case FaultKind::NotJson:
      return Answer{200, "text/html", std::string(kGatewayPage), {}};
    case FaultKind::Redirect:
      return redirect_answer(fault.host);
    case FaultKind::Stall:
    case FaultKind::Reset:
      return Answer{0, "", "", {}};  // nothing is sent
    case FaultKind::Huge:
    case FaultKind::GzipBomb:
      return Answer{};  // the body is made while it is sent
    case FaultKind::Envelope:
      if (fault.status == 200) return std::nullopt;  // the true answer, wrapped by the caller
      return enveloped(status_answer(fault, kind), false);
    case FaultKind::Delay:
    case FaultKind::Drip:
    case FaultKind::Truncate:
    case FaultKind::BadJob:
      return std::nullopt;
  }
  return std::nullopt;
}

}  // namespace atlas_simulator
