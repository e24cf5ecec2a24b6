#include "atlas/source_error.h"

#include <gtest/gtest.h>

#include "atlas/api_error.h"
#include "jobs/sources.h"

namespace restorewatch {
namespace {

using enum ErrorKind;

struct Row {
  int status;
  std::string code;
  ErrorKind list;          // of a source that is served
  ErrorKind get;           //
  ErrorKind retired_list;  // of one that Atlas has retired
  ErrorKind retired_get;
};

const std::vector<Row>& rows() {
  static const std::vector<Row> rows{
      {404, "RESTORE_JOB_NOT_FOUND", NotFound, NotFound, NotFound, NotFound},
      {404, "RESTORE_JOB_NOT_FOUND_IN_GROUP", NotFound, NotFound, NotFound, NotFound},
      {404, "INVALID_JOB_ID", NotFound, NotFound, NotFound, NotFound},
      {400, "INVALID_JOB_ID", NotFound, NotFound, NotFound, NotFound},
      {404, "TENANT_RESTORE_NOT_FOUND", NotFound, NotFound, NotFound, NotFound},
      {404, "CLUSTER_NOT_FOUND", NotFound, Other, NotFound, Other},
      {404, "GROUP_NOT_FOUND", NotFound, Other, NotFound, Other},
      {404, "BACKUP_CONFIG_NOT_FOUND", NotFound, Other, NotFound, Other},
      {400, "BACKUP_JOB_NOT_FOUND", NotFound, Other, NotFound, Other},
      {400, "CANNOT_USE_FLEX_CLUSTER_IN_CLUSTER_API", NotFound, Other, NotFound, Other},
      {400, "CANNOT_USE_NON_FLEX_CLUSTER_IN_FLEX_API", NotFound, Other, NotFound, Other},
      {400, "CANNOT_USE_CLUSTER_IN_SERVERLESS_INSTANCE_API", NotFound, Other, NotFound, Other},
      {400, "CANNOT_USE_SERVERLESS_INSTANCE_IN_CLUSTER_API", NotFound, Other, NotFound, Other},
      {400, "INCORRECT_BACKUP_API_ENDPOINT", NotFound, Other, NotFound, Other},
      {403, "FEATURE_UNSUPPORTED", NotFound, Other, NotFound, Other},
      {404, "RESOURCE_NOT_FOUND", NotFound, Other, Gone, Gone},
      {404, "", NotFound, Other, Gone, Gone},
      {405, "", Other, Other, Gone, Gone},
      {410, "", Gone, Gone, Gone, Gone},
      {410, "VERSION_GONE", Gone, Gone, Gone, Gone},
      {400, "VERSION_GONE", Gone, Gone, Gone, Gone},
      {400, "VALIDATION_ERROR", Other, Other, Other, Other},
      {401, "UNEXPECTED_ERROR", Unauthorized, Unauthorized, Unauthorized, Unauthorized},
      {402, "ACCOUNT_SUSPENDED", Other, Other, Other, Other},
      {403, "ACCESS_FORBIDDEN", Forbidden, Forbidden, Forbidden, Forbidden},
      {406, "INVALID_VERSION_DATE", Other, Other, Other, Other},
      {429, "RATE_LIMITED", Throttled, Throttled, Throttled, Throttled},
      {500, "CLUSTER_NOT_FOUND", Other, Other, Other, Other},
      {503, "SERVICE_UNAVAILABLE", Other, Other, Other, Other}};
  return rows;
}

ApiAnswer answer_of(const Row& row) {
  const std::string body = R"({"errorCode":")" + row.code + "\"}";
  ApiError error = read_api_error({row.status, {}, body, {}}, WallTime{});
  return ApiAnswer{error.error, row.status, error.code};
}

TEST(SourceErrorTest, WhatAnAnswerMeansDependsOnTheQuestion) {
  for (const Row& row : rows()) {
    const ApiAnswer answer = answer_of(row);
    for (const SourceFacts& facts : all_sources()) {
      const std::string where =
          std::to_string(row.status) + " " + row.code + " " + std::string(label(facts.source));
      EXPECT_EQ(label(error_of_list(answer, facts.source).kind),
                label(facts.retired ? row.retired_list : row.list))
          << where;
      EXPECT_EQ(label(error_of_get(answer, facts.source).kind),
                label(facts.retired ? row.retired_get : row.get))
          << where;
    }
  }
}

TEST(SourceErrorTest, AnUnpaidBillKeepsItsCode) {
  const ApiAnswer answer =
      answer_of({402, "NO_PAYMENT_INFORMATION_FOUND", Other, Other, Other, Other});
  EXPECT_EQ(error_of_list(answer, Source::Dedicated).detail,
            "HTTP 402 NO_PAYMENT_INFORMATION_FOUND");
}

TEST(SourceErrorTest, NoAnswerAtAllIsNotAMissingSource) {
  const ApiAnswer answer{Error{Unreachable, "no route"}};
  EXPECT_EQ(error_of_list(answer, Source::Tenant).kind, Unreachable);
}

}  // namespace
}  // namespace restorewatch
