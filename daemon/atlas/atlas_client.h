#pragma once

#include <memory>

#include "atlas/atlas_options.h"
#include "base/clock.h"
#include "base/http_transport.h"
#include "base/log.h"
#include "base/loop.h"
#include "base/telemetry.h"
#include "jobs/job_source.h"

namespace restorewatch {

/// Reads restore jobs from the Atlas Administration API. It can only GET, and POST to the token
/// endpoint. URLs are built on `base_url` alone: links in answers are never followed.
class AtlasClient final : public JobSource {
 public:
  /// All must outlive the client, and the client the loop's work.
  struct Deps {
    HttpTransport& transport;
    Loop& loop;
    const Clock& clock;
    Telemetry& telemetry;
    Log log;
  };

  AtlasClient(AtlasOptions options, const Deps& deps);
  ~AtlasClient() override;

  void list(const Target& target, ListDone done) override;
  void get(const Target& target, const JobId& id, GetDone done) override;

 private:
  struct Parts;
  struct ListRun;

  void read_page(std::shared_ptr<ListRun> run);

  std::unique_ptr<Parts> parts_;
};

}  // namespace restorewatch
