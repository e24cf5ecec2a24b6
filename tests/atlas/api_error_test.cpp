#include "atlas/api_error.h"

#include <gtest/gtest.h>

#include "atlas/fixture.h"

namespace restorewatch {
namespace {

using std::chrono::seconds;

const WallTime kNow = parse_time("2026-08-10T09:42:00Z").value();

struct ErrorCase {
  std::string_view name;
  int status;
  std::string body;
  std::map<std::string, std::string, std::less<>> headers;
  ErrorKind kind;
  std::string code;
  std::string detail;
  std::optional<seconds> retry_after;
};

class ApiErrorTest : public testing::TestWithParam<ErrorCase> {};

TEST_P(ApiErrorTest, IsReadAsDocumented) {
  const ErrorCase& test = GetParam();
  const ApiError actual = read_api_error({test.status, test.headers, test.body, {}}, kNow);
  EXPECT_EQ(label(actual.error.kind), label(test.kind));
  EXPECT_EQ(actual.code, test.code);
  EXPECT_EQ(actual.error.detail, test.detail);
  EXPECT_EQ(actual.error.retry_after, test.retry_after);
}

std::string coded(const std::string& code, const std::string& more = "") {
  return R"({"error":1,"errorCode":")" + code + R"(","reason":"Why")" + more + "}";
}

const std::string kExample =
    "(This is just an example, the exception may not be related to this endpoint)";

INSTANTIATE_TEST_SUITE_P(
    Answers, ApiErrorTest,
    testing::Values(
        ErrorCase{"Published400",
                  400,
                  fixture("error-400.json"),
                  {},
                  ErrorKind::Other,
                  "VALIDATION_ERROR",
                  "HTTP 400 VALIDATION_ERROR: " + kExample + " No provider AWS exists.",
                  {}},
        ErrorCase{"Published401",
                  401,
                  fixture("error-401.json"),
                  {},
                  ErrorKind::Forbidden,
                  "NOT_ORG_GROUP_CREATOR",
                  "HTTP 401 NOT_ORG_GROUP_CREATOR: " + kExample +
                      " (the credential is valid, a role is missing)",
                  {}},
        ErrorCase{"Published403",
                  403,
                  fixture("error-403.json"),
                  {},
                  ErrorKind::Forbidden,
                  "CANNOT_CHANGE_GROUP_NAME",
                  "HTTP 403 CANNOT_CHANGE_GROUP_NAME: " + kExample,
                  {}},
        ErrorCase{"Published404",
                  404,
                  fixture("error-404.json"),
                  {},
                  ErrorKind::NotFound,
                  "RESOURCE_NOT_FOUND",
                  "HTTP 404 RESOURCE_NOT_FOUND: " + kExample + " Cannot find resource AWS",
                  {}},
        ErrorCase{"Published500",
                  500,
                  fixture("error-500.json"),
                  {},
                  ErrorKind::Other,
                  "UNEXPECTED_ERROR",
                  "HTTP 500 UNEXPECTED_ERROR: " + kExample,
                  {}},
        ErrorCase{"WrongKey",
                  401,
                  fixture("error-wrong-key.json"),
                  {},
                  ErrorKind::Unauthorized,
                  "UNEXPECTED_ERROR",
                  "HTTP 401 UNEXPECTED_ERROR: You are not authorized for this resource.",
                  {}},
        ErrorCase{"ClusterNotFound",
                  404,
                  fixture("error-cluster-not-found.json"),
                  {},
                  ErrorKind::NotFound,
                  "CLUSTER_NOT_FOUND",
                  "HTTP 404 CLUSTER_NOT_FOUND: No cluster named orders exists in group "
                  "6a79a0005f1c2b3d4e5f6071.",
                  {}},
        ErrorCase{"RoleUnauthorized",
                  401,
                  coded("USER_UNAUTHORIZED"),
                  {},
                  ErrorKind::Forbidden,
                  "USER_UNAUTHORIZED",
                  "HTTP 401 USER_UNAUTHORIZED: Why (the credential is valid, a role is missing)",
                  {}},
        ErrorCase{
            "RoleCannotAccess",
            401,
            coded("USER_CANNOT_ACCESS_GROUP"),
            {},
            ErrorKind::Forbidden,
            "USER_CANNOT_ACCESS_GROUP",
            "HTTP 401 USER_CANNOT_ACCESS_GROUP: Why (the credential is valid, a role is missing)",
            {}},
        ErrorCase{"RoleNotInGroup",
                  401,
                  coded("NOT_IN_GROUP"),
                  {},
                  ErrorKind::Forbidden,
                  "NOT_IN_GROUP",
                  "HTTP 401 NOT_IN_GROUP: Why (the credential is valid, a role is missing)",
                  {}},
        ErrorCase{"AccessList",
                  403,
                  fixture("error-access-list.json"),
                  {},
                  ErrorKind::Forbidden,
                  "IP_ADDRESS_NOT_ON_ACCESS_LIST",
                  "HTTP 403 IP_ADDRESS_NOT_ON_ACCESS_LIST: add 203.0.113.7 to the API access list "
                  "of the credential in Atlas",
                  {}},
        ErrorCase{"AccessListOldSpelling",
                  403,
                  coded("IP_ADDRESS_NOT_ON_WHITELIST", R"(,"parameters":["2001:db8::7"])"),
                  {},
                  ErrorKind::Forbidden,
                  "IP_ADDRESS_NOT_ON_WHITELIST",
                  "HTTP 403 IP_ADDRESS_NOT_ON_WHITELIST: add 2001:db8::7 to the API access list of "
                  "the credential in Atlas",
                  {}},
        ErrorCase{"AccessListWithoutAddress",
                  403,
                  coded("ORG_REQUIRES_WHITELIST", R"(,"parameters":["x/y"])"),
                  {},
                  ErrorKind::Forbidden,
                  "ORG_REQUIRES_WHITELIST",
                  "HTTP 403 ORG_REQUIRES_WHITELIST: add this machine's public address to the API "
                  "access list of the credential in Atlas",
                  {}},
        ErrorCase{"Gone",
                  410,
                  coded("VERSION_GONE"),
                  {},
                  ErrorKind::Gone,
                  "VERSION_GONE",
                  "HTTP 410 VERSION_GONE: Why",
                  {}},
        ErrorCase{"GoneWithoutBody", 410, "", {}, ErrorKind::Gone, "", "HTTP 410", {}},
        ErrorCase{
            "TokenBucket",
            429,
            fixture("error-token-bucket.json"),
            {},
            ErrorKind::Throttled,
            "RATE_LIMITED_TOKEN_BUCKET",
            "HTTP 429 RATE_LIMITED_TOKEN_BUCKET: Rate limit of 5 requests per 60 seconds exceeded.",
            seconds(55)},
        ErrorCase{
            "TheLongerWaitCounts",
            429,
            fixture("error-token-bucket.json"),
            {{"retry-after", "7"}},
            ErrorKind::Throttled,
            "RATE_LIMITED_TOKEN_BUCKET",
            "HTTP 429 RATE_LIMITED_TOKEN_BUCKET: Rate limit of 5 requests per 60 seconds exceeded.",
            seconds(55)},
        ErrorCase{"OlderLimiterSaysMinutes",
                  429,
                  coded("RATE_LIMITED", R"(,"parameters":["/api/oauth/token",10,1])"),
                  {},
                  ErrorKind::Throttled,
                  "RATE_LIMITED",
                  "HTTP 429 RATE_LIMITED: Why",
                  seconds(60)},
        ErrorCase{"RetryAfterDate",
                  503,
                  coded("SERVICE_UNAVAILABLE"),
                  {{"retry-after", "Mon, 10 Aug 2026 09:43:30 GMT"}},
                  ErrorKind::Other,
                  "SERVICE_UNAVAILABLE",
                  "HTTP 503 SERVICE_UNAVAILABLE: Why",
                  seconds(90)},
        ErrorCase{"RetryAfterPast",
                  429,
                  "",
                  {{"retry-after", "Mon, 10 Aug 2026 09:00:00 GMT"}},
                  ErrorKind::Throttled,
                  "",
                  "HTTP 429",
                  seconds(0)},
        ErrorCase{"RetryAfterEndless",
                  429,
                  "",
                  {{"retry-after", "99999999999"}},
                  ErrorKind::Throttled,
                  "",
                  "HTTP 429",
                  seconds(86'400)},
        ErrorCase{"RetryAfterNonsense",
                  429,
                  "",
                  {{"retry-after", "soon"}},
                  ErrorKind::Throttled,
                  "",
                  "HTTP 429",
                  {}},
        ErrorCase{"RetryAfterNegative",
                  429,
                  "",
                  {{"retry-after", "-5"}},
                  ErrorKind::Throttled,
                  "",
                  "HTTP 429",
                  {}},
        ErrorCase{"GatewayHtml",
                  502,
                  "<html><body>Bad gateway</body></html>",
                  {},
                  ErrorKind::Other,
                  "",
                  "HTTP 502",
                  {}},
        ErrorCase{"CodeFromTheHeader",
                  404,
                  "<html>",
                  {{"x-error-code", "CLUSTER_NOT_FOUND"}},
                  ErrorKind::NotFound,
                  "CLUSTER_NOT_FOUND",
                  "HTTP 404 CLUSTER_NOT_FOUND",
                  {}},
        ErrorCase{"Envelope",
                  404,
                  R"({"status":404,"content":)" + coded("CLUSTER_NOT_FOUND") + "}",
                  {},
                  ErrorKind::NotFound,
                  "CLUSTER_NOT_FOUND",
                  "HTTP 404 CLUSTER_NOT_FOUND: Why",
                  {}},
        ErrorCase{"WrongTier",
                  400,
                  coded("CANNOT_USE_FLEX_CLUSTER_IN_CLUSTER_API"),
                  {},
                  ErrorKind::NotFound,
                  "CANNOT_USE_FLEX_CLUSTER_IN_CLUSTER_API",
                  "HTTP 400 CANNOT_USE_FLEX_CLUSTER_IN_CLUSTER_API: Why",
                  {}},
        ErrorCase{"Unpaid",
                  402,
                  coded("ACCOUNT_SUSPENDED"),
                  {},
                  ErrorKind::Other,
                  "ACCOUNT_SUSPENDED",
                  "HTTP 402 ACCOUNT_SUSPENDED: Why",
                  {}},
        ErrorCase{"Redirect",
                  302,
                  "",
                  {{"location", "https://elsewhere.example.net/hunter2"}},
                  ErrorKind::Other,
                  "",
                  "HTTP 302",
                  {}},
        ErrorCase{"OAuthShape",
                  401,
                  fixture("error-invalid-client.json"),
                  {},
                  ErrorKind::Unauthorized,
                  "invalid_client",
                  "HTTP 401 invalid_client: Invalid client credentials.",
                  {}},
        ErrorCase{"OAuth400",
                  400,
                  fixture("error-invalid-client.json"),
                  {},
                  ErrorKind::Unauthorized,
                  "invalid_client",
                  "HTTP 400 invalid_client: Invalid client credentials.",
                  {}},
        ErrorCase{"OAuthTokenLimit",
                  403,
                  R"({"error":"access_denied","error_description":"Too many tokens."})",
                  {},
                  ErrorKind::Forbidden,
                  "access_denied",
                  "HTTP 403 access_denied: Too many tokens.",
                  {}},
        ErrorCase{
            "LinksAndControlsAreRemoved",
            404,
            coded(
                "A_CODE",
                R"(,"detail":"see https://x.example.net/hunter2?a=b\nor x.example.net/hunter2 \u001b[31mé")"),
            {},
            ErrorKind::NotFound,
            "A_CODE",
            "HTTP 404 A_CODE: see [link]?or [link] ?[31m??",
            {}},
        ErrorCase{"ACodeThatIsNone",
                  404,
                  coded("<script>"),
                  {},
                  ErrorKind::NotFound,
                  "",
                  "HTTP 404: Why",
                  {}},
        ErrorCase{"WrongTypes",
                  404,
                  R"({"errorCode":7,"detail":[],"reason":{},"parameters":{},"content":3})",
                  {},
                  ErrorKind::NotFound,
                  "",
                  "HTTP 404",
                  {}}),
    [](const auto& test) { return std::string(test.param.name); });

TEST(ApiErrorTest, NamesTheRoleWhereItIsKnown) {
  const HttpResponse answer{401, {}, coded("USER_UNAUTHORIZED"), {}};
  EXPECT_EQ(read_api_error(answer, kNow, "Project Backup Manager").error.detail,
            "HTTP 401 USER_UNAUTHORIZED: Why (the credential is valid, the role Project Backup "
            "Manager is missing)");
}

TEST(ApiErrorTest, CutsLongDetails) {
  const std::string body = coded("A_CODE", R"(,"detail":")" + std::string(5000, 'x') + "\"");
  EXPECT_EQ(read_api_error({500, {}, body, {}}, kNow).error.detail,
            "HTTP 500 A_CODE: " + std::string(200, 'x'));
}

TEST(ApiErrorTest, HugeOrDeepBodiesAreTolerated) {
  const std::string deep = std::string(5000, '[') + std::string(5000, ']');
  EXPECT_EQ(read_api_error({500, {}, deep, {}}, kNow).error.detail, "HTTP 500");
  const std::string huge = coded("A_CODE", R"(,"x":")" + std::string(1'000'000, 'x') + "\"");
  EXPECT_EQ(read_api_error({500, {}, huge, {}}, kNow).error.detail, "HTTP 500");
}

TEST(ApiErrorTest, KnowsWhichCodesAreAboutTheJob) {
  for (const char* code : {"RESTORE_JOB_NOT_FOUND", "RESTORE_JOB_NOT_FOUND_IN_GROUP",
                           "INVALID_JOB_ID", "TENANT_RESTORE_NOT_FOUND"}) {
    EXPECT_TRUE(is_job_not_found_code(code));
  }
  for (const char* code : {"CLUSTER_NOT_FOUND", "GROUP_NOT_FOUND", "RESOURCE_NOT_FOUND", ""}) {
    EXPECT_FALSE(is_job_not_found_code(code));
  }
}

}  // namespace
}  // namespace restorewatch
