#pragma once

#include <string>
#include <vector>

struct x509_st;

namespace restorewatch {

/// The subject alternative names of a certificate, as exporter-toolkit writes them: DNS names,
/// e-mail addresses and URIs as they stand there, IP addresses in their usual form ("192.0.2.1",
/// "2001:db8::1"). Others, and those with a NUL in them, are left out.
std::vector<std::string> subject_names(const x509_st& certificate);

}  // namespace restorewatch
