#include "http/cursors.h"

#include <algorithm>

#include "base/base64.h"

namespace restorewatch {
namespace {

// The first byte says which list it is of; whatever has no fixed length comes last.
constexpr char kClusters = 'c';
constexpr char kJobs = 'j';
constexpr std::size_t kIdSize = sizeof(ObjectId::bytes);

void append(std::string& bytes, const ObjectId& id) {
  bytes.append(id.bytes.begin(), id.bytes.end());
}

/// 0 where there is none.
void append(std::string& bytes, const std::optional<ObjectId>& id) {
  bytes += id ? '\1' : '\0';
  if (id) append(bytes, *id);
}

/// Takes the parts off the front; once one is missing, all is.
class Parts {
 public:
  explicit Parts(std::string_view bytes) : rest_(bytes) {}

  char byte() { return take(1)[0]; }
  ObjectId id() {
    ObjectId id;
    std::ranges::copy(take(kIdSize), id.bytes.begin());
    return id;
  }
  std::optional<ObjectId> maybe_id() {
    const char there = byte();
    ok_ = ok_ && (there == '\0' || there == '\1');
    return there == '\1' ? std::optional(id()) : std::nullopt;
  }
  std::string rest() const { return std::string(rest_); }
  bool ok() const { return ok_; }

 private:
  std::string_view take(std::size_t size) {
    static constexpr std::string_view kNothing("\0\0\0\0\0\0\0\0\0\0\0\0", kIdSize);
    ok_ = ok_ && rest_.size() >= size;
    if (!ok_) return kNothing.substr(0, size);
    const std::string_view part = rest_.substr(0, size);
    rest_.remove_prefix(size);
    return part;
  }

  std::string_view rest_;
  bool ok_ = true;
};

}  // namespace

std::string cursor_of(const ClusterPlace& place) {
  std::string bytes(1, kClusters);
  append(bytes, place.project_id);
  return base64url(bytes + place.cluster_name);
}

std::string cursor_of(const JobPlace& place) {
  std::string bytes(1, kJobs);
  append(bytes, place.target.project_id);
  bytes += static_cast<char>(index_of(place.target.source));
  append(bytes, place.target.cluster_id);
  append(bytes, place.job);
  return base64url(bytes + place.target.cluster_name);
}

std::optional<ClusterPlace> cluster_place_from(std::string_view cursor) {
  const auto bytes = from_base64url(cursor);
  if (!bytes) return std::nullopt;
  Parts parts(*bytes);
  if (parts.byte() != kClusters) return std::nullopt;
  ClusterPlace place{parts.id(), {}};
  place.cluster_name = parts.rest();
  if (!parts.ok()) return std::nullopt;
  return place;
}

std::optional<JobPlace> job_place_from(std::string_view cursor) {
  const auto bytes = from_base64url(cursor);
  if (!bytes) return std::nullopt;
  Parts parts(*bytes);
  if (parts.byte() != kJobs) return std::nullopt;
  JobPlace place;
  place.target.project_id = parts.id();
  const auto source = static_cast<unsigned char>(parts.byte());
  place.target.cluster_id = parts.maybe_id();
  place.job = parts.maybe_id();
  place.target.cluster_name = parts.rest();
  if (!parts.ok() || source >= kSourceCount) return std::nullopt;
  place.target.source = static_cast<Source>(source);
  return place;
}

}  // namespace restorewatch
