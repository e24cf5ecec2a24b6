// What hostile clients can do to a server that runs in a process of its own, in figures: how long
// others wait for a scrape meanwhile, and how much memory the server takes. Prints a table.

#include <gtest/gtest.h>
#include <malloc.h>
#include <sys/resource.h>

#include <algorithm>
#include <condition_variable>
#include <cstdio>
#include <fstream>
#include <functional>
#include <sstream>
#include <thread>

#include "fakes/served.h"
#include "store/child_process.h"
#include "web/raw_client.h"
#include "web/tls_access.h"

namespace restorewatch {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

constexpr std::size_t kPage = 1'700'000;    // of 10,000 series
constexpr std::size_t kLarge = 17'000'000;  // of 100,000
constexpr std::size_t kOwn = 1'000'000;     // no answer that is made for one request is larger
constexpr int kScrapes = 150;               // during each attack
constexpr double kPatienceMs = 1000;        // that 99 % of them are answered in
constexpr long kMemoryKib = 72L * 1024;     // that the server may take, more than at rest
constexpr milliseconds kBetweenDrips{20};

SharedText page_of(std::size_t size) {
  SharedText page;
  for (; size > 0; size -= std::min<std::size_t>(size, 65536)) {
    page.add(std::string(std::min<std::size_t>(size, 65536), 'a'));
  }
  return page;
}

/// Serves pages by HTTP and by HTTPS until it is killed.
void serve(const ChildProcess::Say& say) {
  mallopt(M_ARENA_MAX, 2);  // as the daemon does. NOLINT(concurrency-mt-unsafe): no thread yet
  const WebHandler handler = [small = page_of(kPage),
                              large = page_of(kLarge)](const WebRequest& request) {
    WebAnswer answer;
    answer.body = request.path == "/large" ? large : small;
    if (request.path == "/own") answer.body = page_of(kOwn);
    return answer;
  };
  WebServerOptions options;
  options.urgent = {"/metrics"};
  const Served plain(handler, options);
  const Served tls(handler, options, tls_access());
  say(std::to_string(plain.port()) + " " + std::to_string(tls.port()) + "\n");
  wait_to_be_killed();
}

struct Ports {
  int plain = 0;
  int tls = 0;
};

/// What goes on until it is told to stop.
using Attack = std::function<void(const Ports&, const std::stop_token&)>;

std::string address(int number) {
  return "127.0.1." + std::to_string(1 + number % 8);
}

/// Until it is time for the next drip.
void wait_a_little(const std::stop_token& stop) {
  std::mutex mutex;
  std::condition_variable_any never;
  std::unique_lock lock(mutex);
  never.wait_for(lock, stop, kBetweenDrips, [] { return false; });
}

/// So many clients that send a piece now and then, each with this at first. Whoever is dropped
/// comes back.
Attack dripping(int clients, int Ports::*port, const std::string& first, const std::string& piece,
                const std::function<std::string(int)>& from = address) {
  return [=](const Ports& ports, const std::stop_token& stop) {
    std::vector<std::unique_ptr<RawClient>> all(static_cast<std::size_t>(clients));
    while (!stop.stop_requested()) {
      for (int i = 0; i < clients && !stop.stop_requested(); ++i) {
        auto& client = all[static_cast<std::size_t>(i)];
        if (client && client->send(piece)) continue;
        client = std::make_unique<RawClient>(ports.*port, RawClient::Options{.from = from(i)});
        client->send(first);
      }
      wait_a_little(stop);
    }
  };
}

/// Clients, one after the other, that send this so often, as far as the server lets them.
Attack flooding(const std::string& begin, const std::string& piece, int times) {
  return [=](const Ports& ports, const std::stop_token& stop) {
    for (int i = 0; !stop.stop_requested(); ++i) {
      RawClient client(ports.plain, {.from = address(i)});
      if (!client.send(begin)) continue;
      for (int n = 0; n < times && client.send(piece) && !stop.stop_requested(); ++n) {
      }
    }
  };
}

/// Clients that ask for a large answer and read hardly any of it.
Attack slow_readers(int clients, const std::string& target) {
  return [=](const Ports& ports, const std::stop_token& stop) {
    std::vector<std::unique_ptr<RawClient>> all(static_cast<std::size_t>(clients));
    while (!stop.stop_requested()) {
      for (int i = 0; i < clients && !stop.stop_requested(); ++i) {
        auto& client = all[static_cast<std::size_t>(i)];
        if (client && client->drop(100)) continue;
        client = std::make_unique<RawClient>(
            ports.plain, RawClient::Options{.from = address(i), .receive_buffer = 4096});
        client->send(get(target));
      }
      wait_a_little(stop);
    }
  };
}

/// Clients that ask for many ranges of a large page. Nobody is sent more than the page.
void range_bombs(const Ports& ports, const std::stop_token& stop) {
  std::string ranges = "Range: bytes=0-";
  for (int i = 0; i < 1500; ++i) ranges += ",0-";
  for (int i = 0; !stop.stop_requested(); ++i) {
    RawClient client(ports.plain, {.from = address(i)});
    client.send(get("/large", ranges + "\r\nConnection: close\r\n"));
    if (client.drop(kLarge + 2000)) ADD_FAILURE() << "more was sent than the page";
  }
}

/// Each followed by a request that somebody else is to be blamed for, or be answered with.
void smugglers(const Ports& ports, const std::stop_token& stop) {
  const std::vector<std::string> shapes{
      get("/", "Content-Length: 0\r\nContent-Length: 44\r\n"),
      get("/", "Content-Length: 44, 44\r\n"),
      get("/", "Transfer-Encoding: chunked\r\n"),
      get("/", "Content-Length: 44\r\nTransfer-Encoding: chunked\r\n"),
      get("/", "Transfer-Encoding : chunked\r\n"),
      get("/", "X: a\r\n b: c\r\n"),
      get("/", "X: a\nContent-Length: 44\r\n"),
      "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
      "GET http://b/ HTTP/1.1\r\nHost: a\r\n\r\n",
      "GET /\r\n\r\n",
  };
  for (std::size_t i = 0; !stop.stop_requested(); ++i) {
    RawClient client(ports.plain, {.from = address(static_cast<int>(i))});
    client.send(shapes[i % shapes.size()] + get("/smuggled"));
    const std::string answer = client.rest();
    // Or none at all, or that there are too many.
    if (answer.find(" 200 ") != std::string::npos) ADD_FAILURE() << shapes[i % shapes.size()];
  }
}

/// Whatever the server does to it.
void persist(const Attack& attack, const Ports& ports, const std::stop_token& stop) {
  while (!stop.stop_requested()) {
    try {
      attack(ports, stop);
    } catch (const std::exception&) {  // it could not even connect
    }
  }
}

Attack together(const std::vector<Attack>& attacks) {
  return [attacks](const Ports& ports, const std::stop_token& stop) {
    std::vector<std::jthread> threads;
    threads.reserve(attacks.size());
    for (const Attack& attack : attacks) {
      threads.emplace_back([&, stop] { persist(attack, ports, stop); });
    }
  };
}

/// In ms; more than anybody waits for where it was not answered.
double time_of_scrape(int port, bool tls) {
  const auto begun = steady_clock::now();
  try {
    RawClient client(port, {.tls = tls});
    const bool is_sent = client.send(get("/metrics", "Connection: close\r\n"));
    if (!is_sent || !client.drop(kPage)) return 1e6;
  } catch (const std::exception&) {
    return 1e6;
  }
  return std::chrono::duration<double, std::milli>(steady_clock::now() - begun).count();
}

struct Times {
  double median = 0;
  double p99 = 0;
};

/// Of scrapes by HTTP and by HTTPS, in turn, each on a connection of its own.
Times scrape(const Ports& ports) {
  std::vector<double> times;
  for (int i = 0; i < kScrapes; ++i) {
    const bool tls = i % 2 == 1;
    times.push_back(time_of_scrape(tls ? ports.tls : ports.plain, tls));
  }
  std::ranges::sort(times);
  return {times[times.size() / 2], times[times.size() * 99 / 100]};
}

class HostileTest : public testing::Test {
 protected:
  HostileTest() : server_(serve) {
    std::istringstream(server_.hear()) >> ports_.plain >> ports_.tls;
    rlimit files{};  // each client is one
    getrlimit(RLIMIT_NOFILE, &files);
    files.rlim_cur = files.rlim_max;
    setrlimit(RLIMIT_NOFILE, &files);
  }

