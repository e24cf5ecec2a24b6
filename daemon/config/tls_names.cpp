#include "config/tls_names.h"

#include <algorithm>
#include <array>
#include <utility>

namespace restorewatch {
namespace {

constexpr auto k13 = TlsVersion::Tls13;
constexpr auto k12 = TlsVersion::Tls12;

// tls.CipherSuites() of Go 1.19, which Debian's Prometheus 2.42 is built with.
constexpr std::array kSuites{
    SuiteName{"TLS_AES_128_GCM_SHA256", "TLS_AES_128_GCM_SHA256", k13},
    SuiteName{"TLS_AES_256_GCM_SHA384", "TLS_AES_256_GCM_SHA384", k13},
    SuiteName{"TLS_CHACHA20_POLY1305_SHA256", "TLS_CHACHA20_POLY1305_SHA256", k13},
    SuiteName{"TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256", "ECDHE-ECDSA-AES128-GCM-SHA256"},
    SuiteName{"TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384", "ECDHE-ECDSA-AES256-GCM-SHA384"},
    SuiteName{"TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256", "ECDHE-RSA-AES128-GCM-SHA256"},
    SuiteName{"TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384", "ECDHE-RSA-AES256-GCM-SHA384"},
    SuiteName{"TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256", "ECDHE-RSA-CHACHA20-POLY1305"},
    SuiteName{"TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256", "ECDHE-ECDSA-CHACHA20-POLY1305"},
    SuiteName{"TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA", "ECDHE-ECDSA-AES128-SHA"},
    SuiteName{"TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA", "ECDHE-ECDSA-AES256-SHA"},
    SuiteName{"TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA", "ECDHE-RSA-AES128-SHA"},
    SuiteName{"TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA", "ECDHE-RSA-AES256-SHA"},
    SuiteName{"TLS_RSA_WITH_AES_128_GCM_SHA256", "AES128-GCM-SHA256", k12, false},
    SuiteName{"TLS_RSA_WITH_AES_256_GCM_SHA384", "AES256-GCM-SHA384", k12, false},
    SuiteName{"TLS_RSA_WITH_AES_128_CBC_SHA", "AES128-SHA", k12, false},
    SuiteName{"TLS_RSA_WITH_AES_256_CBC_SHA", "AES256-SHA", k12, false},
};

using Names = std::pair<std::string_view, std::string_view>;
constexpr std::array kGroups{Names{"CurveP256", "P-256"}, Names{"CurveP384", "P-384"},
                             Names{"CurveP521", "P-521"}, Names{"X25519", "X25519"}};

using Word = std::pair<std::string_view, ClientCertificate>;
constexpr std::array kClientWords{
    Word{"NoClientCert", ClientCertificate::None},
    Word{"RequestClientCert", ClientCertificate::Request},
    Word{"RequireClientCert", ClientCertificate::RequireAny},
    Word{"RequireAnyClientCert", ClientCertificate::RequireAny},
    Word{"VerifyClientCertIfGiven", ClientCertificate::VerifyIfGiven},
    Word{"RequireAndVerifyClientCert", ClientCertificate::RequireAndVerify}};

template <typename Table>
auto second_of(const Table& table, std::string_view first)
    -> std::optional<decltype(table.front().second)> {
  for (const auto& [word, meaning] : table) {
    if (word == first) return meaning;
  }
  return std::nullopt;
}

}  // namespace

std::optional<SuiteName> suite_from(std::string_view go) {
  const auto* const found = std::ranges::find(kSuites, go, &SuiteName::go);
  if (found == kSuites.end()) return std::nullopt;
  return *found;
}

std::optional<std::string_view> group_from(std::string_view go) {
  return second_of(kGroups, go);
}

std::optional<ClientCertificate> client_certificate_from(std::string_view word) {
  return second_of(kClientWords, word);
}

}  // namespace restorewatch
