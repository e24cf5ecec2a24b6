#include "config/tls_section.h"

#include <string>
#include <string_view>
#include <utility>

#include "config/files.h"
#include "config/tls_names.h"
#include "config/web_file.h"

namespace restorewatch {
namespace {

constexpr std::size_t kMaxPemBytes = 1U << 20U;

Error bad(std::string message) {
  return {ErrorKind::BadConfig, std::move(message)};
}

/// Null and "" are as good as absent, as they are for exporter-toolkit.
std::optional<Value> find_given(MapReader& map, std::string_view key) {
  std::optional<Value> value = map.find_nullable(key);
  if (value && value->plain() == "") return std::nullopt;
  return value;
}

/// PEM that stands in the file itself: several lines, which text() would refuse.
std::optional<std::string> inline_pem(const Value& value) {
  std::optional<std::string> text = value.plain();
  if (!text) value.problem("must be a text in PEM, written as a block (\"|\")");
  return text;
}

/// What may stand in the file itself or in one of its own.
struct PemKeys {
  std::string_view here;
  std::string_view file;
  bool secret = false;
};
constexpr PemKeys kCertificate{"cert", "cert_file"};
constexpr PemKeys kKey{"key", "key_file", true};
constexpr PemKeys kClientCa{"client_ca", "client_ca_file"};

bool has(const MapReader& map, const PemKeys& keys) {
  return map.has(keys.here) || map.has(keys.file);
}

/// Empty: neither is given, or it is wrong, which has been reported.
std::string read_pem(MapReader& map, const PemKeys& keys, const SecretPlaces& places) {
  const std::optional<Value> here = find_given(map, keys.here);
  const std::optional<Value> file = find_given(map, keys.file);
  if (here && file) {
    here->problem("is given beside " + std::string(keys.file) + "; one of them will do");
    return {};
  }
  if (here) return inline_pem(*here).value_or("");
  const std::optional<std::string> name = file ? file->text() : std::nullopt;
  if (!name) return {};
  const Result<FileContents> contents =
      read_regular_file(web_file_path(places, *name), kMaxPemBytes);
  if (!contents) {
    file->problem(contents.error().detail);
  } else if (contents->bytes.empty()) {
    file->problem("is empty");
  } else {
    if (keys.secret && contents->readable_by_others) {
      file->warning("everybody on this machine can read it; chmod 600 it");
    }
    return contents->bytes;
  }
  return {};
}

Result<TlsVersion> parse_version(std::string_view word) {
  if (word == "TLS12") return TlsVersion::Tls12;
  if (word == "TLS13") return TlsVersion::Tls13;
  if (word == "TLS10" || word == "TLS11") {
    return bad("is broken and not spoken here; must be TLS12 or TLS13");
  }
  return bad("must be TLS12 or TLS13");
}

Result<ClientCertificate> parse_client_certificate(std::string_view word) {
  if (const auto known = client_certificate_from(word)) return *known;
  return bad(
      "must be NoClientCert, RequestClientCert, RequireAnyClientCert, VerifyClientCertIfGiven or "
      "RequireAndVerifyClientCert");
}

Result<SuiteName> parse_suite(std::string_view word) {
  if (const auto suite = suite_from(word)) return *suite;
  return bad(
      "is no suite that Go takes for secure, by its name there, such as "
      "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256");
}

Result<std::string_view> parse_group(std::string_view word) {
  if (const auto group = group_from(word)) return *group;
  return bad("must be X25519, CurveP256, CurveP384 or CurveP521");
}

void append(std::string& list, std::string_view name) {
  if (!list.empty()) list += ':';
  list += name;
}

void read_versions(MapReader& map, TlsRules& tls) {
  if (const auto version = find_given(map, "min_version")) {
    tls.min_version = version->parsed(parse_version).value_or(tls.min_version);
  }
  const auto version = find_given(map, "max_version");
  if (version) tls.max_version = version->parsed(parse_version).value_or(tls.max_version);
  if (version && tls.max_version < tls.min_version) {
    version->problem("is below min_version, so that nobody could connect");
  }
}

void read_suites(MapReader& map, TlsRules& tls) {
  const auto list = map.find_nullable("cipher_suites");
  if (!list) return;
  for (const Value& item : list->list_or_none()) {
    const auto suite = item.parsed(parse_suite);
    if (!suite) continue;
    append(suite->version == TlsVersion::Tls13 ? tls.suites13 : tls.suites12, suite->openssl);
    if (suite->forward_secret) continue;
    item.warning("who gets hold of the key later can read what was recorded before");
  }
  if (tls.suites12.empty() && !tls.suites13.empty() && tls.max_version == TlsVersion::Tls13) {
    tls.min_version = TlsVersion::Tls13;  // none of the list is for 1.2
  }
  if (tls.suites12.empty() && !tls.suites13.empty() && tls.max_version == TlsVersion::Tls12) {
    list->problem("names no suite of TLS 1.2, which max_version asks for");
  }
}

void read_groups(MapReader& map, TlsRules& tls) {
  const auto list = map.find_nullable("curve_preferences");
  if (!list) return;
  for (const Value& item : list->list_or_none()) {
    if (const auto group = item.parsed(parse_group)) append(tls.groups, *group);
  }
}

void read_sans(MapReader& map, TlsRules& tls) {
  const auto list = map.find_nullable("client_allowed_sans");
  if (!list) return;
  for (const Value& item : list->list()) {
    if (const auto san = item.text()) tls.allowed_sans.push_back(*san);
  }
  if (tls.client_certificate == ClientCertificate::RequireAny ||
      tls.client_certificate == ClientCertificate::RequireAndVerify) {
    return;
  }
  list->problem(
      "needs client_auth_type: RequireAndVerifyClientCert; a client without a certificate has none "
      "of these names");
}

void read_client_certificates(MapReader& map, const SecretPlaces& places, TlsRules& tls) {
  const auto type = find_given(map, "client_auth_type");
  if (type) {
    tls.client_certificate =
        type->parsed(parse_client_certificate).value_or(tls.client_certificate);
  }
  const bool names_authority = has(map, kClientCa);
  tls.client_ca = read_pem(map, kClientCa, places);
  read_sans(map, tls);
  if (!tls.client_ca.empty() && tls.client_certificate == ClientCertificate::None) {
    map.problem(
        "names a client_ca, but client_auth_type asks for no certificate; "
        "RequireAndVerifyClientCert would");
  }
  const bool verifies = tls.client_certificate == ClientCertificate::VerifyIfGiven ||
                        tls.client_certificate == ClientCertificate::RequireAndVerify;
  if (verifies && !names_authority) {
    type->warning(
        "without client_ca_file the system's authorities count: whoever has a certificate of "
        "theirs for clients comes in");
  }
  if (type && !verifies && tls.client_certificate != ClientCertificate::None) {
    type->warning("lets in who has made a certificate for himself");
  }
}

void report_missing(const MapReader& map) {
  if (!has(map, kCertificate)) {
    map.problem("needs cert_file (or cert); without one there would be no TLS at all");
  }
  if (!has(map, kKey)) {
    map.problem("needs key_file (or key)");
  }
}

}  // namespace

std::optional<TlsRules> read_tls(MapReader& map, const SecretPlaces& places) {
  TlsRules tls;
  tls.certificate = read_pem(map, kCertificate, places);
  tls.key = Secret(read_pem(map, kKey, places));
  read_versions(map, tls);
  read_suites(map, tls);
  read_groups(map, tls);
  read_client_certificates(map, places, tls);
  map.read("prefer_server_cipher_suites", tls.prefer_own_suites);
  if (map.empty()) return std::nullopt;
  report_missing(map);
  return tls;
}

}  // namespace restorewatch
