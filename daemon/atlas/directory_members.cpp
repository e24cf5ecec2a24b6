#include "atlas/directory_members.h"

#include "atlas/names.h"
#include "atlas/shown_text.h"

namespace restorewatch::json {
namespace {

/// Atlas allows 50 tags, of 255 characters each side.
constexpr std::size_t kMaxTags = 100;

error_code read_tag(value from, Tags& to) {
  std::string_view key;
  std::string_view text;
  const error_code error = walk_object(from, [&](std::string_view name, value member) {
    if (name == "key") return unless_broken(read_any_text(member, key));
    if (name == "value") return unless_broken(read_any_text(member, text));
    return simdjson::SUCCESS;
  });
  if (error != simdjson::SUCCESS) return error;
  const bool is_fit = !key.empty() && is_name(key) && is_name(text);
  if (is_fit && to.size() < kMaxTags) to.insert_or_assign(std::string(key), std::string(text));
  return simdjson::SUCCESS;
}

}  // namespace

Found read_name(value from, std::string& to) {
  std::string_view name;
  const Found is = read_text(from, name);
  if (is == Found::Broken) return is;
  if (is != Found::Value || name.empty() || !is_name(name)) return Found::Wrong;
  to = std::string(name);
  return Found::Value;
}

Found read_any_text(value from, std::string_view& to) {
  const Found is = read_text(from, to);
  if (is != Found::Value) to = {};
  return is;
}

Found read_any_flag(value from, bool& to) {
  bool flag = false;
  const Found is = read_bool(from, flag);
  if (is == Found::Value) to = flag;
  return is;
}

error_code read_tags(value from, Tags& to) {
  return walk_array(from, [&](value tag) { return read_tag(tag, to); });
}

}  // namespace restorewatch::json
