#include "simulator/job_body.h"

#include "simulator/json_text.h"
#include "simulator/time_text.h"
#include "simulator/words.h"

namespace atlas_simulator {
namespace {

constexpr int kShards = 2;

/// Chances that must not depend on each other are drawn from seeds of their own.
Draws draws_for(const Job& job, std::string_view what) {
  return Draws(seed_for(job.seed, what));
}

std::string link(std::string_view rel, const std::string& path) {
  return JsonObject().text("rel", rel).text("href", std::string(kLinkHost) + path).render();
}

std::string links(const Job& job, const Project& project, const Cluster& cluster) {
  const std::string group = "/api/atlas/v2/groups/" + project.id;
  const std::string host(kLinkHost);
  return json_array({
      link("self", jobs_path(project, cluster) + '/' + job.id),
      link(host + "/snapshot",
           group + "/clusters/" + cluster.name + "/backup/snapshots/" + job.snapshot_id),
      link(host + "/cluster", group + "/clusters/" + cluster.name),
      link(host + "/group", group),
  });
}

/// A download address; it carries its access token in the path, so nobody may print it.
std::string secret_url(const Job& job, std::string_view part) {
  Draws draws = draws_for(job, part);
  return "https://restore-" + draws.hex(8) + ".mongodb.net:27017/SECRETLINK" + draws.hex(24) +
         "/restore-" + job.id + ".tar.gz";
}

/// In sharded clusters the address is per shard; the list beside it may hold it too, or be empty.
bool lists_url(const Job& job, const Cluster& cluster) {
  return !cluster.sharded || draws_for(job, "lists url").one_in(2);
}

void add_delivery(JsonObject& body, const Job& job, const Cluster& cluster, Look look) {
  std::vector<std::string> urls;
  if (look == Look::Ready && lists_url(job, cluster)) {
    urls.push_back(json_string(secret_url(job, "all")));
  }
  body.raw("deliveryUrl", json_array(urls));
  if (!cluster.sharded || job.delivery != Delivery::Download) return;
  std::vector<std::string> parts;
  for (int i = 0; i < kShards; ++i) {
    const std::string shard = "shard-" + std::to_string(i);
    JsonObject part;
    part.text("replicaSetName", "atlas-" + draws_for(job, "set").hex(6) + '-' + shard);
    part.text("downloadUrl", look == Look::Ready ? secret_url(job, shard) : "");
    part.raw("privateDownloadDeliveryUrls", "[]");
    parts.push_back(part.render());
  }
  body.raw("components", json_array(parts));
}

void add_desired_timestamp(JsonObject& body, std::optional<VirtualTime> date,
                           std::int64_t increment) {
  JsonObject desired;
  if (date) {
    desired.number("increment", increment).null("time").text("date", iso_text(*date));
  } else {
    desired.null("increment").null("time").null("date");
  }
  body.raw("desiredTimestamp", desired.render());
}

void add_point_in_time(JsonObject& body, const Job& job) {
  Draws draws = draws_for(job, "point in time");
  const VirtualTime point = job.created - std::chrono::minutes(1 + draws.below(240));
  const auto increment = static_cast<std::int64_t>(draws.below(50));
  add_desired_timestamp(body, point, increment);
  if (draws.one_in(2)) {
    body.number("oplogTs", unix_seconds(point)).number("oplogInc", increment);
  } else {
    body.number("pointInTimeUTCSeconds", unix_seconds(point));
  }
}

void add_origin(JsonObject& body, const Job& job) {
  if (job.delivery == Delivery::PointInTime) return add_point_in_time(body, job);
  add_desired_timestamp(body, std::nullopt, 0);
  body.text("snapshotId", job.snapshot_id);
  body.text("timestamp", iso_text(job.snapshot_taken));
}

void add_target(JsonObject& body, const Job& job) {
  if (job.target_cluster.empty()) return;
  body.text("targetClusterName", job.target_cluster).text("targetGroupId", job.target_project);
  body.text("targetDeploymentItemName", "atlas-" + draws_for(job, job.target_cluster).hex(6));
}

void add_flags(JsonObject& body, Look look) {
  body.flag("cancelled", look == Look::Cancelled);
  body.flag("expired", look == Look::Expired);
  body.flag("failed", look == Look::Failed);
}

void add_times(JsonObject& body, const Job& job, VirtualTime now) {
  if (const auto end = told_finish(job, now)) body.text("finishedAt", iso_text(*end));
  if (const auto expiry = told_expiry(job, now)) body.text("expiresAt", iso_text(*expiry));
}

void spoil_member(JsonObject& body, BadField field) {
  switch (field) {
    case BadField::Id:
      return body.replace("id", "1234567890");
    case BadField::Time:
      return body.replace("finishedAt", "\"last tuesday, about noon\"");
    case BadField::Flag:
      return body.replace("failed", "\"perhaps\"");
  }
}

}  // namespace

std::string jobs_path(const Project& project, const Cluster& cluster) {
  return "/api/atlas/v2/groups/" + project.id + "/clusters/" + cluster.name + "/backup/restoreJobs";
}

std::string job_body(const Job& job, const Project& project, const Cluster& cluster,
                     VirtualTime now, std::optional<BadField> spoil) {
  const Look look = look_at(job, now);
  JsonObject body;
  body.text("id", job.id).text("deliveryType", word_in(kDeliveryWords, job.delivery));
  add_flags(body, look);
  add_times(body, job, now);
  add_origin(body, job);
  add_target(body, job);
  add_delivery(body, job, cluster, look);
  body.raw("links", links(job, project, cluster));
  if (spoil) spoil_member(body, *spoil);
  body.shuffle(draws_for(job, "order"));
  return body.render();
}

}  // namespace atlas_simulator
