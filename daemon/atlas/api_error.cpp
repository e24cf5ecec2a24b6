#include "atlas/api_error.h"

#include <arpa/inet.h>

#include <algorithm>
#include <array>
#include <initializer_list>
#include <optional>
#include <string_view>

#include "atlas/error_body.h"
#include "atlas/shown_text.h"
#include "atlas/throttle.h"

namespace restorewatch {
namespace {

constexpr std::size_t kMaxCode = 64;

std::string header(const HttpResponse& response, std::string_view name) {
  const auto found = response.headers.find(name);
  return found == response.headers.end() ? "" : found->second;
}

/// A code is shown and compared, so it has to look like one.
std::string code_of(const HttpResponse& response, const ErrorBody& body) {
  std::string code = body.code.empty() ? header(response, "x-error-code") : body.code;
  const bool good = code.size() <= kMaxCode && std::all_of(code.begin(), code.end(), [](char c) {
                      return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
                             (c >= '0' && c <= '9') || c == '_';
                    });
  return good ? code : "";
}

bool is_one_of(std::string_view code, std::initializer_list<std::string_view> codes) {
  return std::ranges::find(codes, code) != codes.end();
}

ErrorKind kind_of(int status, std::string_view code) {
  const bool is_refusal = status >= 400 && status < 500;
  if (code == "VERSION_GONE") return ErrorKind::Gone;
  // Some of them come as 400 or 403.
  if (is_refusal && (is_place_code(code) || is_job_not_found_code(code)))
    return ErrorKind::NotFound;
  switch (status) {
    case 400:  // of the token endpoint
      return code == "invalid_client" ? ErrorKind::Unauthorized : ErrorKind::Other;
    case 401:
      return is_role_code(code) ? ErrorKind::Forbidden : ErrorKind::Unauthorized;
    case 403:
      return ErrorKind::Forbidden;
    case 404:
      return ErrorKind::NotFound;
    case 410:
      return ErrorKind::Gone;
    case 429:
      return ErrorKind::Throttled;
    default:
      return ErrorKind::Other;
  }
}

/// Documented with "WHITELIST", seen in answers with "ACCESS_LIST".
bool is_access_list_code(std::string_view code) {
  return is_one_of(code, {"IP_ADDRESS_NOT_ON_WHITELIST", "IP_ADDRESS_NOT_ON_ACCESS_LIST",
                          "ORG_REQUIRES_WHITELIST", "ORG_REQUIRES_ACCESS_LIST",
                          "RESOURCE_REQUIRES_WHITELIST", "RESOURCE_REQUIRES_ACCESS_LIST"});
}

bool is_ip_address(const std::string& text) {
  std::array<unsigned char, sizeof(in6_addr)> bytes{};
  return inet_pton(AF_INET, text.c_str(), bytes.data()) == 1 ||
         inet_pton(AF_INET6, text.c_str(), bytes.data()) == 1;
}

std::string access_list_advice(const ErrorBody& body) {
  const bool named = !body.parameters.empty() && is_ip_address(body.parameters[0]);
  const std::string address = named ? body.parameters[0] : "this machine's public address";
  return "add " + address + " to the API access list of the credential in Atlas";
}

std::string role_advice(std::string_view role) {
  if (role.empty()) return " (the credential is valid, a role is missing)";
  return " (the credential is valid, the role " + std::string(role) + " is missing)";
}

std::string detail_of(int status, const std::string& code, const ErrorBody& body,
                      std::string_view role) {
  std::string detail = "HTTP " + std::to_string(status);
  if (!code.empty()) detail += " " + code;
  if (is_access_list_code(code)) return detail + ": " + access_list_advice(body);
  const std::string words = shown(body.detail.empty() ? body.reason : body.detail);
  if (!words.empty()) detail += ": " + words;
  if (status == 401 && is_role_code(code)) detail += role_advice(role);
  return detail;
}

}  // namespace

bool is_role_code(std::string_view code) {
  return is_one_of(code, {"USER_UNAUTHORIZED", "USER_CANNOT_ACCESS_GROUP", "NOT_IN_GROUP",
                          "NOT_ORG_GROUP_CREATOR"});
}

bool is_job_not_found_code(std::string_view code) {
  return is_one_of(code, {"RESTORE_JOB_NOT_FOUND", "RESTORE_JOB_NOT_FOUND_IN_GROUP",
                          "INVALID_JOB_ID", "TENANT_RESTORE_NOT_FOUND"});
}

bool is_place_code(std::string_view code) {
  // CANNOT_USE_FLEX_CLUSTER_IN_CLUSTER_API and its like: there is one for each two families.
  return code.starts_with("CANNOT_USE_") ||
         is_one_of(code, {"CLUSTER_NOT_FOUND", "GROUP_NOT_FOUND", "BACKUP_CONFIG_NOT_FOUND",
                          "BACKUP_JOB_NOT_FOUND", "INCORRECT_BACKUP_API_ENDPOINT",
                          "FEATURE_UNSUPPORTED"});
}

ApiError read_api_error(const HttpResponse& response, WallTime now, std::string_view role) {
  const ErrorBody body = read_error_body(response.body);
  std::string code = code_of(response, body);
  const Throttle throttle = read_throttle(response, body, now);
  Error error{kind_of(response.status, code), detail_of(response.status, code, body, role),
              throttle.retry_after};
  return ApiError{std::move(error), std::move(code), throttle.limit};
}

}  // namespace restorewatch
