#include "metrics/gzip_maker.h"

#include <zlib.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <new>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

namespace restorewatch {
namespace {

constexpr int kLevel = 1;   // 6 costs three times as much and saves a fifth
constexpr int kRaw = -15;   // deflate alone, with a window of 32 KiB
constexpr int kMemory = 8;  // zlib's default
constexpr std::size_t kPiece = std::size_t{128} * 1024;  // at most; see cut()
constexpr std::size_t kSmall = std::size_t{16} * 1024;   // a family that is less shares a piece

/// No name, no time, compressed fast, on Unix. Source: RFC 1952, 2.3.
constexpr std::string_view kHeader("\x1f\x8b\x08\0\0\0\0\0\x04\x03", 10);
/// An empty last block. Source: RFC 1951, 3.2.6.
constexpr std::string_view kEnd("\x03\0", 2);

/// A part of the page that was compressed by itself.
struct Piece {
  std::size_t begin = 0;  // in the page
  std::size_t size = 0;
  std::size_t zipped_begin = 0;  // in the body
  std::size_t zipped_size = 0;
  uLong crc = 0;
};

/// Pieces one after the other, of which the first begins with a family.
using Section = std::vector<Piece>;

std::string_view text_of(const PageText& page, const Piece& piece) {
  return std::string_view(page.text).substr(piece.begin, piece.size);
}

/// Says which family a section begins with.
std::string_view first_line(const PageText& page, const Section& section) {
  const std::string_view text = text_of(page, section.front());
  return text.substr(0, text.find('\n'));
}

Section section_of(std::size_t begin, std::size_t end) {
  Section section;
  for (; begin < end; begin += kPiece) {
    section.push_back({begin, std::min(kPiece, end - begin)});
  }
  return section;
}

/// A family that grows or shrinks must not move the cuts in those after it, so each begins a
/// section, but for small ones, which share one.
std::vector<Section> cut(const PageText& page) {
  std::vector<Section> sections;
  std::size_t begin = 0;
  for (std::size_t i = 1; i < page.families.size(); ++i) {
    const std::size_t family = page.families[i];
    const std::size_t end = i + 1 < page.families.size() ? page.families[i + 1] : page.text.size();
    if (family - begin < kSmall && end - family < kSmall) continue;
    sections.push_back(section_of(begin, family));
    begin = family;
  }
  if (begin < page.text.size()) sections.push_back(section_of(begin, page.text.size()));
  return sections;
}

void append_little_endian(std::string& out, std::uint32_t number) {
  for (int shift = 0; shift < 32; shift += 8) out += static_cast<char>(number >> shift & 0xffU);
}

const Bytef* bytes_of(std::string_view text) {
  return reinterpret_cast<const Bytef*>(text.data());
}

/// zlib's compressor.
class Deflater {
 public:
  Deflater() {
    if (deflateInit2(&stream_, kLevel, Z_DEFLATED, kRaw, kMemory, Z_DEFAULT_STRATEGY) != Z_OK) {
      throw std::bad_alloc();
    }
    // Of incompressible text, and for the empty block that fills the last byte.
    buffer_.resize(deflateBound(&stream_, kPiece) + 16);
  }
  ~Deflater() { deflateEnd(&stream_); }
  Deflater(const Deflater&) = delete;
  Deflater& operator=(const Deflater&) = delete;

  /// At most kPiece. Ends at a whole byte, and refers to nothing before it. Valid until called
  /// again.
  std::string_view compress(std::string_view text) {
    deflateReset(&stream_);
    stream_.next_in = const_cast<Bytef*>(bytes_of(text));  // which zlib does not write to
    stream_.avail_in = static_cast<uInt>(text.size());
    stream_.next_out = reinterpret_cast<Bytef*>(buffer_.data());
    stream_.avail_out = static_cast<uInt>(buffer_.size());
    deflate(&stream_, Z_SYNC_FLUSH);
    return std::string_view(buffer_).substr(0, buffer_.size() - stream_.avail_out);
  }

 private:
  z_stream stream_{};
  std::string buffer_;
};

}  // namespace

struct GzipMaker::Impl {
  Deflater deflater;
  std::shared_ptr<const PageText> page;
  std::shared_ptr<const std::string> body;
  std::vector<Section> sections;
  std::size_t bytes_compressed = 0;

  std::map<std::string_view, std::span<const Piece>> pieces_by_first_line() const {
    std::map<std::string_view, std::span<const Piece>> pieces;
    for (const Section& section : sections) pieces[first_line(*page, section)] = section;
    return pieces;
  }

  /// Appends the piece to the body, copied where `last` holds the same text.
  void append(std::string& out, const PageText& now, Piece& piece, const Piece* last) {
    const std::string_view text = text_of(now, piece);
    piece.zipped_begin = out.size();
    if (last != nullptr && text_of(*page, *last) == text) {
      out.append(*body, last->zipped_begin, last->zipped_size);
      piece.crc = last->crc;
    } else {
      out += deflater.compress(text);
      bytes_compressed += text.size();
      piece.crc = crc32_z(0, bytes_of(text), text.size());
    }
    piece.zipped_size = out.size() - piece.zipped_begin;
  }
};

GzipMaker::GzipMaker() : impl_(std::make_unique<Impl>()) {}
GzipMaker::~GzipMaker() = default;

std::shared_ptr<const std::string> GzipMaker::make(std::shared_ptr<const PageText> page) {
  const auto last = impl_->pieces_by_first_line();
  std::vector<Section> sections = cut(*page);
  std::string out(kHeader);
  if (impl_->body) out.reserve(impl_->body->size() + impl_->body->size() / 16);
  uLong crc = 0;
  for (Section& section : sections) {
    const auto found = last.find(first_line(*page, section));
    const auto before = found == last.end() ? std::span<const Piece>() : found->second;
    for (std::size_t i = 0; i < section.size(); ++i) {
      impl_->append(out, *page, section[i], i < before.size() ? &before[i] : nullptr);
      crc = crc32_combine(crc, section[i].crc, static_cast<z_off_t>(section[i].size));
    }
  }
  out += kEnd;
  append_little_endian(out, static_cast<std::uint32_t>(crc));
  append_little_endian(out, static_cast<std::uint32_t>(page->text.size()));  // modulo 2^32
  impl_->sections = std::move(sections);
  impl_->page = std::move(page);
  impl_->body = std::make_shared<const std::string>(std::move(out));
  return impl_->body;
}

std::size_t GzipMaker::bytes_compressed() const {
  return impl_->bytes_compressed;
}

void GzipMaker::forget() {
  impl_->sections.clear();
  impl_->page.reset();
  impl_->body.reset();
}

}  // namespace restorewatch
