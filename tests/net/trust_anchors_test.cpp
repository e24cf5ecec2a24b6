#include "net/trust_anchors.h"

#include <gtest/gtest.h>
#include <openssl/ssl.h>

#include "net/net_loop.h"
#include "net/test_certificates.h"

namespace restorewatch {
namespace {

struct ContextDeleter {
  void operator()(SSL_CTX* context) const { SSL_CTX_free(context); }
};
using Context = std::unique_ptr<SSL_CTX, ContextDeleter>;

int certificates_in(const Context& context) {
  return sk_X509_OBJECT_num(X509_STORE_get0_objects(SSL_CTX_get_cert_store(context.get())));
}

TEST(TrustAnchorsTest, AddsToWhatIsThereAndOnlyOnce) {
  const TemporaryFile file(make_authority("a").certificate + make_authority("b").certificate);
  const auto anchors = TrustAnchors::load(file.path());
  ASSERT_TRUE(anchors);
  const Context context(SSL_CTX_new(TLS_client_method()));
  ASSERT_EQ(SSL_CTX_set_default_verify_paths(context.get()), 1);
  const int before = certificates_in(context);
  EXPECT_TRUE(anchors->add_to(context.get()));
  EXPECT_EQ(certificates_in(context), before + 2);
  EXPECT_TRUE(anchors->add_to(context.get()));
  EXPECT_EQ(certificates_in(context), before + 2);
}

TEST(TrustAnchorsTest, RefusesFilesThatAreOfNoUse) {
  const TemporaryFile empty("");
  const TemporaryFile broken("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");
  for (const std::string& path : {std::string("/nowhere/ca.pem"), empty.path(), broken.path()}) {
    const auto anchors = TrustAnchors::load(path);
    ASSERT_FALSE(anchors) << path;
    EXPECT_EQ(anchors.error().kind, ErrorKind::BadConfig);
    NetOptions options;
    options.ca_file = path;
    const SystemClock clock;
    EXPECT_FALSE(NetLoop::create(options, clock));
  }
}

}  // namespace
}  // namespace restorewatch
