#include "simulator/gzip.h"

#include <array>
#include <utility>

#include <zlib.h>

namespace atlas_simulator {
namespace {

constexpr std::size_t kMegabyte = 1U << 20U;

/// A gzip stream under construction, input piece by piece.
class GzipWriter {
 public:
  GzipWriter() {
    constexpr int kGzipWindow = 15 + 16;  // zlib's sign for a gzip wrapper
    deflateInit2(&stream_, Z_BEST_SPEED, Z_DEFLATED, kGzipWindow, 8, Z_DEFAULT_STRATEGY);
  }
  GzipWriter(const GzipWriter&) = delete;
  GzipWriter& operator=(const GzipWriter&) = delete;
  ~GzipWriter() { deflateEnd(&stream_); }

  void add(std::string_view bytes) { run(bytes, Z_NO_FLUSH); }

  std::string finish() {
    run({}, Z_FINISH);
    return std::move(packed_);
  }

 private:
  void run(std::string_view bytes, int flush) {
    // zlib only reads what next_in points at, although its type does not say so.
    stream_.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
    stream_.avail_in = static_cast<unsigned>(bytes.size());
    do {
      stream_.next_out = buffer_.data();
      stream_.avail_out = static_cast<unsigned>(buffer_.size());
      deflate(&stream_, flush);
      packed_.append(buffer_.begin(), buffer_.end() - stream_.avail_out);
    } while (stream_.avail_out == 0);
  }

  z_stream stream_{};
  std::array<unsigned char, 16384> buffer_{};
  std::string packed_;
};

}  // namespace

std::string gzip(std::string_view bytes) {
  GzipWriter writer;
  writer.add(bytes);
  return writer.finish();
}

std::string gzip_bomb(std::int64_t megabytes) {
  GzipWriter writer;
  writer.add(R"({"results":[)");
  const std::string spaces(kMegabyte, ' ');
  for (std::int64_t i = 0; i < megabytes; ++i) writer.add(spaces);
  return writer.finish();
}

}  // namespace atlas_simulator
