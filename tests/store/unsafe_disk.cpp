#include "store/unsafe_disk.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace restorewatch {
namespace {

constexpr std::size_t kSector = 512;

unsigned below(std::mt19937& random, std::size_t bound) {
  return static_cast<unsigned>(random() % bound);
}

bool chance(std::mt19937& random, unsigned percent) {
  return below(random, 100) < percent;
}

void overwrite(std::string& content, std::size_t at, std::string_view bytes) {
  if (content.size() < at + bytes.size()) content.resize(at + bytes.size());
  content.replace(at, bytes.size(), bytes);
}

/// What becomes of the pieces of a file that were not synced.
class Fate {
 public:
  /// Some files keep nothing, some all; most keep a part.
  explicit Fate(std::mt19937& random)
      : random_(random), kept_percent_(std::array{0U, 30U, 60U, 90U, 100U}[below(random, 5)]) {}

  bool keeps() { return chance(random_, kept_percent_); }

  void write(std::string& content, std::size_t at, std::string_view sector) {
    if (keeps()) {
      if (kept_percent_ < 100 && chance(random_, 10)) tear(at, sector);
      overwrite(content, at, sector);
    } else if (at + sector.size() > content.size() && chance(random_, 25)) {
      grow(content, at + sector.size());
    }
  }

 private:
  // At any byte: the beginning or the end of the piece is there.
  void tear(std::size_t& at, std::string_view& sector) {
    const std::size_t cut = below(random_, sector.size());
    if (chance(random_, 50)) {
      sector = sector.substr(0, cut);
    } else {
      sector = sector.substr(cut);
      at += cut;
    }
  }

  // The new size was kept, the bytes were not.
  void grow(std::string& content, std::size_t size) {
    const std::size_t before = content.size();
    content.resize(size);
    if (chance(random_, 50)) return;
    std::generate(content.begin() + static_cast<std::ptrdiff_t>(before), content.end(),
                  [this] { return static_cast<char>(random_()); });
  }

  std::mt19937& random_;
  unsigned kept_percent_;
};

/// Calls `piece(offset, bytes)` for the write's part in each sector of the file.
template <typename Piece>
void for_each_sector(const RecordedStep& write, const Piece& piece) {
  const auto offset = static_cast<std::size_t>(write.offset);
  const std::string_view data = write.data;
  for (std::size_t done = 0; done < data.size();) {
    const std::size_t size = kSector - (offset + done) % kSector;
    const std::string_view bytes = data.substr(done, size);
    piece(offset + done, bytes);
    done += bytes.size();
  }
}

}  // namespace

void UnsafeDisk::take(const RecordedStep& step) {
  std::shared_ptr<File>& file = names_[step.path];
  if (step.act == FileAct::Delete) {
    file = nullptr;
    pending_names_.emplace_back(step.path, nullptr);
  } else if (!file) {
    file = std::make_shared<File>();
    pending_names_.emplace_back(step.path, file);
  }
  if (step.act == FileAct::Write || step.act == FileAct::Truncate) file->pending.push_back(&step);
  if (step.act == FileAct::Sync) sync(*file);
  if (step.syncs_folder) {
    durable_names_ = names_;
    pending_names_.clear();
  }
}

UnsafeDisk::Content UnsafeDisk::after_power_cut(std::mt19937& random) const {
  Names names = durable_names_;
  for (const auto& [name, file] : pending_names_) {
    if (chance(random, 50)) names[name] = file;
  }
  Content content;
  for (const auto& [name, file] : names) {
    if (file) content.emplace(name, some_of(*file, random));
  }
  return content;
}

void UnsafeDisk::sync(File& file) {
  for (const RecordedStep* const step : file.pending) {
    const auto offset = static_cast<std::size_t>(step->offset);
    if (step->act == FileAct::Write) {
      overwrite(file.durable, offset, step->data);
    } else {
      file.durable.resize(offset);
    }
  }
  file.pending.clear();
}

std::string UnsafeDisk::some_of(const File& file, std::mt19937& random) {
  std::string content = file.durable;
  Fate fate(random);
  for (const RecordedStep* const step : file.pending) {
    if (step->act == FileAct::Truncate) {
      if (fate.keeps()) content.resize(static_cast<std::size_t>(step->offset));
      continue;
    }
    for_each_sector(
        *step, [&](std::size_t at, std::string_view bytes) { fate.write(content, at, bytes); });
  }
  return content;
}

}  // namespace restorewatch
