#pragma once

#include <set>
#include <string>
#include <vector>

#include "fakes/webhook_receiver.h"
#include "jobs/journal.h"

namespace restorewatch {

/// The ids of what the receiver has accepted.
std::set<std::string> accepted_ids(const WebhookReceiver& receiver);

/// Compares what a receiver was sent with what the journal tells: each entry is accepted at least
/// once but for those of `given_up`, nothing else is ever sent, an event that is sent again is the
/// same to the byte, and events of one job are accepted in their order. Sentences.
std::vector<std::string> receiver_findings(const WebhookReceiver& receiver,
                                           const std::vector<JournalEntry>& journal,
                                           const std::set<std::uint64_t>& given_up = {});

}  // namespace restorewatch
