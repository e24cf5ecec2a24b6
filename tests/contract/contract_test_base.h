#pragma once

#include <gtest/gtest.h>
#include <prometheus/registry.h>

#include <cmath>
#include <memory>
#include <optional>
#include <ostream>
#include <string>
#include <utility>
#include <vector>

#include "atlas/atlas_client.h"
#include "atlas/endpoints.h"
#include "base/telemetry.h"
#include "contract/simulated_atlas.h"
#include "fakes/open_budget.h"

namespace restorewatch {

inline constexpr const char* kContractUrl = "https://atlas.example.net";
inline constexpr const char* kShop = "5b69d0349b15c62cdfc38b78";  // a project's id

/// An AtlasClient that asks the fake Atlas. Whatever a test does, at its end nothing that is secret
/// may have got into the log or a metric, and nothing but reading may have been asked for.
class ContractTest : public testing::Test {
 protected:
  void SetUp() override { testing::internal::CaptureStderr(); }

  void TearDown() override {
    const std::string shown = testing::internal::GetCapturedStderr() + labels();
    for (const char* secret : {"SECRET", "mongodb.net", "mongodb+srv"}) {
      EXPECT_EQ(shown.find(secret), std::string::npos) << secret << " in " << shown;
    }
    if (!atlas_) return;
    for (const HttpRequest& request : atlas_->requests()) {
      const bool reads = request.method == HttpMethod::Get && request.body.empty();
      EXPECT_TRUE(reads || request.url == std::string(kContractUrl) + "/api/oauth/token");
    }
  }

  /// `scenario` without credentials lets in everybody; `options` then needs none either.
  void open(const std::string& scenario, AtlasOptions options = {}) {
    options.base_url = kContractUrl;
    if (options.credentials.empty()) {
      options.credentials.push_back({"main", ApiKey{"public", Secret("SECRETKEY")}, {}});
    }
    atlas_ = std::make_unique<SimulatedAtlas>(scenario, clock_, loop_);
    client_ = make_client(std::move(options));
  }

  /// Another client of the same Atlas.
  std::unique_ptr<AtlasClient> make_client(AtlasOptions options) {
    options.base_url = kContractUrl;
    const Log log(clock_, {LogLevel::Debug, LogFormat::Logfmt});
    return std::make_unique<AtlasClient>(
        std::move(options), AtlasClient::Deps{*atlas_, loop_, budget_, clock_, telemetry_, log});
  }

  /// A credential whose secret the scenario spells "SECRET-<name>".
  static Credential account(const std::string& name, std::optional<std::string> org = {}) {
    return {name, ServiceAccount{"mdb_sa_id_" + name, Secret("SECRET-" + name)}, std::move(org)};
  }

  static Target target(const std::string& cluster, Source source,
                       ApiGeneration api = ApiGeneration::V2,
                       std::vector<std::string> credentials = {"main"}) {
    Target target{{parse_object_id(kShop).value(), cluster, source}, "shop", {}};
    target.credentials = std::move(credentials);
    target.api = api;
    return target;
  }

  template <typename Value, typename Start>
  Value result_of(Start start) {
    std::optional<Value> result;
    start([&](Value value) {
      EXPECT_FALSE(result.has_value()) << "answered twice";
      result.emplace(std::move(value));
    });
    loop_.run();
    return std::move(result).value();
  }

  Listing list(const Target& of) {
    return result_of<Listing>([&](auto done) { client_->list(of, {}, done); });
  }
  Result<RestoreJob> get(const Target& of, const JobId& id) {
    return result_of<Result<RestoreJob>>([&](auto done) { client_->get(of, id, done); });
  }
  Result<std::vector<Project>> projects(const std::string& credential = "main") {
    return rows(result_of<Result<Listed<Project>>>(
        [&](auto done) { client_->directory().list_projects(credential, done); }));
  }
  Result<std::vector<Cluster>> clusters(bool with_serverless = true,
                                        std::vector<std::string> credentials = {"main"},
                                        const std::string& project = kShop) {
    const Directory::ClusterQuestion question{parse_object_id(project).value(),
                                              std::move(credentials), with_serverless};
    return rows(result_of<Result<Listed<Cluster>>>(
        [&](auto done) { client_->directory().list_clusters(question, done); }));
  }
  template <typename Row>
  static Result<std::vector<Row>> rows(Result<Listed<Row>> answer) {
    if (!answer) return answer.error();
    return std::move(answer->rows);
  }

  /// How a listing ended: the kind of its error, or "ok".
  static std::string ending(const Listing& listing) {
    return listing.error ? std::string(label(listing.error->kind)) : "ok";
  }
  template <typename T>
  static std::string ending(const Result<T>& result) {
    return result ? "ok" : std::string(label(result.error().kind));
  }

  void fault(const std::string& yaml) {
    atlas_->atlas().add_fault(atlas_simulator::parse_faults(yaml).front());
  }

  /// A gauge; absent if there is no such series.
  std::optional<double> gauge(const std::string& name, const std::string& label_value) const {
    for (const auto& family : telemetry_.registry().Collect()) {
      for (const auto& series : family.metric) {
        const bool is_it = family.name == name && series.label.at(0).value == label_value;
        if (is_it) return series.gauge.value;
      }
    }
    return std::nullopt;
  }

  ManualClock clock_{parse_time("2026-01-31T00:00:00Z").value()};
  FakeLoop loop_{clock_};
  OpenBudget budget_{clock_};
  Telemetry telemetry_;
  std::unique_ptr<SimulatedAtlas> atlas_;
  std::unique_ptr<AtlasClient> client_;

 private:
  std::string labels() const {
    std::string all;
    for (const auto& family : telemetry_.registry().Collect()) {
      for (const auto& series : family.metric) {
        for (const auto& label : series.label) all += label.value + ' ';
      }
    }
    return all;
  }
};

/// "dedicated_v2", for names of tests.
inline std::string name_of(const Endpoint& endpoint) {
  return std::string(label(endpoint.source)) + (endpoint.api == ApiGeneration::V1 ? "_v1" : "_v2");
}

inline void PrintTo(const Endpoint& endpoint, std::ostream* out) {
  *out << name_of(endpoint);
}

}  // namespace restorewatch
