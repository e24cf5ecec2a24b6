#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "atlas/atlas_options.h"
#include "atlas/limit_reader.h"
#include "base/clock.h"
#include "base/http_transport.h"
#include "base/log.h"
#include "base/loop.h"
#include "base/telemetry.h"
#include "jobs/directory.h"
#include "jobs/job_source.h"

namespace restorewatch {

struct AtlasApi;

/// Reads restore jobs from the Atlas Administration API. It can only GET, and POST to the token
/// endpoint. URLs are built on `base_url` alone: links in answers are never followed.
/// On the loop's thread only.
class AtlasClient final : public JobSource {
 public:
  /// All must outlive the client, and the client the loop's work.
  struct Deps {
    HttpTransport& transport;
    Loop& loop;
    CallBudget& budget;  // says when each GET may be sent
    const Clock& clock;
    Telemetry& telemetry;
    Log log;
  };
  using ProbeDone = std::function<void(Status)>;

  AtlasClient(AtlasOptions options, const Deps& deps);
  ~AtlasClient() override;

  /// Other options from now on, but for base_url: that is another Atlas. Credentials that stay keep
  /// their tokens, and what is under way ends with those that it began with.
  void reconfigure(AtlasOptions options);

  /// The credential's file has this secret now: it is tried from the next request on, while tokens
  /// made with the one before go on. If it is refused, the one before is used.
  void offer_secret(const std::string& credential, const Secret& secret);

  CallBucket bucket_of(const Target& target) const override;
  void list(const Target& target, Known known, ListDone done) override;
  void get(const Target& target, const JobId& id, GetDone done) override;

  /// Whether list() would work: asks for one job (for all, where a list has no pages) and reads the
  /// answer. Errors as those of a listing; `done` as there.
  void probe(const Target& target, ProbeDone done);

  /// What rate limits Atlas tells of the project. `done` as that of a listing.
  void read_limits(const ProjectId& project, const std::vector<std::string>& credentials,
                   LimitsDone done);

  /// Asks for projects and clusters over the same connections and with the same credentials. Lives
  /// as long as the client.
  Directory& directory();

  /// The configured name of the credential that was accepted last for such jobs of the project;
  /// empty if none has been.
  std::string credential_in_use(const ProjectId& project_id, Source source) const;

  /// Atlas's clock minus ours, good to about a second, as of now; absent until an answer has told.
  /// Negative: ours is ahead.
  std::optional<std::chrono::milliseconds> clock_offset() const;

 private:
  struct ListRun;

  using RunPtr = std::shared_ptr<ListRun>;

  void read_on(const RunPtr& run, ListDone done);
  void read_page(const RunPtr& run, std::function<void(Status)> done);

  std::unique_ptr<AtlasApi> api_;
  std::unique_ptr<Directory> directory_;
};

}  // namespace restorewatch
