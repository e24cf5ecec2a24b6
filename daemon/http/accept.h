#pragma once

#include <string_view>

#include "base/page_format.h"

namespace restorewatch {

/// As what a page is sent.
struct PageType {
  PageFormat format = PageFormat::Text;
  const char* content_type = "";
};

/// What a client with this Accept header is sent: what it likes best, by the closest of its ranges
/// for each type; of those that it likes alike the one that it names first, and else the text
/// format. That is sent as well where it takes nothing that there is: a scraper that says something
/// odd is better served than refused. Of parameters `version` and `charset` count; others, such as
/// `escaping`, are about what our pages do not have. Source: RFC 9110, 12.5.1.
PageType page_type_for(std::string_view accept);

}  // namespace restorewatch
