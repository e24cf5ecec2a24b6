#pragma once

#include <map>
#include <string>

#include "config/config_folder.h"

namespace restorewatch {

/// What the code says of a key when it is given something that it cannot be: "must be true or
/// false", "must be a duration from 1s to 1y, such as …".
using KeysOfTheCode = std::map<std::string, std::string>;  // by path: "projects[].id"

/// Every key that the configuration has, found by asking: a word that nobody knows is answered with
/// those that are known there. Maps whose keys are the operator's own words count as leaves.
/// `folder` must hold a file "key", for secrets.
KeysOfTheCode find_keys(const ConfigFolder& folder);

/// What is said of the key at `path`, whose lists have one entry; empty: nothing.
std::string said_of(const ConfigOutcome& outcome, std::string path);

/// The least that a configuration, or an entry of the list at `path`, must hold, as flow YAML
/// without braces: "url: …, secret_file: key". A `;` stands for a comma inside of an entry.
std::string least_of(const std::string& path);

/// "b: 2" of "a: 1, b: 2" without "a".
std::string without(std::string entries, const std::string& key);

/// A configuration in which the key at `path` has this value, and else as little as may be.
std::string with_key(const std::string& path, const std::string& value);

}  // namespace restorewatch
