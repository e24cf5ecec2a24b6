#include "metrics/page_maker.h"

#include <algorithm>
#include <functional>
#include <iterator>
#include <map>
#include <string>
#include <string_view>
#include <utility>

#include "metrics/cluster_families.h"
#include "metrics/encoder.h"
#include "metrics/fleet_families.h"
#include "metrics/inventory_family.h"
#include "metrics/objective_families.h"

namespace restorewatch {
namespace {

/// What the families say of each cluster, as blocks, from those of the page before.
class ClusterWriter {
 public:
  explicit ClusterWriter(const MadePage& last) : last_(last) {
    writers_.reserve(kClusterFamilyCount);
    for (const ClusterBlocks& blocks : last.blocks) writers_.emplace_back(blocks);
  }

  /// Both pages' clusters are in the same order. If one were not, more would be written anew.
  std::array<ClusterBlocks, kClusterFamilyCount> write(const std::vector<ClusterViews>& clusters) {
    for (const ClusterViews cluster : clusters) {
      while (has_next() && comes_before(next(), cluster)) leave_out();
      if (!has_next() || comes_before(cluster, next())) {
        add(cluster);
      } else if (std::ranges::equal(cluster, next())) {
        keep();
      } else {
        replace(cluster);
      }
    }
    tell_kept();
    std::array<ClusterBlocks, kClusterFamilyCount> blocks;
    for (std::size_t i = 0; i < kClusterFamilyCount; ++i) {
      blocks[i] = std::move(writers_[i]).finish();
    }
    return blocks;
  }

 private:
  bool has_next() const { return old_ < last_.clusters.size(); }
  ClusterViews next() const { return last_.clusters[old_]; }

  void keep() {
    ++kept_;
    ++old_;
  }

  void leave_out() {
    tell_kept();
    for (BlockWriter& writer : writers_) writer.leave_out();
    ++old_;
  }

  void add(ClusterViews cluster) { write_text(cluster, &BlockWriter::add); }

  void replace(ClusterViews cluster) {
    write_text(cluster, &BlockWriter::replace);
    ++old_;
  }

  void write_text(ClusterViews cluster, void (BlockWriter::*how)(std::string_view text)) {
    tell_kept();
    ClusterSeries series = series_of(ClusterGroup(cluster));
    for (std::size_t i = 0; i < kClusterFamilyCount; ++i) {
      text_.clear();
      series.append_samples(static_cast<ClusterFamily>(i), text_);
      (writers_[i].*how)(text_);
    }
  }

  /// Most clusters are kept, so they are told of many at a time.
  void tell_kept() {
    for (BlockWriter& writer : writers_) writer.keep(kept_);
    kept_ = 0;
  }

  const MadePage& last_;
  std::vector<BlockWriter> writers_;  // by family
  std::size_t old_ = 0;               // the next cluster of the page before
  std::size_t kept_ = 0;              // so many before it are kept, which nobody was told yet
  std::string text_;
};

/// Puts the page together, of parts that pages share and of text of its own between them.
class PageWriter {
 public:
  explicit PageWriter(PageFormat format) : format_(format) {}

  void add_family(const Family& family) { append_family(own_, family, format_); }

  void add_clusters(ClusterFamily family, const ClusterBlocks& blocks) {
    const auto says_something = [](const auto& block) { return !block->text.empty(); };
    if (std::ranges::none_of(blocks, says_something)) return;  // no series, no header
    const ClusterFamilyFacts& facts = facts_of(family);
    append_header(own_, facts.name, facts.help, facts.type, format_);
    for (const auto& block : blocks) add_part({block, &block->text});
  }

  void add_inventory(const InventoryPart& part) {
    if (part.samples->empty()) return;
    append_header(own_, part.family.name, part.family.help, part.family.type, format_);
    add_part(part.samples);
  }

  SharedText finish() && {
    append_end(own_, format_);
    page_.add(std::move(own_));
    return std::move(page_);
  }

 private:
  /// Small parts are copied: each part is sent by itself.
  void add_part(SharedText::Part part) {
    if (part->size() < SharedText::kLargePart) {
      own_ += *part;
      return;
    }
    page_.add(std::exchange(own_, {}));
    page_.add(std::move(part));
  }

  PageFormat format_;
  SharedText page_;
  std::string own_;  // not a part so far
};

bool has_same_inventory(const Snapshot& snapshot, const MadePage& last) {
  return last.snapshot && last.snapshot->inventory == snapshot.inventory &&
         last.snapshot->objectives == snapshot.objectives;
}

/// The families that follow from the inventory and the objectives alone.
InventoryParts inventory_parts(const Snapshot& snapshot, const MadePage& last) {
  if (has_same_inventory(snapshot, last)) return last.inventory;
  InventoryParts parts;
  if (!snapshot.inventory) return parts;
  std::vector<Family> families{backup_enabled(*snapshot.inventory)};
  if (snapshot.objectives) {
    std::ranges::move(objective_families(*snapshot.inventory, *snapshot.objectives),
                      std::back_inserter(families));
  }
  for (auto& [name, family] : by_name(std::move(families))) {
    std::string samples;
    for (const Series& series : std::exchange(family.series, {})) {
      append_sample(samples, name, series);
    }
    parts[name] = {std::move(family), std::make_shared<const std::string>(std::move(samples))};
  }
  return parts;
}

/// All families of the page, in the order of their names.
SharedText page_in(PageFormat format, const MadePage& page,
                   const std::map<std::string, Family>& others) {
  PageWriter writer(format);
  std::map<std::string_view, std::function<void()>> families;
  for (const auto& [name, family] : others) {
    families[name] = [&writer, &family = family] { writer.add_family(family); };
  }
  for (std::size_t i = 0; i < kClusterFamilyCount; ++i) {
    const auto family = static_cast<ClusterFamily>(i);
    families[facts_of(family).name] = [&writer, family, &blocks = page.blocks[i]] {
      writer.add_clusters(family, blocks);
    };
  }
  for (const auto& [name, part] : page.inventory) {
    families[name] = [&writer, &part = part] { writer.add_inventory(part); };
  }
  for (const auto& [name, write] : families) write();
  return std::move(writer).finish();
}

}  // namespace

Pages PageMaker::make(std::shared_ptr<const Snapshot> snapshot, std::vector<Family> others) {
  MadePage page;
  page.clusters = clusters_of(*snapshot);
  page.blocks = ClusterWriter(last_).write(page.clusters);
  page.inventory = inventory_parts(*snapshot, last_);
  std::ranges::move(fleet_families(*snapshot), std::back_inserter(others));
  page.snapshot = std::move(snapshot);
  const auto sorted = by_name(std::move(others));
  last_ = std::move(page);
  return {page_in(PageFormat::Text, last_, sorted),
          page_in(PageFormat::OpenMetrics, last_, sorted)};
}

std::size_t PageMaker::bytes_held() const {
  std::size_t bytes = last_.clusters.capacity() * sizeof(ClusterViews);
  for (const ClusterBlocks& blocks : last_.blocks) {
    bytes += blocks.capacity() * sizeof blocks.front();
    for (const auto& block : blocks) {
      bytes += sizeof *block + block->ends.capacity() * sizeof block->ends.front();
      if (block->text.size() < SharedText::kLargePart) bytes += block->text.capacity();
    }
  }
  return bytes;
}

}  // namespace restorewatch
