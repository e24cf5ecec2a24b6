#include "atlas/atlas_directory.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <string_view>
#include <utility>
#include <vector>

#include "atlas/api_error.h"
#include "atlas/api_url.h"
#include "atlas/cluster_merge.h"
#include "atlas/page_turner.h"
#include "atlas/shown_text.h"

namespace restorewatch {

/// How a list of projects or clusters is asked for.
struct DirectoryEndpoint {
  std::string_view path;    // a template: {groupId} or {orgId}
  std::string_view query;   // besides that of paging
  std::string_view accept;  // names the API version
  std::string_view role;
  std::string_view endpoint_set;
  Tier tier = Tier::Dedicated;  // of the clusters in it
};

namespace {

// Facts from the reference of Atlas Admin API v2.
constexpr DirectoryEndpoint kProjects{"/api/atlas/v2/groups", "",
                                      "application/vnd.atlas.2023-01-01+json", "", "projects"};
constexpr DirectoryEndpoint kProjectsOfOrg{"/api/atlas/v2/orgs/{orgId}/groups", "",
                                           "application/vnd.atlas.2023-01-01+json",
                                           "Organization Member", "organizations"};
constexpr std::array<DirectoryEndpoint, 3> kClusterLists{{
    {"/api/atlas/v2/groups/{groupId}/clusters", "&includeDeletedWithRetainedBackups=true",
     "application/vnd.atlas.2024-08-05+json", "Project Read Only", "clusters", Tier::Dedicated},
    {"/api/atlas/v2/groups/{groupId}/flexClusters", "", "application/vnd.atlas.2024-11-13+json",
     "Project Read Only", "flex_clusters", Tier::Flex},
    {"/api/atlas/v2/groups/{groupId}/serverless", "", "application/vnd.atlas.2023-01-01+json",
     "Project Read Only", "serverless", Tier::Serverless},
}};

/// A repeated warning says nothing; a server that always has new odd rows must not fill the memory.
constexpr std::size_t kMaxWarned = 1000;

void note_row(PageTurner& turner, const Project& row) {
  turner.saw(row.id);
}

void note_row(PageTurner& turner, const Cluster& row) {
  if (row.id) {
    turner.saw(*row.id);
  } else {
    turner.saw_odd(row.name);
  }
}

std::vector<Project> merged(std::vector<Project> rows) {
  const auto by_id = [](const Project& a, const Project& b) { return a.id < b.id; };
  const auto same_id = [](const Project& a, const Project& b) { return a.id == b.id; };
  std::stable_sort(rows.begin(), rows.end(), by_id);
  rows.erase(std::unique(rows.begin(), rows.end(), same_id), rows.end());
  return rows;
}

/// Whether the server has no such list at all, as when Atlas has retired a tier. Where clusters of
/// the tier may be watched, only a word about the tier itself is believed: the end of an API
/// version must not look like the end of all its clusters.
bool has_no_such_list(const ApiAnswer& answer, bool is_needed) {
  if (answer.error_code == "FEATURE_UNSUPPORTED") return true;
  if (is_needed || answer.error_code == "GROUP_NOT_FOUND") return false;
  return answer.status == 405 || answer.error->kind == ErrorKind::NotFound ||
         answer.error->kind == ErrorKind::Gone;
}

/// NotFound is kept for what is said of the project itself.
Error error_of_clusters(const ApiAnswer& answer) {
  Error error = *answer.error;
  if (error.kind == ErrorKind::NotFound && answer.error_code != "GROUP_NOT_FOUND") {
    error.kind = ErrorKind::Other;
  }
  return error;
}

/// `scope`: whose calls are counted together, see ApiRequest::bucket.
ApiRequest request_for(const DirectoryEndpoint& endpoint, const std::string& scope) {
  ApiRequest request;
  request.path_template = endpoint.path;
  request.accept = endpoint.accept;
  request.bucket = {scope, endpoint.endpoint_set};
  request.role = endpoint.role;
  return request;
}

/// What reading one list came to.
template <typename Row>
struct Rows {
  std::vector<Row> rows;
  bool whole = true;                   // every row could be read
  std::optional<ApiAnswer> failure{};  // absent: all were read
};

}  // namespace

/// One list that is being read.
template <typename Row>
struct AtlasDirectory::Run {
  using Decode = std::function<Result<DirectoryPage<Row>>(JsonParser&, std::string& body)>;
  using Done = std::function<void(Rows<Row>&)>;

  Run(const DirectoryEndpoint& of, ApiRequest asked, std::string from,
      std::vector<std::string> tried, std::size_t rows, Decode reads, Done then)
      : endpoint(of),
        request(std::move(asked)),
        url(std::move(from)),
        credentials(std::move(tried)),
        page_size(rows),
        decode(std::move(reads)),
        done(std::move(then)) {}

