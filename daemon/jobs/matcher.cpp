#include "jobs/matcher.h"

#include <algorithm>

namespace restorewatch {
namespace {

bool is_any(const std::optional<std::string>& pattern) {
  return !pattern || pattern->find_first_not_of('*') == std::string::npos;
}

bool has(const Tags& tags, const Tags::value_type& wanted) {
  const auto found = tags.find(wanted.first);
  return found != tags.end() && found->second == wanted.second;
}

}  // namespace

/// Without recursion: a `*` that matched too little takes one character more, and only the last one
/// has to, so that no pattern takes longer than the product of both lengths.
bool glob_matches(std::string_view pattern, std::string_view text) {
  std::size_t in_pattern = 0;
  std::size_t in_text = 0;
  std::optional<std::size_t> behind_star;
  std::size_t star_ends = 0;
  while (in_text < text.size()) {
    const char wanted = in_pattern < pattern.size() ? pattern[in_pattern] : '\0';
    if (wanted == '*') {
      behind_star = ++in_pattern;
      star_ends = in_text;
    } else if (in_pattern < pattern.size() && (wanted == '?' || wanted == text[in_text])) {
      ++in_pattern;
      ++in_text;
    } else if (behind_star) {
      in_pattern = *behind_star;
      in_text = ++star_ends;
    } else {
      return false;
    }
  }
  return pattern.find_first_not_of('*', in_pattern) == std::string_view::npos;
}

bool matches(const Matcher& matcher, const Project& project, const Cluster& cluster) {
  if (!may_match(matcher, project)) return false;
  if (matcher.cluster && !glob_matches(*matcher.cluster, cluster.name)) return false;
  return std::ranges::all_of(matcher.tags, [&](const auto& wanted) {
    return has(cluster.tags, wanted) ||
           (!cluster.tags.contains(wanted.first) && has(project.tags, wanted));
  });
}

bool matches_whole(const Matcher& matcher, const Project& project) {
  return may_match(matcher, project) && is_any(matcher.cluster) && matcher.tags.empty();
}

bool may_match(const Matcher& matcher, const Project& project) {
  return (!matcher.project_id || *matcher.project_id == project.id) &&
         (!matcher.project || glob_matches(*matcher.project, project.name));
}

}  // namespace restorewatch
