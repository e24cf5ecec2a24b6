#include "atlas/source_error.h"

#include "atlas/api_error.h"
#include "jobs/sources.h"

namespace restorewatch {
namespace {

bool has_no_endpoint(const ApiAnswer& answer) {
  const bool is_missing = answer.status == 404 || answer.status == 405 || answer.status == 410;
  return is_missing && !is_place_code(answer.error_code) &&
         !is_job_not_found_code(answer.error_code);
}

}  // namespace

Error error_of_list(const ApiAnswer& answer, Source source) {
  Error error = *answer.error;
  if (facts_of(source).retired && has_no_endpoint(answer)) error.kind = ErrorKind::Gone;
  return error;
}

Error error_of_get(const ApiAnswer& answer, Source source) {
  Error error = error_of_list(answer, source);
  if (error.kind == ErrorKind::NotFound && !is_job_not_found_code(answer.error_code)) {
    error.kind = ErrorKind::Other;
  }
  return error;
}

}  // namespace restorewatch
