#include "app/config_changes.h"

#include <gtest/gtest.h>

namespace restorewatch {
namespace {

TEST(ConfigChangesTest, OneConfigurationHasNoChanges) {
  EXPECT_EQ(changed_sections({}, {}), "");
  EXPECT_EQ(keys_needing_a_restart({}, {}), "");
}

TEST(ConfigChangesTest, EverySectionIsNamed) {
  Config other;
  other.atlas.request_timeout = std::chrono::seconds(1);
  other.credentials.push_back({"main", ApiKey{"key", Secret("hunter2")}});
  other.sources = {Source::Flex};
  other.projects.emplace();
  other.discovery.interval = std::chrono::seconds(1);
  other.poll.page_size = 1;
  other.drills.emplace_back();
  other.objectives.emplace_back();
  other.policies.emplace_back();
  other.storage.retention = std::chrono::hours(1);
  other.web.enable_lifecycle = true;
  other.log.level = LogLevel::Debug;
  other.events.webhooks.emplace_back();
  other.metrics.per_job_series = true;
  // Does not compile once there is another section, which must be named above and below then.
  [[maybe_unused]] const auto& [atlas, credentials, sources, projects, discovery, poll, drills,
                                objectives, policies, storage, web, log, events, metrics] = other;
  EXPECT_EQ(changed_sections({}, other),
            "atlas, credentials, sources, projects, discovery, poll, drills, objectives, policies, "
            "storage, web, log, events, metrics");
  EXPECT_EQ(keys_needing_a_restart({}, other), "");
}

TEST(ConfigChangesTest, AnotherSecretIsAChange) {
  Config before;
  before.credentials.push_back({"main", ApiKey{"key", Secret("hunter2")}});
  Config after = before;
  after.credentials[0].login = ApiKey{"key", Secret("hunter3")};
  EXPECT_EQ(changed_sections(before, after), "credentials");
}

TEST(ConfigChangesTest, WhatCountsAtTheStartOnlyNeedsARestart) {
  Config other;
  other.atlas.base_url = "https://elsewhere.example.net";
  other.atlas.ca_file = "ca.pem";
  other.atlas.proxy_url = "http://proxy.example.net:3128";
  other.storage.path = "elsewhere.db";
  other.web.listen_address.port = 1;
  EXPECT_EQ(keys_needing_a_restart({}, other),
            "atlas.base_url, atlas.ca_file, atlas.proxy_url, storage.path, web.listen_address");
}

}  // namespace
}  // namespace restorewatch
