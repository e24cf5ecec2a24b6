#include "web/foreign_host.h"

#include <algorithm>
#include <string>

namespace restorewatch {
namespace {

bool is_number(std::string_view name) {
  return name.starts_with('[') ||
         std::ranges::all_of(name, [](char c) { return c == '.' || (c >= '0' && c <= '9'); });
}

/// RFC 6761, 6.3: whatever ends so is this machine.
bool is_local(std::string_view name) {
  if (name.ends_with('.')) name.remove_suffix(1);
  return name.ends_with(".localhost");
}

}  // namespace

bool is_foreign_host(std::string_view host, int our_port) {
  const std::string port = ":" + std::to_string(our_port);
  if (!host.ends_with(port)) return false;
  const std::string_view name = host.substr(0, host.size() - port.size());
  return name.find('.') != std::string_view::npos && !is_number(name) && !is_local(name);
}

}  // namespace restorewatch
