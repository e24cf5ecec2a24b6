#pragma once

#include "atlas/answer_digest.h"
#include "atlas/api_caller.h"
#include "atlas/api_metrics.h"
#include "atlas/atlas_options.h"
#include "atlas/credential_choice.h"
#include "atlas/json_parser.h"
#include "base/clock.h"
#include "base/http_transport.h"
#include "base/log.h"
#include "base/loop.h"
#include "base/telemetry.h"
#include "jobs/call_budget.h"

namespace restorewatch {

/// What everything that asks the API shares: the way to it, what is known of its credentials, and a
/// parser. On the loop's thread only.
struct AtlasApi {
  /// All must outlive the API, and the API the loop's work.
  AtlasApi(AtlasOptions from_options, Telemetry& telemetry, HttpTransport& transport, Loop& on_loop,
           CallBudget& budget, const Clock& clock, Log to_log);

  /// All but base_url from now on.
  void reconfigure(AtlasOptions to_options);

  AtlasOptions options;  // cleaned: no slash at the end of base_url, a page size the API takes
  Loop& loop;
  Log log;
  ApiMetrics metrics;
  ApiCaller caller;
  CredentialChoice calls;
  JsonParser parser;
  AnswerDigester digest;
};

}  // namespace restorewatch