  const DirectoryEndpoint& endpoint;
  ApiRequest request;  // but for its URL
  std::string url;     // without its query
  std::vector<std::string> credentials;
  std::size_t page_size;
  Decode decode;
  Done done;
  PageTurner turner{page_size};
  Result<DirectoryPage<Row>> page{DirectoryPage<Row>{}};  // the present one
  Rows<Row> read{};                                       // so far
};

struct AtlasDirectory::ClusterSearch {
  ClusterQuestion question;
  ClustersDone done;
  std::size_t lists_read = 0;
  std::vector<Cluster> rows{};
  bool whole = true;
};

template <typename Row>
void AtlasDirectory::read_on(const std::shared_ptr<Run<Row>>& run) {
  ApiRequest request = run->request;
  request.url = run->url + "?itemsPerPage=" + std::to_string(run->page_size) +
                "&includeCount=false&pageNum=" + std::to_string(run->turner.page_number()) +
                std::string(run->endpoint.query);
  request.read = [this, run](std::string& body) {
    run->page = run->decode(api_.parser, body);
    return run->page ? run->page->status : kNoEnvelope;
  };
  api_.calls.get(std::move(request), run->credentials,
                 [this, run](ApiAnswer answer, const std::string& used) {
                   run->request.credential = used;
                   Result<bool> more = answer.error ? *answer.error : take_page(*run);
                   if (more && *more) return read_on(run);
                   if (!more && !answer.error) answer.error = more.error();
                   if (!more) run->read.failure = std::move(answer);
                   run->done(run->read);
                 });
}

/// Takes the present page's rows; whether there is another page.
template <typename Row>
Result<bool> AtlasDirectory::take_page(Run<Row>& run) {
  if (!run.page) return run.page.error();
  for (const OddRow& row : run.page->odd) {
    run.read.whole = false;
    run.turner.saw_odd(row.name);
    warn_once(run.endpoint, run.request.project_id, row);
  }
  for (Row& row : run.page->rows) {
    note_row(run.turner, row);
    run.read.rows.push_back(std::move(row));
  }
  return run.turner.turn(*run.page, run.page->row_count());
}

void AtlasDirectory::list_projects(const std::string& credential, ProjectsDone done) {
  const auto found = std::ranges::find(api_.options.credentials, credential, &Credential::name);
  const bool of_org = found != api_.options.credentials.end() && found->org_id.has_value();
  const DirectoryEndpoint& endpoint = of_org ? kProjectsOfOrg : kProjects;
  const std::string org_id = of_org ? *found->org_id : "";
  const std::string path =
      of_org ? fill_path(endpoint.path, {{"orgId", org_id}}) : std::string(endpoint.path);
  read_on(std::make_shared<Run<Project>>(
      endpoint, request_for(endpoint, org_id), api_.options.base_url + path,
      std::vector<std::string>{credential}, api_.options.page_size, decode_projects,
      [done = std::move(done)](Rows<Project>& projects) {
        if (projects.failure) return done(*projects.failure->error);
        done(Listed<Project>{merged(std::move(projects.rows)), projects.whole});
      }));
}

void AtlasDirectory::list_clusters(const ClusterQuestion& question, ClustersDone done) {
  list_next(std::make_shared<ClusterSearch>(ClusterSearch{question, std::move(done)}));
}

void AtlasDirectory::list_next(const std::shared_ptr<ClusterSearch>& search) {
  const std::size_t lists = search->question.with_serverless ? 3 : 2;
  if (search->lists_read == lists) {
    return search->done(Listed<Cluster>{merged(std::move(search->rows)), search->whole});
  }
  const bool is_flex = search->lists_read == 1;
  const bool may_be_missing = search->lists_read > 0;
  const bool is_needed = is_flex && search->question.needs_flex;
  const DirectoryEndpoint& endpoint = kClusterLists.at(search->lists_read++);
  const std::string project_id = to_string(search->question.project_id);
  ApiRequest request = request_for(endpoint, project_id);
  request.project_id = project_id;
  read_on(std::make_shared<Run<Cluster>>(
      endpoint, std::move(request),
      api_.options.base_url + fill_path(endpoint.path, {{"groupId", project_id}}),
      search->question.credentials, api_.options.page_size,
      [tier = endpoint.tier](JsonParser& parser, std::string& body) {
        return decode_clusters(tier, parser, body);
      },
      [this, search, may_be_missing, is_needed](Rows<Cluster>& clusters) {
        const auto& failure = clusters.failure;
        if (failure && !(may_be_missing && has_no_such_list(*failure, is_needed))) {
          return search->done(error_of_clusters(*failure));
        }
        std::ranges::move(clusters.rows, std::back_inserter(search->rows));
        search->whole = search->whole && clusters.whole;
        list_next(search);
      }));
}

void AtlasDirectory::warn_once(const DirectoryEndpoint& endpoint, const std::string& project_id,
                               const OddRow& row) {
  const std::string key = project_id + '\n' + row.name + '\n' + row.reason;
  if (warned_.size() == kMaxWarned || !warned_.insert(key).second) return;
  api_.log.warn("a row of a list cannot be read and is passed over", {{"endpoint", endpoint.path},
                                                                      {"project_id", project_id},
                                                                      {"row", shown(row.name)},
                                                                      {"reason", row.reason}});
}

}  // namespace restorewatch
