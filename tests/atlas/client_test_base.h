#pragma once

#include "atlas/atlas_client.h"
#include "atlas/atlas_test_base.h"
#include "atlas/fixture.h"

namespace restorewatch {

inline const std::string kProject = "6a79a0005f1c2b3d4e5f6071";

/// An AtlasClient with three API keys "first", "second" and "third" (user names the same) and pages
/// of two.
class ClientTest : public AtlasTest {
 protected:
  static AtlasOptions options() {
    AtlasOptions options;
    options.base_url = kBaseUrl;
    options.page_size = 2;
    for (const char* name : {"first", "second", "third"}) {
      options.credentials.push_back({name, ApiKey{name, Secret("hunter2")}, {}});
    }
    options.credentials[2].org_id = "6a79a0015f1c2b3d4e5f6070";
    return options;
  }

  static Target target(Source source, ApiGeneration api = ApiGeneration::V2,
                       std::vector<std::string> credentials = {"first"}) {
    Target target{{parse_object_id(kProject).value(), "orders", source}, "shop", {}};
    target.credentials = std::move(credentials);
    target.api = api;
    return target;
  }

  /// Waits for what `start(done)` gives to `done`, which may not be called at once.
  template <typename Value, typename Start>
  Value result_of(Start start) {
    std::optional<Value> result;
    start([&](Value value) {
      EXPECT_FALSE(result.has_value()) << "answered twice";
      result.emplace(std::move(value));
    });
    EXPECT_FALSE(result.has_value()) << "answered at once";
    loop_.run();
    return std::move(result).value();
  }

  Listing list(const Target& of) {
    return result_of<Listing>([&](auto done) { client_.list(of, {}, done); });
  }

  Result<RestoreJob> get(const Target& of, const JobId& id) {
    return result_of<Result<RestoreJob>>([&](auto done) { client_.get(of, id, done); });
  }

  Status probe(const Target& of) {
    return result_of<Status>([&](auto done) { client_.probe(of, done); });
  }

  void answer_always(int status, const std::string& body) {
    transport_.set_script([=](const HttpRequest&) { return http(status, body); });
  }

  /// What follows the host in the requests' URLs.
  std::vector<std::string> paths() const {
    std::vector<std::string> paths;
    for (const HttpRequest& request : transport_.requests()) {
      paths.push_back(request.url.substr(std::string(kBaseUrl).size()));
    }
    return paths;
  }

  /// The credentials of the requests, in order.
  std::vector<std::string> logins() const {
    std::vector<std::string> names;
    for (const HttpRequest& request : transport_.requests()) names.push_back(request.session);
    return names;
  }

  AtlasClient client_{options(), {transport_, loop_, budget_, clock_, telemetry_, Log()}};
};

}  // namespace restorewatch
