#include "simulator/families.h"

namespace atlas_simulator {

std::optional<Source> own_source(Tier tier) {
  switch (tier) {
    case Tier::Dedicated:
      return Source::Dedicated;
    case Tier::Flex:
      return Source::Flex;
    case Tier::Serverless:
      return Source::Serverless;
    case Tier::Tenant:
      return Source::Tenant;
    case Tier::Free:
      return std::nullopt;
  }
  return std::nullopt;
}

bool has_source(Tier tier, Source source) {
  return own_source(tier) == source || (tier == Tier::Dedicated && source == Source::Collection);
}

bool can_end(Source source, End end) {
  if (end == End::Cancelled) return !has_status(source) || source == Source::Collection;
  if (end == End::Expired || end == End::Ready) return !has_status(source);
  return true;
}

bool can_deliver(Source source, Delivery delivery) {
  if (source == Source::Collection) return false;
  return delivery != Delivery::PointInTime || !has_status(source);
}

Delivery usual_delivery(Source source, End end) {
  const bool has_links = source == Source::Dedicated || source == Source::Serverless;
  if (end == End::Ready && has_links) return Delivery::Download;
  const bool aged = end == End::Expired || end == End::Cancelled;
  return aged && source == Source::Dedicated ? Delivery::Download : Delivery::Automated;
}

bool has_status(Source source) {
  return source != Source::Dedicated && source != Source::Serverless;
}

}  // namespace atlas_simulator