  long memory_kib(const std::string& what) const {
    std::ifstream status("/proc/" + std::to_string(server_.pid()) + "/status");
    for (std::string line; std::getline(status, line);) {
      if (line.starts_with(what)) return std::stol(line.substr(what.size() + 1));
    }
    return -1;
  }

  void forget_peak() const {
    std::ofstream("/proc/" + std::to_string(server_.pid()) + "/clear_refs") << "5";
  }

  /// At rest. The first scrapes make what is made once.
  void measure_rest() {
    scrape(ports_);
    show("nobody else", scrape(ports_));
    rest_kib_ = memory_kib("VmRSS:");
  }

  void show(const std::string& what, const Times& times) const {
    std::printf("  %-52s %8.1f %8.1f %9.1f\n", what.c_str(), times.median, times.p99,
                static_cast<double>(memory_kib("VmHWM:")) / 1024);
  }

  void suffer(const std::string& what, const Attack& attack) {
    forget_peak();
    std::jthread attacking([&](const std::stop_token& stop) { persist(attack, ports_, stop); });
    const Times times = scrape(ports_);
    show(what, times);
    EXPECT_LT(times.p99, kPatienceMs) << what;
    EXPECT_LT(memory_kib("VmHWM:") - rest_kib_, kMemoryKib) << what;
  }

