#pragma once

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace atlas_simulator {

/// A request as the API sees it, apart from any HTTP library.
struct ApiRequest {
  std::string method;
  std::string path;    // without query, percent-decoded
  std::string target;  // as sent, with query: what a digest covers
  std::multimap<std::string, std::string> query;
  std::string authorization, accept, content_type;  // headers; empty if absent
  std::string body;
};

struct Answer {
  int status = 200;
  std::string content_type = "application/json";
  std::string body;
  std::vector<std::pair<std::string, std::string>> headers;
};

/// An error in Atlas's shape, its code repeated in `X-Error-Code`. `parameters` are JSON already.
Answer atlas_error(int status, std::string_view code, std::string_view detail,
                   const std::vector<std::string>& parameters = {});

/// An error in the shape of the token endpoint.
Answer oauth_error(int status, std::string_view code, std::string_view description);

/// The usual phrase for an HTTP status.
std::string_view reason_phrase(int status);

}  // namespace atlas_simulator
