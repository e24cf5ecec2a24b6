#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "atlas/api_caller.h"
#include "base/loop.h"

namespace restorewatch {

/// Makes a call with the first of several credentials that is not refused (401, 403). The one that
/// was accepted last for the same project and endpoint set is tried first: which role a credential
/// has depends on both. On the loop's thread only.
class CredentialChoice {
 public:
  /// `used`: the credential that was accepted; empty where none was.
  using Done = std::function<void(ApiAnswer, const std::string& used)>;

  /// Both must outlive the choice.
  CredentialChoice(ApiCaller& caller, Loop& loop) : caller_(caller), loop_(loop) {}

  /// `request.credential`, if given, comes before all others. If every one is refused the error is
  /// that of the first which is Forbidden (it is valid, so it is nearer to the goal), else of the
  /// first. `done` is called once, later.
  void get(ApiRequest request, const std::vector<std::string>& credentials, Done done);

  /// The credential accepted last; empty if none has been.
  std::string in_use(const std::string& project_id, std::string_view endpoint_set) const;

 private:
  struct Attempt;
  void try_next(const std::shared_ptr<Attempt>& attempt);
  void answered(const std::shared_ptr<Attempt>& attempt, ApiAnswer answer);

  ApiCaller& caller_;
  Loop& loop_;
  std::map<std::pair<std::string, std::string_view>, std::string> accepted_;
};

}  // namespace restorewatch
