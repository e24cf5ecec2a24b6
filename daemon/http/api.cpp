#include "http/api.h"

#include "base/json_object.h"

namespace restorewatch {
namespace {

constexpr const char* kJson = "application/json";
constexpr int kBadRequest = 400;
constexpr int kUnavailable = 503;

}  // namespace

Reply json_error(const Error& error) {
  const bool is_theirs = error.kind == ErrorKind::BadConfig;
  const std::string detail =  // paths of this machine are nobody's business
      is_theirs ? error.detail : "the store cannot be read now";
  return {is_theirs ? kBadRequest : kUnavailable, kJson,
          JsonObject().add("error", detail).text() + "\n"};
}

Reply json_reply(std::string body) {
  return {200, kJson, std::move(body) + "\n"};
}

}  // namespace restorewatch
