#include "end_to_end/receiver_check.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "events/event_fields.h"

namespace restorewatch {
namespace {

bool is_accepted(const ReceivedEvent& event) {
  return event.status / 100 == 2;
}

/// What every attempt must be like, whether it was accepted or not.
class Attempts {
 public:
  explicit Attempts(const std::vector<JournalEntry>& journal) {
    for (const JournalEntry& entry : journal) {
      if (is_told(entry)) seqs_.emplace(id_of(entry), entry.seq);
    }
  }

  void check(const ReceivedEvent& event, std::vector<std::string>& findings) {
    const auto known = seqs_.find(event.id);
    if (known == seqs_.end() || known->second != event.seq) {
      findings.push_back(fmt::format("{} is not entry {} of the journal", event.id, event.seq));
    }
    const auto [first, is_new] = bodies_.emplace(event.id, event.body);
    if (!is_new && first->second != event.body) {
      findings.push_back(fmt::format("{} was told again in other words", event.id));
    }
    if (!is_accepted(event) || !accepted_.insert(event.id).second) return;
    std::uint64_t& last = last_of_job_[event.job_id];
    if (event.seq < last) {
      findings.push_back(fmt::format("{} came behind entry {} of its job", event.id, last));
    }
    last = std::max(last, event.seq);
  }

  void check_the_end(const std::set<std::uint64_t>& given_up, std::vector<std::string>& findings) {
    for (const auto& [id, seq] : seqs_) {
      if (!accepted_.contains(id) && !given_up.contains(seq)) {
        findings.push_back(fmt::format("{}, entry {}, never arrived", id, seq));
      }
    }
  }

 private:
  std::map<std::string, std::uint64_t> seqs_;
  std::map<std::string, std::string> bodies_;
  std::map<std::string, std::uint64_t> last_of_job_;
  std::set<std::string> accepted_;
};

}  // namespace

std::set<std::string> accepted_ids(const WebhookReceiver& receiver) {
  std::set<std::string> ids;
  for (const ReceivedEvent& event : receiver.received()) ids.insert(event.id);
  return ids;
}

std::vector<std::string> receiver_findings(const WebhookReceiver& receiver,
                                           const std::vector<JournalEntry>& journal,
                                           const std::set<std::uint64_t>& given_up) {
  std::vector<std::string> findings = receiver.complaints();
  Attempts attempts(journal);
  for (const ReceivedEvent& event : receiver.attempts()) attempts.check(event, findings);
  attempts.check_the_end(given_up, findings);
  return findings;
}

}  // namespace restorewatch
