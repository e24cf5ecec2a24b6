// How long scrapes take, of several servers on this machine, in turn:
//   scrape_bench ROUNDS SCRAPES NAME=PORT/PATH[,gzip][,openmetrics]...
// Prints for each the bytes of an answer, the median over the rounds of each round's median, the
// fastest and the slowest round, and the ratio to the first server.

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace {

constexpr std::size_t kBuffer = std::size_t{1} << 20;

struct Target {
  std::string name;
  int port = 0;
  std::string request;
  std::size_t bytes = 0;          // of the last answer
  std::vector<double> medians{};  // of each round, in ms
};

Target target_from(const std::string& text) {
  const auto equals = text.find('=');
  const auto slash = text.find('/');
  const auto comma = std::min(text.find(','), text.size());
  if (equals == std::string::npos || slash == std::string::npos) {
    throw std::runtime_error("not NAME=PORT/PATH: " + text);
  }
  std::string request = "GET " + text.substr(slash, comma - slash) + " HTTP/1.1\r\nHost: local\r\n";
  const auto wants = [&](const char* what) { return text.find(what, comma) != std::string::npos; };
  if (wants(",gzip")) request += "Accept-Encoding: gzip\r\n";
  if (wants(",openmetrics")) request += "Accept: application/openmetrics-text;version=1.0.0\r\n";
  return {text.substr(0, equals), std::atoi(text.c_str() + equals + 1), request + "\r\n"};
}

/// A kept-alive connection to this machine.
class Connection {
 public:
  explicit Connection(int port) : socket_(socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(static_cast<std::uint16_t>(port));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    const timeval patience{20, 0};
    setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    if (connect(socket_, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0) {
      throw std::runtime_error("cannot connect to port " + std::to_string(port));
    }
  }
  ~Connection() { close(socket_); }
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  /// Bytes of the answer, its head included.
  std::size_t scrape(const std::string& request) {
    if (send(socket_, request.data(), request.size(), MSG_NOSIGNAL) < 0) {
      throw std::runtime_error("cannot send");
    }
    std::size_t head = read_some();
    auto end = std::string_view::npos;
    while ((end = std::string_view(buffer_.data(), head).find("\r\n\r\n")) ==
           std::string_view::npos) {
      head += read_some(head);
    }
    const std::string_view text(buffer_.data(), end + 4);
    return is_chunked(text) ? read_chunks(head) : read_rest(text, head);
  }

 private:
  std::size_t read_some(std::size_t at = 0) {
    const ssize_t count = recv(socket_, buffer_.data() + at, buffer_.size() - at, 0);
    if (count <= 0) throw std::runtime_error("the answer ends early");
    return static_cast<std::size_t>(count);
  }

  static bool is_chunked(std::string_view head) {
    return head.find("chunked\r\n") != std::string_view::npos;
  }

  std::size_t read_rest(std::string_view head, std::size_t so_far) {
    constexpr std::string_view kLength = "Content-Length: ";
    const auto at = head.find(kLength);
    if (!head.starts_with("HTTP/1.1 200") || at == std::string_view::npos) {
      throw std::runtime_error("not a page: " + std::string(head));
    }
    const std::size_t size =
        head.size() + std::strtoull(head.data() + at + kLength.size(), nullptr, 10);
    while (so_far < size) so_far += read_some();
    return so_far;
  }

  /// The last chunk is the only one of no length.
  std::size_t read_chunks(std::size_t so_far) {
    constexpr std::string_view kLast = "0\r\n\r\n";
    std::string tail(buffer_.data(), so_far);
    while (!tail.ends_with(kLast)) {
      const std::size_t count = read_some();
      so_far += count;
      tail.append(buffer_.data() + count - std::min(count, kLast.size()),
                  std::min(count, kLast.size()));
      tail.erase(0, tail.size() - std::min(tail.size(), kLast.size()));
    }
    return so_far;
  }

  int socket_;
  std::vector<char> buffer_ = std::vector<char>(kBuffer);
};

double median(std::vector<double> values) {
  std::ranges::sort(values);
  return values[values.size() / 2];
}

void play_round(Target& target, int scrapes) {
  constexpr int kWarmUp = 2;
  Connection connection(target.port);
  std::vector<double> times;
  for (int i = 0; i < scrapes + kWarmUp; ++i) {
    const auto begun = std::chrono::steady_clock::now();
    target.bytes = connection.scrape(target.request);
    const std::chrono::duration<double, std::milli> took = std::chrono::steady_clock::now() - begun;
    if (i >= kWarmUp) times.push_back(took.count());
  }
  target.medians.push_back(median(times));
}

void run(int argc, char** argv) {
  std::vector<Target> targets;
  for (int i = 3; i < argc; ++i) targets.push_back(target_from(argv[i]));
  for (int round = 0; round < std::atoi(argv[1]); ++round) {
    for (Target& target : targets) play_round(target, std::atoi(argv[2]));
  }
  for (const Target& target : targets) {
    const auto [least, most] = std::ranges::minmax(target.medians);
    std::printf("%-20s %10zu bytes %9.3f ms (%.3f..%.3f) %7.2f x\n", target.name.c_str(),
                target.bytes, median(target.medians), least, most,
                median(target.medians) / median(targets.front().medians));
  }
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 4) {
    std::fputs("usage: scrape_bench ROUNDS SCRAPES NAME=PORT/PATH[,gzip][,openmetrics]...\n",
               stderr);
    return 2;
  }
  try {
    run(argc, argv);
  } catch (const std::exception& problem) {
    std::fprintf(stderr, "%s\n", problem.what());
    return 1;
  }
  return 0;
}
