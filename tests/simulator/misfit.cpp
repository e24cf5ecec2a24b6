#include "simulator/misfit.h"

#include "simulator/words.h"

namespace atlas_simulator {
namespace {

/// The keys that only some sources have.
std::optional<Misfit> foreign_key(const JobPlan& plan, Source source) {
  const std::string reason =
      "means nothing for a " + std::string(word_in(kSourceWords, source)) + " job";
  if (plan.link_lives && has_status(source)) return Misfit{"link_lives", reason};
  if (plan.pending && !has_status(source)) return Misfit{"pending", reason};
  if (plan.queued && (!has_status(source) || source == Source::Collection)) {
    return Misfit{"queued", reason};
  }
  if (plan.partial && source != Source::Collection) return Misfit{"partial", reason};
  if (plan.error && source != Source::Collection) return Misfit{"error", reason};
  if (plan.closed && source != Source::Flex) return Misfit{"closed", reason};
  return std::nullopt;
}

}  // namespace

std::optional<Misfit> misfit(const JobPlan& plan, Source source) {
  const std::string name(word_in(kSourceWords, source));
  if (!can_end(source, plan.end)) {
    return Misfit{"end", "cannot be told by a " + name + " job"};
  }
  if (plan.delivery && !can_deliver(source, *plan.delivery)) {
    return Misfit{"delivery", "cannot be told by a " + name + " job"};
  }
  return foreign_key(plan, source);
}

}  // namespace atlas_simulator
