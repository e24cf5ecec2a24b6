#include "web/subject_names.h"

#include <arpa/inet.h>
#include <openssl/x509v3.h>

#include <array>
#include <memory>

namespace restorewatch {
namespace {

struct FreeNames {
  void operator()(GENERAL_NAMES* names) const { GENERAL_NAMES_free(names); }
};

std::string text_of(const ASN1_STRING& string) {
  const unsigned char* const bytes = ASN1_STRING_get0_data(&string);
  return {bytes, bytes + ASN1_STRING_length(&string)};
}

std::string address_of(const ASN1_STRING& string) {
  const int family = ASN1_STRING_length(&string) == 4    ? AF_INET
                     : ASN1_STRING_length(&string) == 16 ? AF_INET6
                                                         : AF_UNSPEC;
  std::array<char, INET6_ADDRSTRLEN> text{};
  if (family == AF_UNSPEC) return {};
  const char* const written = inet_ntop(family, ASN1_STRING_get0_data(&string), text.data(),
                                        static_cast<socklen_t>(text.size()));
  return written == nullptr ? "" : written;
}

std::string name_of(const GENERAL_NAME& name) {
  switch (name.type) {
    case GEN_DNS:
      return text_of(*name.d.dNSName);
    case GEN_EMAIL:
      return text_of(*name.d.rfc822Name);
    case GEN_URI:
      return text_of(*name.d.uniformResourceIdentifier);
    case GEN_IPADD:
      return address_of(*name.d.iPAddress);
    default:
      return {};
  }
}

}  // namespace

std::vector<std::string> subject_names(const x509_st& certificate) {
  const std::unique_ptr<GENERAL_NAMES, FreeNames> names(static_cast<GENERAL_NAMES*>(
      X509_get_ext_d2i(&certificate, NID_subject_alt_name, nullptr, nullptr)));
  std::vector<std::string> texts;
  for (int i = 0; names && i < sk_GENERAL_NAME_num(names.get()); ++i) {
    std::string text = name_of(*sk_GENERAL_NAME_value(names.get(), i));
    if (text.empty() || text.find('\0') != std::string::npos) continue;
    texts.push_back(std::move(text));
  }
  return texts;
}

}  // namespace restorewatch
