#include "simulator/answer.h"

#include <array>

#include "simulator/json_text.h"

namespace atlas_simulator {

std::string_view reason_phrase(int status) {
  static constexpr std::array<std::pair<int, std::string_view>, 11> kPhrases{{
      {400, "Bad Request"},
      {401, "Unauthorized"},
      {402, "Payment Required"},
      {403, "Forbidden"},
      {404, "Not Found"},
      {405, "Method Not Allowed"},
      {406, "Not Acceptable"},
      {410, "Gone"},
      {429, "Too Many Requests"},
      {500, "Internal Server Error"},
      {503, "Service Unavailable"},
  }};
  for (const auto& [known, phrase] : kPhrases) {
    if (known == status) return phrase;
  }
  return "Error";
}

Answer atlas_error(int status, std::string_view code, std::string_view detail,
                   const std::vector<std::string>& parameters) {
  JsonObject body;
  body.text("detail", detail).number("error", status).text("errorCode", code);
  body.raw("parameters", json_array(parameters)).text("reason", reason_phrase(status));
  Answer answer;
  answer.status = status;
  answer.body = body.render();
  answer.headers.emplace_back("X-Error-Code", code);
  return answer;
}

Answer oauth_error(int status, std::string_view code, std::string_view description) {
  Answer answer;
  answer.status = status;
  answer.body = JsonObject().text("error", code).text("error_description", description).render();
  return answer;
}

}  // namespace atlas_simulator