  ChildProcess server_;
  Ports ports_;
  long rest_kib_ = 0;
};

TEST_F(HostileTest, OthersAreServedAndMemoryStaysBounded) {
  const std::string hello("\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", 11);
  const auto one_address = [](int) { return std::string("127.0.0.1"); };
  const Attack dripped_heads = dripping(500, &Ports::plain, "GET / HTTP/1.1\r\nX: ", "x");
  const Attack handshakes = dripping(200, &Ports::tls, hello, std::string(1, '\0'));
  const Attack fields = flooding(get("/").substr(0, 25), "X: y\r\n", 200'000);
  const Attack long_lines = flooding("GET / HTTP/1.1\r\nX: ", std::string(1'000'000, 'x'), 100);

  std::printf("  %-52s %8s %8s %9s\n", "scrapes, while there are", "p50 ms", "p99 ms", "peak MiB");
  measure_rest();
  suffer("500 clients that drip a head", dripped_heads);
  suffer("500 of them, from the scrapers' own address",
         dripping(500, &Ports::plain, "GET / HTTP/1.1\r\nX: ", "x", one_address));
  suffer("200 TLS handshakes that stall", handshakes);
  suffer("heads of 200,000 fields", fields);
  suffer("header lines of 100 MB", long_lines);
  suffer("requests for 1,500 ranges of 17 MB", range_bombs);
  suffer("200 slow readers of a page of 17 MB", slow_readers(200, "/large"));
  suffer("200 slow readers of 1 MB made for each", slow_readers(200, "/own"));
  suffer("smuggled requests", smugglers);
  suffer("all of that at once", together({dripped_heads, handshakes, fields, long_lines,
                                          range_bombs, slow_readers(200, "/large"), smugglers}));
  forget_peak();
  const Times afterwards = scrape(ports_);
  show("nobody any more, at once", afterwards);
  EXPECT_LT(afterwards.p99, kPatienceMs);
}

}  // namespace
}  // namespace restorewatch
