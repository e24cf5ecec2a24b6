#include "simulator/planned_jobs.h"

#include <array>
#include <cassert>

namespace atlas_simulator {
namespace {

End draw_end(const std::map<End, std::uint64_t>& mix, Draws& draws) {
  std::uint64_t total = 0;
  for (const auto& [end, weight] : mix) total += weight;
  assert(total > 0);  // a scenario with another mix is refused
  std::uint64_t point = draws.below(total);
  for (const auto& [end, weight] : mix) {
    if (point < weight) return end;
    point -= weight;
  }
  return End::Completed;
}

/// Some of the jobs that could be either are downloads; of dedicated clusters, some go to a point
/// in time.
std::optional<Delivery> draw_delivery(Source source, End end, Draws& draws) {
  if (!can_deliver(source, Delivery::Download)) return std::nullopt;
  if (source == Source::Serverless) return std::nullopt;
  const Delivery usual = usual_delivery(source, end);
  if (usual == Delivery::Download) return usual;
  const bool points = can_deliver(source, Delivery::PointInTime);
  const std::array others{Delivery::Automated, Delivery::Automated,
                          points ? Delivery::PointInTime : Delivery::Download};
  return others[draws.below(others.size())];
}

}  // namespace

std::vector<Job> planned_jobs(const JobPlan& plan, const Origin& origin, VirtualTime start,
                              Draws& draws) {
  std::vector<Job> jobs;
  for (std::int64_t i = 0; i < plan.count; ++i) {
    jobs.push_back(make_job(plan, start + plan.at + plan.every * i, origin, draws));
  }
  return jobs;
}

std::vector<Job> generated_jobs(const GeneratePlan& generate, const Origin& origin,
                                VirtualTime start, Draws& draws) {
  std::vector<Job> jobs;
  for (std::int64_t i = 0; i < generate.count; ++i) {
    JobPlan plan;
    plan.takes = generate.takes;
    plan.end = draw_end(generate.mix, draws);
    plan.delivery = draw_delivery(origin.source, plan.end, draws);
    const VirtualTime created = start + draw({generate.from, generate.until}, draws);
    jobs.push_back(make_job(plan, created, origin, draws));
  }
  return jobs;
}

}  // namespace atlas_simulator
