#include "end_to_end/event_log.h"

#include <fmt/format.h>

#include <filesystem>
#include <fstream>
#include <optional>
#include <sstream>
#include <string_view>

namespace restorewatch {
namespace {

std::size_t size_of(const std::string& path) {
  std::error_code none;
  const auto size = std::filesystem::file_size(path, none);
  return none ? 0 : size;
}

std::optional<std::string> id_in(std::string_view line) {
  constexpr std::string_view kMark = " id=";
  const auto mark = line.find(kMark);
  if (mark == std::string_view::npos) return std::nullopt;
  const std::string_view rest = line.substr(mark + kMark.size());
  return std::string(rest.substr(0, rest.find(' ')));
}

std::vector<std::string> ids_of(std::string_view text) {
  std::vector<std::string> ids;
  for (auto end = text.find('\n'); end != std::string_view::npos; end = text.find('\n')) {
    if (auto id = id_in(text.substr(0, end))) ids.push_back(*std::move(id));
    text.remove_prefix(end + 1);
  }
  return ids;
}

}  // namespace

void EventLog::begin_run() {
  begins_.push_back(size_of(path_));
}

std::uint64_t EventLog::written() const {
  return size_of(path_) - begins_.back();
}

std::vector<std::vector<std::string>> EventLog::runs() const {
  std::ifstream file(path_);
  std::ostringstream text;
  text << file.rdbuf();
  const std::string all = std::move(text).str();
  std::vector<std::vector<std::string>> runs;
  for (std::size_t i = 0; i < begins_.size(); ++i) {
    const std::size_t end = i + 1 < begins_.size() ? begins_[i + 1] : all.size();
    runs.push_back(ids_of(std::string_view(all).substr(begins_[i], end - begins_[i])));
  }
  return runs;
}

std::set<std::string> EventLog::ids() const {
  std::set<std::string> ids;
  for (auto& run : runs()) ids.insert(run.begin(), run.end());
  return ids;
}

std::vector<std::string> delivery_findings(const std::vector<std::vector<std::string>>& runs,
                                           const std::vector<std::string>& expected) {
  std::map<std::string_view, std::size_t> places;
  for (std::size_t i = 0; i < expected.size(); ++i) places.emplace(expected[i], i);
  std::vector<std::string> findings;
  std::size_t next = 0;  // the first that was never delivered
  for (std::size_t run = 0; run < runs.size(); ++run) {
    std::optional<std::size_t> before;
    for (const std::string& id : runs[run]) {
      const auto found = places.find(id);
      if (found == places.end()) {
        findings.push_back(fmt::format("run {}: {} is not in the journal", run, id));
        continue;
      }
      const std::size_t at_most = before ? *before + 1 : next;
      if (found->second > at_most || (before && found->second <= *before)) {
        findings.push_back(
            fmt::format("run {}: {} is out of turn: {}, not {}", run, id, found->second, at_most));
      }
      before = found->second;
      next = std::max(next, found->second + 1);
    }
  }
  for (std::size_t i = next; i < expected.size(); ++i) {
    findings.push_back(fmt::format("{} was never delivered", expected[i]));
  }
  return findings;
}

}  // namespace restorewatch
