#pragma once

#include <string>

namespace atlas_simulator {

/// Writes a fresh self-signed certificate for `localhost` and 127.0.0.1, valid for a day, and its
/// key as PEM files. A client that trusts the certificate file as its CA accepts the server.
/// Throws std::runtime_error if a file cannot be written.
void write_self_signed(const std::string& cert_path, const std::string& key_path);

}  // namespace atlas_simulator
