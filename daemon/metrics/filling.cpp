#include "metrics/filling.h"

namespace restorewatch {
namespace {

constexpr std::string_view kPrefix = "mongodbatlas_restore_";

}  // namespace

Filling::Filling(std::deque<Family>& families, std::string_view type, std::string_view name,
                 std::string help) {
  families.push_back({std::string(kPrefix).append(name), std::move(help), type, {}});
  series_ = &families.back().series;
}

void Filling::add(std::string labels, std::optional<std::chrono::milliseconds> duration) {
  if (duration) add(std::move(labels), in_seconds(*duration));
}

Filling gauge(std::deque<Family>& families, std::string_view name, std::string help) {
  return {families, "gauge", name, std::move(help)};
}

Filling counter(std::deque<Family>& families, std::string_view name, std::string help) {
  return {families, "counter", name, std::move(help)};
}

std::string with(const Labels& labels, std::string_view name, std::string_view value) {
  return Labels(labels).add(name, value).text();
}

double in_seconds(std::chrono::milliseconds duration) {
  return std::chrono::duration<double>(duration).count();
}

}  // namespace restorewatch
