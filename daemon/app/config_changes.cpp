#include "app/config_changes.h"

#include <array>
#include <cstddef>

namespace restorewatch {
namespace {

struct Part {
  std::string_view key;
  bool (*is_same)(const Config&, const Config&);
};

/// Which Atlas, over which way, is asked; which store is written; where pages are served.
/// Everything that is known belongs to the first two, and the last is a port that is bound.
constexpr std::array kAtStartOnly{
    Part{"atlas.base_url",
         [](const Config& a, const Config& b) { return a.atlas.base_url == b.atlas.base_url; }},
    Part{"atlas.ca_file",
         [](const Config& a, const Config& b) { return a.atlas.ca_file == b.atlas.ca_file; }},
    Part{"atlas.proxy_url",
         [](const Config& a, const Config& b) { return a.atlas.proxy_url == b.atlas.proxy_url; }},
    Part{"storage.path",
         [](const Config& a, const Config& b) { return a.storage.path == b.storage.path; }},
    Part{"web.listen_address",
         [](const Config& a, const Config& b) {
           return a.web.listen_address == b.web.listen_address;
         }},
};

constexpr std::array kSections{
    Part{"atlas", [](const Config& a, const Config& b) { return a.atlas == b.atlas; }},
    Part{"credentials",
         [](const Config& a, const Config& b) { return a.credentials == b.credentials; }},
    Part{"sources", [](const Config& a, const Config& b) { return a.sources == b.sources; }},
    Part{"projects", [](const Config& a, const Config& b) { return a.projects == b.projects; }},
    Part{"discovery", [](const Config& a, const Config& b) { return a.discovery == b.discovery; }},
    Part{"poll", [](const Config& a, const Config& b) { return a.poll == b.poll; }},
    Part{"drills", [](const Config& a, const Config& b) { return a.drills == b.drills; }},
    Part{"objectives",
         [](const Config& a, const Config& b) { return a.objectives == b.objectives; }},
    Part{"policies", [](const Config& a, const Config& b) { return a.policies == b.policies; }},
    Part{"storage", [](const Config& a, const Config& b) { return a.storage == b.storage; }},
    Part{"web", [](const Config& a, const Config& b) { return a.web == b.web; }},
    Part{"log", [](const Config& a, const Config& b) { return a.log == b.log; }},
    Part{"events", [](const Config& a, const Config& b) { return a.events == b.events; }},
    Part{"metrics", [](const Config& a, const Config& b) { return a.metrics == b.metrics; }},
};

template <std::size_t N>
std::string differing(const std::array<Part, N>& parts, const Config& a, const Config& b) {
  std::string keys;
  for (const Part& part : parts) {
    if (!part.is_same(a, b)) keys += (keys.empty() ? "" : ", ") + std::string(part.key);
  }
  return keys;
}

}  // namespace

std::string keys_needing_a_restart(const Config& in_force, const Config& wanted) {
  return differing(kAtStartOnly, in_force, wanted);
}

std::string changed_sections(const Config& before, const Config& after) {
  return differing(kSections, before, after);
}

}  // namespace restorewatch
