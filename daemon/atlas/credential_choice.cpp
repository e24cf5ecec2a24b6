#include "atlas/credential_choice.h"

#include <algorithm>
#include <optional>

namespace restorewatch {
namespace {

bool is_refusal(const ApiAnswer& answer) {
  return answer.error && (answer.error->kind == ErrorKind::Unauthorized ||
                          answer.error->kind == ErrorKind::Forbidden);
}

/// Whether the server has taken the credential: what is missing is told to the known alone.
bool is_acceptance(const ApiAnswer& answer) {
  return !answer.error || answer.error->kind == ErrorKind::NotFound ||
         answer.error->kind == ErrorKind::Gone;
}

/// Puts `first` in front if it is one of them.
std::vector<std::string> ordered(std::vector<std::string> names, const std::string& first) {
  const auto at = std::ranges::find(names, first);
  if (at != names.end()) std::rotate(names.begin(), at, at + 1);
  return names;
}

}  // namespace

struct CredentialChoice::Attempt {
  ApiRequest request;
  std::vector<std::string> names;
  Done done;
  std::size_t tried = 0;
  std::optional<ApiAnswer> best_refusal{};
};

void CredentialChoice::get(ApiRequest request, const std::vector<std::string>& credentials,
                           Done done) {
  if (credentials.empty()) {
    const Error error{ErrorKind::Other, "no credential is configured for it"};
    return loop_.post([error, done = std::move(done)] { done(ApiAnswer{error}, ""); });
  }
  const std::string first = request.credential.empty()
                                ? in_use(request.project_id, request.bucket.endpoint_set)
                                : request.credential;
  try_next(std::make_shared<Attempt>(
      Attempt{std::move(request), ordered(credentials, first), std::move(done)}));
}

void CredentialChoice::try_next(const std::shared_ptr<Attempt>& attempt) {
  ApiRequest request = attempt->request;
  request.credential = attempt->names[attempt->tried++];
  caller_.get(std::move(request),
              [this, attempt](ApiAnswer answer) { answered(attempt, std::move(answer)); });
}

void CredentialChoice::answered(const std::shared_ptr<Attempt>& attempt, ApiAnswer answer) {
  const std::string& used = attempt->names[attempt->tried - 1];
  if (!is_refusal(answer)) {
    if (!is_acceptance(answer)) return attempt->done(std::move(answer), "");
    accepted_[{attempt->request.project_id, attempt->request.bucket.endpoint_set}] = used;
    return attempt->done(std::move(answer), used);
  }
  std::optional<ApiAnswer>& best = attempt->best_refusal;
  const bool is_nearer = best && best->error->kind != ErrorKind::Forbidden &&
                         answer.error->kind == ErrorKind::Forbidden;
  if (!best || is_nearer) best = std::move(answer);
  if (attempt->tried < attempt->names.size()) return try_next(attempt);
  if (attempt->tried > 1) {
    best->error->detail += " (" + std::to_string(attempt->tried) + " credentials were refused)";
  }
  attempt->done(std::move(*best), "");
}

std::string CredentialChoice::in_use(const std::string& project_id,
                                     std::string_view endpoint_set) const {
  const auto found = accepted_.find({project_id, endpoint_set});
  return found == accepted_.end() ? "" : found->second;
}

}  // namespace restorewatch
