// Serves a scene as the daemon would, for browsers:
//   site_server SCENE
// Prints its address, and ends when standard input does.

#include <iostream>
#include <string>

#include "fakes/served.h"
#include "http/routes.h"
#include "http/site_scenes.h"

namespace restorewatch {
namespace {

int serve(const testing_site::SampleSite& site) {
  HttpContent content;
  content.metrics = [](PageFormat, bool) { return ReadyPage{}; };
  content.not_ready_because = [] { return std::vector<std::string>{"this is a scene"}; };
  content.site = site.source();
  content.site.snapshot = [snapshot = site.snapshot()] { return snapshot; };
  const Served served(routes(std::move(content)));
  std::cout << "http://127.0.0.1:" << served.port() << std::endl;
  for (std::string line; std::getline(std::cin, line);) {
  }
  return 0;
}

}  // namespace
}  // namespace restorewatch

int main(int argc, char** argv) {
  const auto site = restorewatch::testing_site::scene(argc == 2 ? argv[1] : "");
  if (!site) {
    std::cerr << "usage: site_server healthy|trouble|large|hostile\n";
    return 2;
  }
  return restorewatch::serve(*site);
}
