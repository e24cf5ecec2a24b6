// Serves a scene as the daemon would, for browsers:
//   site_server SCENE
// Prints its address, and ends when standard input does.

#include <iostream>
#include <string>
#include <thread>

#include "http/http_server.h"
#include "http/site_scenes.h"

namespace restorewatch {
namespace {

int serve(const testing_site::SampleSite& site) {
  HttpContent content;
  content.metrics = [](PageFormat, bool) { return ReadyPage{}; };
  content.not_ready_because = [] { return std::vector<std::string>{"this is a scene"}; };
  content.site = site.source();
  content.site.snapshot = [snapshot = site.snapshot()] { return snapshot; };
  HttpServerOptions options;
  options.port = 0;
  auto server = HttpServer::bind(options, std::move(content));
  if (!server) return 1;
  const std::jthread serving([&] { (*server)->run(); });
  std::cout << "http://127.0.0.1:" << (*server)->port() << std::endl;
  for (std::string line; std::getline(std::cin, line);) {
  }
  (*server)->stop();
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
