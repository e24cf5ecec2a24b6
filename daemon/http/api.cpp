#include "http/api.h"

#include "http/json_object.h"

namespace restorewatch {
namespace {

constexpr const char* kJson = "application/json";
constexpr int kBadRequest = 400;
constexpr int kUnavailable = 503;

}  // namespace

Reply json_error(const Error& error) {
  const int status = error.kind == ErrorKind::BadConfig ? kBadRequest : kUnavailable;
  return {status, kJson, JsonObject().add("error", error.detail).text() + "\n"};
}

Reply json_reply(std::string body) {
  return {200, kJson, std::move(body) + "\n"};
}

}  // namespace restorewatch
