#include "fuzz/mutations.h"

#include <array>
#include <string_view>

namespace restorewatch::fuzz {
namespace {

using namespace std::string_view_literals;

constexpr std::array kTokens{"null"sv,
                             "true"sv,
                             "{}"sv,
                             "[]"sv,
                             R"("")"sv,
                             "0"sv,
                             "-1"sv,
                             "1e400"sv,
                             R"("\u0000")"sv,
                             R"("\ud800")"sv,
                             "\xff"sv,
                             "{"sv,
                             "}"sv,
                             "["sv,
                             "]"sv,
                             ","sv,
                             ":"sv,
                             R"(")"sv,
                             R"(\)"sv,
                             "\n"sv,
                             "200"sv,
                             R"("status":404,)"sv,
                             R"("content":{)"sv,
                             R"("id":)"sv,
                             "18446744073709551616"sv,
                             R"("2026-02-30T00:00:00Z")"sv,
                             R"("https://x.example.net/hunter2")"sv};

constexpr std::size_t kLongestPart = 200;

}  // namespace

std::string Mutations::spoilt(std::string body) {
  const std::size_t times = 1 + below(4);
  for (std::size_t i = 0; i < times; ++i) spoil_once(body);
  return body;
}

std::size_t Mutations::below(std::size_t limit) {
  return limit == 0 ? 0 : random_() % limit;
}

void Mutations::spoil_once(std::string& body) {
  const std::size_t at = below(body.size());
  const std::size_t length = below(kLongestPart);
  switch (below(6)) {
    case 0:
      if (!body.empty()) body[at] = static_cast<char>(below(256));
      return;
    case 1:
      body.erase(at, length);
      return;
    case 2:
      body.insert(at, body.substr(at, length));
      return;
    case 3:
      body.resize(at);
      return;
    case 4:
      body.insert(at, kTokens[below(kTokens.size())]);
      return;
    default:
      body.replace(at, below(30), kTokens[below(kTokens.size())]);
      return;
  }
}

}  // namespace restorewatch::fuzz
