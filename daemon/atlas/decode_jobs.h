#pragma once

#include <string>

#include "atlas/json_parser.h"
#include "atlas/page.h"
#include "base/result.h"

namespace restorewatch {

// Restore jobs come in three shapes, and each API family has one of them. Every shape is read in
// one pass, in any order of members; unknown members are passed over. A flag that is missing or
// null is false, any other member that is missing or null is absent. A member that we keep and that
// holds something else than it should, or that is given twice, makes its job unreadable; the page's
// other jobs are not affected. A word that is not known leaves its state or delivery Unknown and is
// told. Which project and cluster a job belongs to is known from the path and not read. What is
// decoded shares nothing with `body`.
//
// Source: the pages of Atlas Admin API v2 and v1.0 whose published examples are in
// tests/fixtures/atlas, and recorded answers.

/// One of the shapes; its members are in job_family.h.
struct JobFamily;

/// Flags and no status word: dedicated and serverless clusters, v2 and v1.0.
const JobFamily& flag_jobs();

/// A `status` word in capitals: flex clusters, and the shared tier's (tenant) v2 and v1.0.
const JobFamily& status_jobs();

/// A `state` word, progress and an error text: collection restores.
const JobFamily& collection_jobs();

/// Malformed, with the reason and the place, if `body` is not a whole JSON document with a results
/// array (or an envelope that says why there is none). `body` may grow by some bytes that the
/// parser needs behind it.
Result<Page> decode_page(const JobFamily& family, JsonParser& parser, std::string& body);

/// Malformed too when the job is unreadable.
Result<SingleJob> decode_job(const JobFamily& family, JsonParser& parser, std::string& body);

}  // namespace restorewatch
