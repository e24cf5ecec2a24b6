#pragma once

#include "atlas/api_caller.h"
#include "base/result.h"
#include "jobs/words.h"

namespace restorewatch {

// What a failed call means for who asked about restore jobs, see JobSource. A source that Atlas has
// retired answers 404, 405 or 410 where its endpoints used to be: all three are Gone, unless the
// answer's code shows that the endpoint is served.

/// Of a list.
Error error_of_list(const ApiAnswer& answer, Source source);

/// Of one job: NotFound is kept for what is said of the job itself.
Error error_of_get(const ApiAnswer& answer, Source source);

}  // namespace restorewatch
