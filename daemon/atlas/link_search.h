#pragma once

// Included by decoders' .cpp files only, see json_values.h.

#include "atlas/json_values.h"

namespace restorewatch::json {

/// Looks for a download link in whatever shape one comes: a text, a list, an object whose members
/// are links. Only whether there is one is kept, since a link carries its access token.
class LinkSearch {
 public:
  /// The error, if any, is one of the document.
  error_code look(value from) { return look(from, 0); }

  bool found() const { return found_; }
  bool met_something_else() const { return met_something_else_; }

 private:
  error_code look(value from, int depth);
  error_code look_at_text(value from);

  bool found_ = false;
  bool met_something_else_ = false;
};

}  // namespace restorewatch::json
