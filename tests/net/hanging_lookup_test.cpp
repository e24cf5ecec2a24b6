// A name server that does not answer holds up nobody but those who ask for its names.

#include <dlfcn.h>
#include <gtest/gtest.h>
#include <netdb.h>

#include <atomic>
#include <latch>
#include <string_view>

#include "net/raw_server.h"
#include "net/running_loop.h"

namespace {

constexpr std::string_view kHangs = "hangs.example";
std::atomic<int> lookups = 0;  // of that name
std::latch may_go_on{1};

}  // namespace

/// Stands in for the system's in this whole program, libcurl included.
extern "C" int getaddrinfo(const char* name, const char* service, const addrinfo* hints,
                           addrinfo** result) {
  if (name != nullptr && name == kHangs) {
    ++lookups;
    may_go_on.wait();
    return EAI_AGAIN;
  }
  static const auto systems =
      reinterpret_cast<decltype(&getaddrinfo)>(dlsym(RTLD_NEXT, "getaddrinfo"));
  return systems(name, service, hints, result);
}

namespace restorewatch {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

TEST(HangingLookupTest, StopsNeitherOthersNorTheEnd) {
  RawServer server(
      [](const ReceivedRequest&, ServerSocket& socket) { socket.send(http_answer(200, "ok")); });
  RunningLoop loop;
  HttpRequest impatient = get("https://hangs.example/");
  impatient.timeout = milliseconds(200);
  auto without_end = loop.send(get("https://hangs.example/"));
  auto cut = loop.send(impatient);
  for (int i = 0; i < 20; ++i) EXPECT_TRUE(loop.ask(get(server.url())));
  EXPECT_EQ(without_end.wait_for(seconds(0)), std::future_status::timeout);
  const auto answer = cut.get();
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().kind, ErrorKind::Timeout) << answer.error().detail;
  EXPECT_TRUE(loop.ask(get(server.url())));  // after the clean-up of the one that was cut
  const auto begun = std::chrono::steady_clock::now();
  EXPECT_TRUE(loop.stop());
  EXPECT_LT(std::chrono::steady_clock::now() - begun, seconds(5));
  EXPECT_EQ(lookups, 2);
  may_go_on.count_down();
}

}  // namespace
}  // namespace restorewatch
