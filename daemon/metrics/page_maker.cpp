#include "metrics/page_maker.h"

#include <algorithm>
#include <functional>
#include <iterator>
#include <map>
#include <string>
#include <string_view>
#include <utility>

#include "metrics/cluster_texts.h"
#include "metrics/encoder.h"
#include "metrics/fleet_families.h"
#include "metrics/inventory_family.h"

namespace restorewatch {
namespace {

/// Clusters, one after the other, whose text comes from one place.
struct Run {
  std::size_t count = 0;
  std::size_t first = 0;  // in the last page, or among the new texts
  bool is_kept = false;   // from the last page
};

/// Writes one page.
class PageWriter {
 public:
  PageWriter(const MadePage& last, std::shared_ptr<const Snapshot> snapshot, SparePages& spare)
      : last_(last), spare_(spare) {
    made_.clusters = clusters_of(*snapshot);
    made_.snapshot = std::move(snapshot);
    find_what_is_kept();
  }

  MadePage write(std::vector<Family> others) && {
    PageText page = spare_.take();
    // Most pages are as long as the one before, but for a digit or a cluster here and there.
    if (last_.page) page.text.reserve(last_.page->text.size() + last_.page->text.size() / 64);
    std::ranges::move(fleet_families(*made_.snapshot), std::back_inserter(others));
    const std::map<std::string, Family> whole = by_name(std::move(others));
    for (const auto& [name, write] : blocks(whole, page.text)) {
      const std::size_t begin = page.text.size();
      write();
      if (page.text.size() > begin) page.families.push_back(begin);
    }
    made_.page = spare_.share(std::move(page));
    return std::move(made_);
  }

 private:
  using Blocks = std::map<std::string_view, std::function<void()>>;

  /// What appends each family to the page, in the order of the names.
  Blocks blocks(const std::map<std::string, Family>& whole, std::string& out) {
    Blocks blocks;
    for (const auto& [name, family] : whole) {
      blocks[name] = [&out, &family = family] { append_family(out, family); };
    }
    for (std::size_t i = 0; i < kClusterFamilyCount; ++i) {
      const auto family = static_cast<ClusterFamily>(i);
      blocks[facts_of(family).name] = [this, &out, family] { append_clusters(out, family); };
    }
    blocks[kBackupEnabledName] = [this, &out] { append_backup_enabled(out); };
    return blocks;
  }

  /// Both snapshots are in the same order. If one were not, more would be written anew.
  void find_what_is_kept() {
    std::size_t old = 0;
    for (const ClusterViews cluster : made_.clusters) {
      if (is_in_last(cluster, old)) {
        add_kept(old++);
        continue;
      }
      while (old < last_.clusters.size() && comes_before(last_.clusters[old], cluster)) ++old;
      if (is_in_last(cluster, old)) {
        add_kept(old++);
      } else {
        add_new(cluster);
      }
    }
  }

  bool is_in_last(ClusterViews cluster, std::size_t old) const {
    return old < last_.clusters.size() && std::ranges::equal(cluster, last_.clusters[old]);
  }

  void add_kept(std::size_t old) {
    if (runs_.empty() || !runs_.back().is_kept || runs_.back().first + runs_.back().count != old) {
      runs_.push_back({0, old, true});
    }
    ++runs_.back().count;
  }

  void add_new(ClusterViews cluster) {
    runs_.push_back({1, new_texts_.size(), false});
    new_texts_.add(ClusterGroup(cluster));
  }

  void append_clusters(std::string& out, ClusterFamily family) {
    const ClusterFamilyFacts& facts = facts_of(family);
    const std::size_t before = out.size();
    append_header(out, facts.name, facts.help, facts.type);
    const std::size_t begin = out.size();
    std::vector<std::size_t>& begins = made_.begins[static_cast<std::size_t>(family)];
    begins.reserve(made_.clusters.size() + 1);
    for (const Run& run : runs_) {
      if (run.is_kept) {
        append_kept(out, run, last_.begins[static_cast<std::size_t>(family)], begins);
      } else {
        begins.push_back(out.size());
        out += new_texts_.text(run.first, family);
      }
    }
    begins.push_back(out.size());
    if (out.size() == begin) out.resize(before);  // no series, no header
  }

  void append_kept(std::string& out, const Run& run, const std::vector<std::size_t>& old_begins,
                   std::vector<std::size_t>& begins) const {
    const std::size_t from = old_begins[run.first];
    const std::size_t to = old_begins[run.first + run.count];
    const std::size_t shift = out.size() - from;  // modulo 2^64, where the page became shorter
    for (std::size_t i = 0; i < run.count; ++i) {
      begins.push_back(old_begins[run.first + i] + shift);
    }
    // Of a family without series the places say nothing.
    if (to > from) out.append(last_.page->text, from, to - from);
  }

  void append_backup_enabled(std::string& out) {
    made_.enabled_begin = out.size();
    const auto& inventory = made_.snapshot->inventory;
    if (inventory && last_.snapshot && last_.snapshot->inventory == inventory) {
      out.append(last_.page->text, last_.enabled_begin, last_.enabled_end - last_.enabled_begin);
    } else if (inventory) {
      append_family(out, backup_enabled(*inventory));
    }
    made_.enabled_end = out.size();
  }

  const MadePage& last_;
  SparePages& spare_;
  MadePage made_;
  std::vector<Run> runs_;
  ClusterTexts new_texts_;
};

}  // namespace

std::shared_ptr<const PageText> PageMaker::make(std::shared_ptr<const Snapshot> snapshot,
                                                std::vector<Family> others) {
  last_ = PageWriter(last_, std::move(snapshot), spare_).write(std::move(others));
  return last_.page;
}

std::size_t PageMaker::bytes_held() const {
  std::size_t bytes = last_.clusters.capacity() * sizeof(ClusterViews);
  for (const auto& begins : last_.begins) bytes += begins.capacity() * sizeof(std::size_t);
  return bytes;
}

}  // namespace restorewatch
