#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/web_rules.h"
#include "config/problem.h"
#include "config/secrets.h"

namespace restorewatch {

struct WebFileOutcome {
  std::optional<WebRules> rules;  // absent exactly when there are problems
  std::vector<Problem> problems;  // all of them, in order of place
  std::vector<Problem> warnings;
};

/// Reads a file in the format of Prometheus's exporter-toolkit (docs/web-configuration.md there),
/// and the certificates and keys that it names, from its own folder. What decides whether these
/// fit together is TLS's business: tls_context(). Thread-safe; throws nothing but std::bad_alloc.
/// `places.config_file` is the file itself.
WebFileOutcome load_web_file(const SecretPlaces& places);

/// Where the file that `name` stands for is: a name without a slash in the credentials directory,
/// if it is there; else beside the configuration.
std::string web_file_path(const SecretPlaces& places, const std::string& name);

}  // namespace restorewatch
