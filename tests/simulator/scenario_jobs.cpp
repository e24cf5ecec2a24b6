#include "simulator/scenario_jobs.h"

#include "simulator/misfit.h"
#include "simulator/words.h"

namespace atlas_simulator {
namespace {

constexpr std::int64_t kMostJobs = 1'000'000;

using Mix = std::map<End, std::uint64_t>;

/// The source of a job or of many, if it can be known yet.
std::optional<Source> source_of(YamlMap& map, std::optional<Tier> tier,
                                std::optional<Source> given) {
  if (!tier) return given;
  const auto source = given ? given : own_source(*tier);
  const std::string name(word_in(kTierWords, *tier));
  if (!source) map.fail("", "cannot be of a cluster of tier " + name + ", which has no backups");
  if (!has_source(*tier, *source)) map.fail("source", "is not one of tier " + name);
  return source;
}

Mix usual_mix(Source source) {
  Mix mix{{End::Completed, 80}, {End::Failed, 5}, {End::Cancelled, 2}, {End::Expired, 10}};
  std::erase_if(mix, [&](const auto& entry) { return !can_end(source, entry.first); });
  return mix;
}

Mix read_mix(YamlMap& map, Source source) {
  Mix mix;
  std::uint64_t total = 0;
  for (const auto& [name, end] : kEndWords) {
    const std::string key(name);
    const auto weight = map.whole(key, 0, 1'000'000);
    if (!weight) continue;
    if (*weight > 0 && !can_end(source, end)) {
      map.fail(key, "cannot be told by a " + std::string(word_in(kSourceWords, source)) + " job");
    }
    mix[end] = static_cast<std::uint64_t>(*weight);
    total += mix[end];
  }
  if (total == 0) map.fail("", "needs a weight above 0");
  return mix;
}

void take_target(YamlMap& map, JobPlan& plan) {
  plan.target_project = map.text("target_project");
  plan.target_cluster = map.text("target_cluster");
}

/// What only some sources can tell.
void take_particulars(YamlMap& map, JobPlan& plan) {
  plan.delivery = map.choice("delivery", kDeliveryWords);
  plan.pending = map.span("pending");
  plan.queued = map.span("queued");
  plan.link_lives = map.duration("link_lives");
  plan.partial = map.flag("partial");
  plan.error = map.text("error");
  plan.closed = map.flag("closed").value_or(plan.closed);
  if (plan.link_lives.value_or(Millis(0)) < Millis(0)) {
    map.fail("link_lives", "must not be negative");
  }
  if (plan.end == End::Ready && plan.delivery.value_or(Delivery::Download) != Delivery::Download) {
    map.fail("delivery", "must be download for a job that ends ready");
  }
}

}  // namespace

JobPlan take_job(YamlMap& map, std::optional<Tier> tier) {
  JobPlan plan;
  plan.source = map.choice("source", kSourceWords);
  plan.at = map.duration("at").value_or(plan.at);
  plan.end = map.choice("end", kEndWords).value_or(plan.end);
  plan.takes = map.span("takes").value_or(plan.takes);
  plan.count = map.whole("count", 1, kMostJobs).value_or(plan.count);
  plan.every = map.duration("every").value_or(plan.every);
  take_target(map, plan);
  take_particulars(map, plan);
  if (const auto source = source_of(map, tier, plan.source)) {
    if (const auto wrong = misfit(plan, *source)) map.fail(wrong->key, wrong->reason);
  }
  return plan;
}

GeneratePlan take_generate(YamlMap& map, Tier tier) {
  GeneratePlan plan;
  plan.source = map.choice("source", kSourceWords);
  const Source source = *source_of(map, tier, plan.source);
  plan.count = map.whole("count", 0, kMostJobs).value_or(plan.count);
  plan.from = map.duration("from").value_or(plan.from);
  plan.until = map.duration("until").value_or(plan.until);
  plan.takes = map.span("takes").value_or(plan.takes);
  plan.mix = usual_mix(source);
  map.inside("mix", [&](YamlMap& mix) { plan.mix = read_mix(mix, source); });
  if (plan.until < plan.from) map.fail("until", "must not be before 'from'");
  return plan;
}

}  // namespace atlas_simulator
