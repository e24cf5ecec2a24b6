#include "atlas/atlas_client.h"

#include <algorithm>
#include <string>
#include <utility>

#include "atlas/api_caller.h"
#include "atlas/api_error.h"
#include "atlas/api_metrics.h"
#include "atlas/api_url.h"
#include "atlas/endpoints.h"
#include "atlas/json_parser.h"
#include "atlas/paging.h"

namespace restorewatch {
namespace {

constexpr std::size_t kMaxPageSize = 500;  // the API's

AtlasOptions cleaned(AtlasOptions options) {
  while (options.base_url.ends_with('/')) options.base_url.pop_back();
  options.page_size = std::clamp<std::size_t>(options.page_size, 1, kMaxPageSize);
  return options;
}

ApiRequest request_for(const Target& target, std::string_view path_template, std::string url) {
  const Endpoint& endpoint = endpoint_of(target.key.source);
  return ApiRequest{target.credential, std::move(url),        path_template,
                    endpoint.accept,   endpoint.endpoint_set, to_string(target.key.project_id)};
}

/// includeCount=false: counting is dear for the server, and nothing may depend on the count.
std::string page_query(std::size_t page_size, int page_number) {
  return "?itemsPerPage=" + std::to_string(page_size) +
         "&includeCount=false&pageNum=" + std::to_string(page_number);
}

/// NotFound is kept for what is said of the job itself.
Error error_of_get(const ApiAnswer& answer) {
  Error error = answer.body.error();
  if (error.kind == ErrorKind::NotFound && !is_job_not_found_code(answer.error_code)) {
    error.kind = ErrorKind::Other;
  }
  return error;
}

}  // namespace

struct AtlasClient::Parts {
  Parts(AtlasOptions from_options, const Deps& deps)
      : options(cleaned(std::move(from_options))),
        metrics(deps.telemetry),
        caller(options, {deps.transport, deps.loop, deps.clock, metrics, deps.log}) {}

  AtlasOptions options;
  ApiMetrics metrics;
  ApiCaller caller;
  JsonParser parser;
};

struct AtlasClient::ListRun {
  Target target;
  std::string url;  // of the list, without its query
  Paging paging;
  ListDone done;
};

AtlasClient::AtlasClient(AtlasOptions options, const Deps& deps)
    : parts_(std::make_unique<Parts>(std::move(options), deps)) {}

AtlasClient::~AtlasClient() = default;

void AtlasClient::list(const Target& target, ListDone done) {
  const std::string path = fill_path(
      endpoint_of(target.key.source).list_path,
      {{"groupId", to_string(target.key.project_id)}, {"clusterName", target.key.cluster_name}});
  read_page(std::make_shared<ListRun>(ListRun{target, parts_->options.base_url + path,
                                              Paging(parts_->options.page_size), std::move(done)}));
}

void AtlasClient::read_page(std::shared_ptr<ListRun> run) {
  const Endpoint& endpoint = endpoint_of(run->target.key.source);
  const std::string query = page_query(parts_->options.page_size, run->paging.page_number());
  ApiRequest request = request_for(run->target, endpoint.list_path, run->url + query);
  parts_->caller.get(std::move(request), [this, run = std::move(run), &endpoint](ApiAnswer answer) {
    Result<Page> page =
        answer.body.ok() ? endpoint.decode_page(parts_->parser, *answer.body) : answer.body.error();
    if (!page) run->paging.fail(page.error());
    if (page && run->paging.add(std::move(*page))) return read_page(run);
    run->done(run->paging.take());
  });
}

void AtlasClient::get(const Target& target, const JobId& id, GetDone done) {
  const Endpoint& endpoint = endpoint_of(target.key.source);
  const std::string path =
      fill_path(endpoint.get_path, {{"groupId", to_string(target.key.project_id)},
                                    {"clusterName", target.key.cluster_name},
                                    {"restoreJobId", to_string(id)}});
  ApiRequest request = request_for(target, endpoint.get_path, parts_->options.base_url + path);
  parts_->caller.get(
      std::move(request), [this, id, &endpoint, done = std::move(done)](ApiAnswer answer) {
        if (!answer.body) return done(error_of_get(answer));
        Result<RestoreJob> job = endpoint.decode_job(parts_->parser, *answer.body);
        if (job && job->id != id) {
          return done(Error{ErrorKind::Malformed, "the answer is about another job"});
        }
        done(std::move(job));
      });
}

}  // namespace restorewatch
