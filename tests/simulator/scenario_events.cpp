#include "simulator/scenario_events.h"

#include "simulator/object_id.h"
#include "simulator/scenario_clusters.h"
#include "simulator/words.h"

namespace atlas_simulator {
namespace {

template <typename Table>
auto needed_verb(YamlMap& map, const Table& words) {
  map.needed("do");
  return *map.choice("do", words);
}

Tier needed_tier(YamlMap& map) {
  map.needed("tier");
  return *map.choice("tier", kTierWords);
}

void take_sight(YamlMap& map, ProjectAction& action, const Scenario& scenario) {
  action.credential = map.needed("credential");
  organization_of(map, "credential", action.credential, scenario);
}

}  // namespace

ClusterAction take_cluster_action(YamlMap& map) {
  ClusterAction action;
  action.project = map.needed("project");
  action.cluster = map.needed("cluster");
  action.verb = needed_verb(map, kClusterVerbWords);
  if (action.verb == ClusterVerb::Create) action.plan = take_cluster(map, action.cluster);
  if (action.verb == ClusterVerb::Rename) action.name = map.needed("name");
  if (action.verb == ClusterVerb::Upgrade) {
    action.tier = needed_tier(map);
    action.id = map.object_id("id");
  }
  return action;
}

ProjectAction take_project_action(YamlMap& map, const Scenario& scenario) {
  ProjectAction action;
  action.project = map.needed("project");
  action.verb = needed_verb(map, kProjectVerbWords);
  switch (action.verb) {
    case ProjectVerb::Create:
      if (!is_object_id(action.project)) {
        map.fail("project", "must be 24 lower-case hexadecimal digits");
      }
      action.plan = take_project(map, action.project, scenario);
      break;
    case ProjectVerb::Rename:
      action.name = map.needed("name");
      break;
    case ProjectVerb::Hide:
    case ProjectVerb::Show:
      take_sight(map, action, scenario);
      break;
  }
  return action;
}

Event take_event(YamlMap& map, const Scenario& scenario) {
  Event event;
  event.at = map.duration("at").value_or(event.at);
  event.place = map.place();
  if (event.at < Millis(0)) map.fail("at", "must not be negative");
  if (map.has("cluster")) {
    event.action = take_cluster_action(map);
  } else {
    event.action = take_project_action(map, scenario);
  }
  return event;
}

}  // namespace atlas_simulator
