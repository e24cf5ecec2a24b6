#include "events/delivery_window.h"

#include <algorithm>
#include <cassert>
#include <set>

#include "events/event_fields.h"

namespace restorewatch {

void DeliveryWindow::add(std::vector<JournalEntry> entries) {
  assert(entries.size() <= room());
  for (JournalEntry& entry : entries) {
    assert(entry.seq > last_);
    last_ = entry.seq;
    if (!is_told(entry)) continue;
    Stream stream;
    if (const Transition* const step = entry.transition()) {
      stream = {step->target.project_id, step->job.id};
    }
    slots_.push_back({std::move(entry), stream});
  }
}

const JournalEntry* DeliveryWindow::take(SteadyTime now) {
  if (in_flight_ == kMaxInFlight) return nullptr;
  std::set<Stream> held_up;  // by an earlier entry
  for (Slot& slot : slots_) {
    if (slot.state == State::Done || !held_up.insert(slot.stream).second) continue;
    if (slot.state == State::InFlight || slot.not_before > now) continue;
    slot.state = State::InFlight;
    ++in_flight_;
    return &slot.entry;
  }
  return nullptr;
}

void DeliveryWindow::done(std::uint64_t seq) {
  landed(seq).state = State::Done;
  drop_done();
}

void DeliveryWindow::put_back(std::uint64_t seq) {
  landed(seq).state = State::Waiting;
}

void DeliveryWindow::refused(std::uint64_t seq, SteadyTime again) {
  Slot& refused = landed(seq);
  ++refused.refusals;
  refused.state = State::Waiting;
  refused.not_before = again;
}

std::uint64_t DeliveryWindow::cursor() const {
  return slots_.empty() ? last_ : slots_.front().entry.seq - 1;
}

std::optional<SteadyTime> DeliveryWindow::next_retry() const {
  std::optional<SteadyTime> next;
  for (const Slot& slot : slots_) {
    if (slot.state != State::Waiting || slot.refusals == 0) continue;
    next = std::min(next.value_or(SteadyTime::max()), slot.not_before);
  }
  return next;
}

std::size_t DeliveryWindow::place_of(std::uint64_t seq) const {
  const auto number = [](const Slot& slot) { return slot.entry.seq; };
  const auto found = std::ranges::lower_bound(slots_, seq, {}, number);
  assert(found != slots_.end() && found->entry.seq == seq);
  return static_cast<std::size_t>(found - slots_.begin());
}

DeliveryWindow::Slot& DeliveryWindow::landed(std::uint64_t seq) {
  Slot& landed = slots_[place_of(seq)];
  assert(landed.state == State::InFlight);
  --in_flight_;
  return landed;
}

void DeliveryWindow::drop_done() {
  while (!slots_.empty() && slots_.front().state == State::Done) slots_.pop_front();
}

}  // namespace restorewatch
