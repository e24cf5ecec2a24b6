#include "store/fields.h"

namespace restorewatch {

ObjectId get_object_id(Query& query) {
  ObjectId id;
  const std::span<const std::uint8_t> bytes = query.get_blob();
  if (bytes.size() == id.bytes.size()) {
    std::copy(bytes.begin(), bytes.end(), id.bytes.begin());
  } else {
    query.reject();
  }
  return id;
}

Digest get_digest(Query& query) {
  Digest digest{};
  const std::span<const std::uint8_t> bytes = query.get_blob();
  if (bytes.size() == digest.size()) {
    std::ranges::copy(bytes, digest.begin());
  } else {
    query.reject();
  }
  return digest;
}

}  // namespace restorewatch
