#include "simulator/job_body.h"
#include "simulator/job_facts.h"
#include "simulator/job_paths.h"
#include "simulator/time_text.h"
#include "simulator/words.h"

namespace atlas_simulator {
namespace {

constexpr int kShards = 2;

bool is_old_serverless(const JobView& view) {
  return view.job.source == Source::Serverless && view.generation == Generation::V1;
}

std::string links(const JobView& view) {
  const std::string host(kLinkHost);
  const std::string group = project_path(view.generation, view.project.id);
  const std::string jobs =
      jobs_path(view.generation, view.job.source, view.project.id, view.cluster.name);
  const bool serverless = view.job.source == Source::Serverless;
  const std::string cluster =
      group + (serverless ? "/serverless/" : "/clusters/") + view.cluster.name;
  return json_array({
      link_json("self", host, jobs + '/' + view.job.id),
      link_json(host + "/snapshot", host, cluster + "/backup/snapshots/" + view.job.snapshot_id),
      link_json(host + "/cluster", host, cluster),
      link_json(host + "/group", host, group),
  });
}

bool is_split(const JobView& view) {
  return view.cluster.sharded && view.job.source == Source::Dedicated;
}

/// Some downloads of dedicated replica sets go by a private endpoint.
bool has_private_url(const JobView& view) {
  const bool can = view.job.source == Source::Dedicated && !is_split(view);
  return can && draws_for(view.job, "private url").one_in(5);
}

/// In sharded clusters the address is per shard, elsewhere perhaps private; the list beside it may
/// hold it too, or be empty.
bool lists_url(const JobView& view) {
  const bool is_elsewhere = is_split(view) || has_private_url(view);
  return !is_elsewhere || draws_for(view.job, "lists url").one_in(2);
}

void add_private_url(JsonObject& body, const Job& job) {
  JsonObject url;
  url.text("deliveryUrl", secret_url(job, "private"));
  url.text("endpointId", "vpce-" + draws_for(job, "endpoint").hex(17));
  body.raw("privateDownloadDeliveryUrls", json_array({url.render()}));
}

void add_components(JsonObject& body, const Job& job, Look look) {
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

void add_delivery(JsonObject& body, const JobView& view, Look look) {
  std::vector<std::string> urls;
  if (look == Look::Ready && lists_url(view)) {
    urls.push_back(json_string(secret_url(view.job, "all")));
  }
  body.text("deliveryType", word_in(kDeliveryWords, view.job.delivery));
  body.raw("deliveryUrl", json_array(urls));
  if (look == Look::Ready && has_private_url(view)) add_private_url(body, view.job);
  if (is_split(view) && view.job.delivery == Delivery::Download) {
    add_components(body, view.job, look);
  }
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

void add_point_in_time(JsonObject& body, const Job& job, VirtualTime point) {
  Draws draws = draws_for(job, "how it says a point in time");
  const auto increment = static_cast<std::int64_t>(draws.below(50));
  add_desired_timestamp(body, point, increment);
  if (draws.one_in(2)) {
    body.number("oplogTs", unix_seconds(point)).number("oplogInc", increment);
  } else {
    body.number("pointInTimeUTCSeconds", unix_seconds(point));
  }
}

void add_origin(JsonObject& body, const JobView& view) {
  if (const auto point = point_in_time(view.job)) return add_point_in_time(body, view.job, *point);
  if (!is_old_serverless(view)) add_desired_timestamp(body, std::nullopt, 0);
  body.text("snapshotId", view.job.snapshot_id);
  body.text("timestamp", iso_text(view.job.snapshot_taken));
}

void add_target(JsonObject& body, const Job& job) {
  if (job.target_cluster.empty()) return;
  body.text("targetClusterName", job.target_cluster).text("targetGroupId", job.target_project);
  body.text("targetDeploymentItemName", "atlas-" + draws_for(job, job.target_cluster).hex(6));
}

/// `failed` came late: v1.0 answers of dedicated clusters have it or not.
bool leaves_out_failed(const JobView& view) {
  return view.generation == Generation::V1 && view.job.source == Source::Dedicated &&
         draws_for(view.job, "failed").one_in(2);
}

void add_flags(JsonObject& body, const JobView& view, Look look) {
  body.flag("cancelled", look == Look::Cancelled);
  body.flag("expired", look == Look::Expired);
  if (look == Look::Failed || !leaves_out_failed(view)) body.flag("failed", look == Look::Failed);
}

void add_times(JsonObject& body, const JobView& view) {
  const Job& job = view.job;
  // Documented, but not in the published example: so it is there or not.
  const bool says_created = is_old_serverless(view) && !draws_for(job, "created").one_in(4);
  if (says_created) body.text("createdAt", iso_text(job.created));
  if (const auto end = told_finish(job, view.now)) body.text("finishedAt", iso_text(*end));
  if (const auto expiry = told_expiry(job, view.now)) body.text("expiresAt", iso_text(*expiry));
}

}  // namespace

void add_flag_members(JsonObject& body, const JobView& view) {
  const Look look = look_at(view.job, view.now);
  add_flags(body, view, look);
  add_times(body, view);
  add_origin(body, view);
  add_target(body, view.job);
  add_delivery(body, view, look);
  if (!is_old_serverless(view)) body.raw("links", links(view));
}

}  // namespace atlas_simulator
