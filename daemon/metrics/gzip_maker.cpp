#include "metrics/gzip_maker.h"

#include <zlib.h>

#include <cstddef>
#include <cstdint>
#include <map>
#include <new>
#include <string>
#include <string_view>
#include <utility>

namespace restorewatch {
namespace {

constexpr int kLevel = 1;   // 6 costs three times as much and saves a fifth
constexpr int kRaw = -15;   // deflate alone, with a window of 32 KiB
constexpr int kMemory = 8;  // zlib's default

/// No name, no time, compressed fast, on Unix. Source: RFC 1952, 2.3.
constexpr std::string_view kHeader("\x1f\x8b\x08\0\0\0\0\0\x04\x03", 10);
/// An empty last block. Source: RFC 1951, 3.2.6.
constexpr std::string_view kEnd("\x03\0", 2);

/// A stretch of the page, compressed by itself.
struct Zipped {
  std::string bytes;
  uLong crc = 0;         // of the text
  std::size_t size = 0;  // of the text
};

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
  }
  ~Deflater() { deflateEnd(&stream_); }
  Deflater(const Deflater&) = delete;
  Deflater& operator=(const Deflater&) = delete;

  /// Ends at a whole byte, and refers to nothing before it.
  std::string compress(std::string_view text) {
    deflateReset(&stream_);
    // Of incompressible text, and for the empty block that fills the last byte.
    const std::size_t bound = deflateBound(&stream_, text.size()) + 16;
    if (buffer_.size() < bound) buffer_.resize(bound);
    stream_.next_in = const_cast<Bytef*>(bytes_of(text));  // which zlib does not write to
    stream_.avail_in = static_cast<uInt>(text.size());
    stream_.next_out = reinterpret_cast<Bytef*>(buffer_.data());
    stream_.avail_out = static_cast<uInt>(buffer_.size());
    deflate(&stream_, Z_SYNC_FLUSH);
    return buffer_.substr(0, buffer_.size() - stream_.avail_out);
  }

 private:
  z_stream stream_{};
  std::string buffer_;
};

}  // namespace

struct GzipMaker::Impl {
  Deflater deflater;
  std::map<SharedText::Part, Zipped> last;  // the large parts of the last page
  std::size_t bytes_compressed = 0;

  Zipped zip(std::string_view text) {
    bytes_compressed += text.size();
    return {deflater.compress(text), crc32_z(0, bytes_of(text), text.size()), text.size()};
  }

  Zipped zip_part(const SharedText::Part& part) {
    const auto found = last.find(part);
    return found == last.end() ? zip(*part) : found->second;
  }
};

namespace {

/// A gzip member, stretch by stretch.
class Member {
 public:
  void add(const Zipped& stretch) {
    body_ += stretch.bytes;
    crc_ = crc32_combine(crc_, stretch.crc, static_cast<z_off_t>(stretch.size));
    size_ += stretch.size;
  }

  SharedText finish() && {
    body_ += kEnd;
    append_little_endian(body_, static_cast<std::uint32_t>(crc_));
    append_little_endian(body_, static_cast<std::uint32_t>(size_));  // modulo 2^32
    SharedText whole;
    whole.add(std::move(body_));
    return whole;
  }

 private:
  std::string body_{kHeader};
  uLong crc_ = 0;
  std::size_t size_ = 0;
};

}  // namespace

GzipMaker::GzipMaker() : impl_(std::make_unique<Impl>()) {}
GzipMaker::~GzipMaker() = default;

SharedText GzipMaker::make(const SharedText& page) {
  Member member;
  std::map<SharedText::Part, Zipped> large;
  std::string small;  // in a row; what came before helps to compress what follows
  const auto end_small = [&] {
    if (!small.empty()) member.add(impl_->zip(small));
    small.clear();
  };
  for (const SharedText::Part& part : page.parts()) {
    if (part->size() < SharedText::kLargePart) {
      small += *part;
      continue;
    }
    end_small();
    member.add(large[part] = impl_->zip_part(part));
  }
  end_small();
  impl_->last = std::move(large);
  return std::move(member).finish();
}

std::size_t GzipMaker::bytes_compressed() const {
  return impl_->bytes_compressed;
}

void GzipMaker::forget() {
  impl_->last.clear();
}

}  // namespace restorewatch
