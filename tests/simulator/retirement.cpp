#include "simulator/retirement.h"

namespace atlas_simulator {
namespace {

struct Dates {
  std::string_view deprecation, sunset;
};

// Recorded for clusters; the sunset dates of the others are published, their deprecation is the
// month in which the last such cluster could be created.
constexpr Dates kOldClusters{"Mon, 5 Aug 2024 00:00:00 GMT", "Thu, 1 Jul 2027 00:00:00 GMT"};
constexpr Dates kRetiredJobs{"Wed, 5 Feb 2025 00:00:00 GMT", "Thu, 22 Jan 2026 00:00:00 GMT"};
constexpr Dates kServerlessList{"Wed, 5 Feb 2025 00:00:00 GMT", "Mon, 18 Jan 2027 00:00:00 GMT"};

std::optional<Dates> dates_of(const Endpoint& endpoint, std::string_view version) {
  if (endpoint.generation == Generation::V1) return std::nullopt;
  if (endpoint.source && is_retired(*endpoint.source)) return kRetiredJobs;
  if (endpoint.kind == RequestKind::Serverless) return kServerlessList;
  const bool newest = version == endpoint.versions.back();
  if (endpoint.kind == RequestKind::Clusters && !newest) return kOldClusters;
  return std::nullopt;
}

Answer no_route() {
  Answer answer;
  answer.status = 404;
  answer.content_type = "text/html";
  answer.body = "<html><body><h1>Not Found</h1></body></html>\n";
  return answer;
}

}  // namespace

bool is_retired(Source source) {
  return source == Source::Serverless || source == Source::Tenant;
}

std::optional<Answer> retired_answer(const Endpoint& endpoint, Retired retired) {
  if (!endpoint.source || !is_retired(*endpoint.source)) return std::nullopt;
  switch (retired) {
    case Retired::Served:
      return std::nullopt;
    case Retired::Gone:
      return atlas_error(410, "VERSION_GONE", "This version of the resource has been removed.");
    case Retired::NotFound:
      return atlas_error(404, "RESOURCE_NOT_FOUND", "Cannot find this resource.");
    case Retired::NotAllowed:
      return atlas_error(405, "METHOD_NOT_ALLOWED", "The method is not allowed.");
    case Retired::NoRoute:
      return no_route();
  }
  return std::nullopt;
}

void add_deprecation(Answer& answer, const Endpoint& endpoint, std::string_view version) {
  const auto dates = dates_of(endpoint, version);
  if (!dates) return;
  answer.headers.emplace_back("Deprecation", dates->deprecation);
  answer.headers.emplace_back("Sunset", dates->sunset);
}

}  // namespace atlas_simulator
