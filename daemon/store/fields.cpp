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

}  // namespace restorewatch
