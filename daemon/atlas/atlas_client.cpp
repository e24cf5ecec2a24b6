#include "atlas/atlas_client.h"

#include <utility>

#include "atlas/api_url.h"
#include "atlas/atlas_api.h"
#include "atlas/atlas_directory.h"
#include "atlas/endpoints.h"
#include "atlas/paging.h"
#include "atlas/source_error.h"

namespace restorewatch {
namespace {

std::string list_path(const Endpoint& endpoint, const TargetKey& key) {
  return fill_path(endpoint.list_path,
                   {{"groupId", to_string(key.project_id)}, {"clusterName", key.cluster_name}});
}

std::string get_path(const Endpoint& endpoint, const TargetKey& key, const JobId& id) {
  return fill_path(endpoint.get_path, {{"groupId", to_string(key.project_id)},
                                       {"clusterName", key.cluster_name},
                                       {"restoreJobId", to_string(id)}});
}

/// Nothing may depend on a count, so none is asked for.
std::string page_query(PageStyle style, std::size_t page_size, int page_number) {
  if (style == PageStyle::Whole) return "";
  return "?itemsPerPage=" + std::to_string(page_size) +
         (style == PageStyle::Counted ? "&includeCount=false" : "") +
         "&pageNum=" + std::to_string(page_number);
}

ApiRequest request_for(const Endpoint& endpoint, const Target& target) {
  ApiRequest request;
  request.accept = endpoint.accept;
  request.role = endpoint.role;
  request.project_id = to_string(target.key.project_id);
  request.bucket = {request.project_id, endpoint.endpoint_set};
  return request;
}

/// The status that an answer has by its envelope; what cannot be read has none.
template <typename Decoded>
int status_of(const Result<Decoded>& decoded) {
  return decoded ? decoded->status : kNoEnvelope;
}

}  // namespace

/// A list that is being read.
struct AtlasClient::ListRun {
  Target target;
  const Endpoint& endpoint;
  std::size_t page_size;
  Known known{};
  Paging paging{endpoint.pages == PageStyle::Whole ? 0 : page_size, std::move(known.is_settled)};
  AnswerDigest answer = 0;              // the present one
  Result<Page> page{Page{}};            // the present one
  std::string credential{};             // that the pages so far were read with
  std::optional<WallTime> served_at{};  // of the first page, by Atlas's clock
};

AtlasClient::AtlasClient(AtlasOptions options, const Deps& deps)
    : api_(std::make_unique<AtlasApi>(std::move(options), deps.telemetry, deps.transport, deps.loop,
                                      deps.budget, deps.clock, deps.log)),
      directory_(std::make_unique<AtlasDirectory>(*api_)) {}

AtlasClient::~AtlasClient() = default;

void AtlasClient::reconfigure(AtlasOptions options) {
  api_->reconfigure(std::move(options));
}

void AtlasClient::offer_secret(const std::string& credential, const Secret& secret) {
  api_->caller.offer(credential, secret);
}

Directory& AtlasClient::directory() {
  return *directory_;
}

void AtlasClient::read_limits(const ProjectId& project, const std::vector<std::string>& credentials,
                              LimitsDone done) {
  ask_limits(*api_, project, credentials, std::move(done));
}

std::string AtlasClient::credential_in_use(const ProjectId& project_id, Source source) const {
  const Endpoint& endpoint = *find_endpoint(source, ApiGeneration::V2);  // all have that one
  return api_->calls.in_use(to_string(project_id), endpoint.endpoint_set);
}

std::optional<std::chrono::milliseconds> AtlasClient::clock_offset() const {
  return api_->caller.clock_offset();
}

CallBucket AtlasClient::bucket_of(const Target& target) const {
  const Endpoint* endpoint = find_endpoint(target.key.source, target.api);
  return {to_string(target.key.project_id), endpoint == nullptr ? "" : endpoint->endpoint_set};
}

void AtlasClient::list(const Target& target, Known known, ListDone done) {
  const Endpoint* endpoint = find_endpoint(target.key.source, target.api);
  if (endpoint == nullptr) {
    Listing nothing;
    nothing.error = no_endpoint(target.key.source, target.api);
    return api_->loop.post([nothing, done = std::move(done)] { done(nothing); });
  }
  read_on(std::make_shared<ListRun>(
              ListRun{target, *endpoint, api_->options.page_size, std::move(known)}),
          std::move(done));
}

void AtlasClient::read_on(const RunPtr& run, ListDone done) {
  read_page(run, [this, run, done = std::move(done)](const Status& status) {
    const bool is_first = run->paging.page_number() == 1;
    Listing listing;
    if (status && is_first && run->known.answer == run->answer) {
      listing.unchanged = true;
    } else {
      if (!status) run->paging.fail(status.error());
      if (status && run->paging.add(std::move(*run->page))) return read_on(run, done);
      listing = run->paging.take();
    }
    if (is_first && !listing.error) listing.answer = run->answer;
    listing.served_at = run->served_at;
    done(std::move(listing));
  });
}

void AtlasClient::probe(const Target& target, ProbeDone done) {
  const Endpoint* endpoint = find_endpoint(target.key.source, target.api);
  if (endpoint == nullptr) {
    return api_->loop.post([error = no_endpoint(target.key.source, target.api),
                            done = std::move(done)] { done(error); });
  }
  read_page(std::make_shared<ListRun>(ListRun{target, *endpoint, 1}), std::move(done));
}

void AtlasClient::read_page(const RunPtr& run, std::function<void(Status)> done) {
  const Endpoint& endpoint = run->endpoint;
  ApiRequest request = request_for(endpoint, run->target);
  request.credential = run->credential;
  request.path_template = endpoint.list_path;
  request.url = api_->options.base_url + list_path(endpoint, run->target.key) +
                page_query(endpoint.pages, run->page_size, run->paging.page_number());
  request.read = [this, run](std::string& body) {
    run->answer = api_->digest(body);
    if (run->paging.page_number() == 1 && run->known.answer == run->answer) return kNoEnvelope;
    run->page = decode_page(run->endpoint.family(), api_->parser, body);
    return status_of(run->page);
  };
  api_->calls.get(std::move(request), run->target.credentials,
                  [run, done = std::move(done)](const ApiAnswer& answer, const std::string& used) {
                    if (answer.error) return done(error_of_list(answer, run->target.key.source));
                    run->credential = used;
                    if (run->paging.page_number() == 1) run->served_at = answer.served_at;
                    if (!run->page) return done(run->page.error());
                    done(Success{});
                  });
}

void AtlasClient::get(const Target& target, const JobId& id, GetDone done) {
  const Source source = target.key.source;
  const Endpoint* endpoint = find_endpoint(source, target.api);
  if (endpoint == nullptr) {
    return api_->loop.post(
        [error = no_endpoint(source, target.api), done = std::move(done)] { done(error); });
  }
  const auto job = std::make_shared<Result<SingleJob>>(SingleJob{});
  ApiRequest request = request_for(*endpoint, target);
  request.path_template = endpoint->get_path;
  request.url = api_->options.base_url + get_path(*endpoint, target.key, id);
  request.read = [this, job, endpoint](std::string& body) {
    *job = decode_job(endpoint->family(), api_->parser, body);
    return status_of(*job);
  };
  api_->calls.get(
      std::move(request), target.credentials,
      [job, id, source, done = std::move(done)](const ApiAnswer& answer, const std::string&) {
        if (answer.error) return done(error_of_get(answer, source));
        if (!*job) return done(job->error());
        if ((*job)->job.id != id) {
          return done(Error{ErrorKind::Malformed, "the answer is about another job"});
        }
        done(std::move((*job)->job));
      });
}

}  // namespace restorewatch
