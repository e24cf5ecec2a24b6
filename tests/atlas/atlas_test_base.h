#pragma once

#include <gtest/gtest.h>
#include <prometheus/registry.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>

#include "atlas/atlas_options.h"
#include "base/telemetry.h"
#include "fakes/fake_clock.h"
#include "fakes/fake_loop.h"
#include "fakes/fake_transport.h"
#include "fakes/open_budget.h"

namespace restorewatch {

inline constexpr const char* kBaseUrl = "https://atlas.example.net";
inline constexpr const char* kTokenUrl = "https://atlas.example.net/api/oauth/token";

inline HttpResponse http(int status, std::string body,
                         std::map<std::string, std::string, std::less<>> headers = {}) {
  return {status, std::move(headers), std::move(body), std::chrono::milliseconds(20)};
}

inline HttpResponse token_answer(const std::string& token, int seconds = 3600) {
  return http(200, R"({"access_token":")" + token + R"(","expires_in":)" + std::to_string(seconds) +
                       R"(,"token_type":"Bearer"})");
}

inline bool is_token_request(const HttpRequest& request) {
  return request.url == kTokenUrl;
}

/// A loop, a clock and a transport to play Atlas on. Whatever a test does, it is checked at its
/// end that the only requests made were GET, and POST to the token endpoint.
class AtlasTest : public testing::Test {
 protected:
  void TearDown() override {
    for (const HttpRequest& request : transport_.requests()) {
      EXPECT_TRUE(request.url.starts_with(std::string(kBaseUrl) + "/api/")) << request.url;
      if (request.method == HttpMethod::Get) {
        EXPECT_EQ(request.body, "");
      } else {
        EXPECT_EQ(request.url, kTokenUrl);
        EXPECT_EQ(request.body, "grant_type=client_credentials");
      }
    }
  }

  std::size_t token_requests() const {
    const auto& all = transport_.requests();
    return static_cast<std::size_t>(std::count_if(all.begin(), all.end(), is_token_request));
  }

  /// A counter's or gauge's value, a histogram's count; NaN if there is no such series.
  double metric(const std::string& name, const std::map<std::string, std::string>& labels) const {
    for (const auto& family : telemetry_.registry().Collect()) {
      if (family.name != name) continue;
      for (const auto& series : family.metric) {
        std::map<std::string, std::string> actual;
        for (const auto& label : series.label) actual[label.name] = label.value;
        if (actual != labels) continue;
        if (family.type == prometheus::MetricType::Counter) return series.counter.value;
        if (family.type == prometheus::MetricType::Gauge) return series.gauge.value;
        return static_cast<double>(series.histogram.sample_count);
      }
    }
    return std::nan("");
  }

  ManualClock clock_{parse_time("2026-08-10T09:42:00Z").value()};
  FakeLoop loop_{clock_};
  FakeTransport transport_{loop_, [](const HttpRequest&) { return http(500, ""); }};
  OpenBudget budget_{clock_};
  Telemetry telemetry_;
};

}  // namespace restorewatch
