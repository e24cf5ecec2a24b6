#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <filesystem>
#include <thread>

#include <httplib.h>
#include <yaml-cpp/yaml.h>

#include <gtest/gtest.h>

#include "simulator/api_fixture.h"
#include "simulator/self_signed.h"
#include "simulator/simulator.h"

namespace atlas_simulator {
namespace {

using namespace std::chrono_literals;

const std::string kOneJob = open_scenario("          - {at: -1h, takes: 1m}\n");

/// A simulator that listens, and a client of it.
class ServerTest : public testing::Test {
 protected:
  ServerTest() : simulator_(parse_scenario("time_factor: 0\n" + kOneJob)) {
    simulator_.start();
    client_.emplace("127.0.0.1", simulator_.port());
    client_->set_read_timeout(20s);
    client_->set_keep_alive(true);
    client_->set_tcp_nodelay(true);
  }

  httplib::Result list() { return client_->Get(kJobs, {{"Accept", kAccept}}); }

  void fault(const std::string& text) {
    const auto result = client_->Post("/_sim/faults", text, "application/yaml");
    ASSERT_TRUE(result);
    ASSERT_EQ(result->status, 200) << result->body;
  }

  /// The states of the only job that were shown.
  std::vector<std::string> shown() {
    const YAML::Node truth = YAML::Load(client_->Get("/_sim/truth")->body);
    return truth["projects"][0]["clusters"][0]["jobs"][0]["shown"].as<std::vector<std::string>>();
  }

  Simulator simulator_;
  std::optional<httplib::Client> client_;
};

TEST_F(ServerTest, ServesAndCountsOnOneConnection) {
  for (int i = 0; i < 5; ++i) ASSERT_EQ(list()->status, 200);
  EXPECT_EQ(simulator_.requests().matching("GET", RequestKind::List, 200), 5);
  EXPECT_EQ(simulator_.requests().connections, 1);
  EXPECT_EQ(shown(), std::vector<std::string>{"completed"});
}

TEST_F(ServerTest, CompressesWhenAsked) {
  client_->set_decompress(false);
  const auto packed =
      client_->Get(kJobs, {{"Accept", kAccept}, {"Accept-Encoding", "gzip, deflate"}});
  EXPECT_EQ(packed->get_header_value("Content-Encoding"), "gzip");
  client_->set_decompress(true);
  const auto unpacked =
      client_->Get(kJobs, {{"Accept", kAccept}, {"Accept-Encoding", "gzip, deflate"}});
  EXPECT_EQ(unpacked->body, list()->body);
}

TEST_F(ServerTest, StatusFault) {
  fault("{kind: status, status: 503, retry_after: 7, count: 1}");
  const auto answer = list();
  EXPECT_EQ(answer->status, 503);
  EXPECT_EQ(answer->get_header_value("Retry-After"), "7");
  EXPECT_EQ(list()->status, 200);
}

TEST_F(ServerTest, DelayFault) {
  fault("{kind: delay, pause: 80ms, count: 1}");
  const auto begin = std::chrono::steady_clock::now();
  EXPECT_EQ(list()->status, 200);
  EXPECT_GE(std::chrono::steady_clock::now() - begin, 80ms);
  EXPECT_EQ(shown(), std::vector<std::string>{"completed"});
}

TEST_F(ServerTest, StallFault) {
  fault("{kind: stall, path: list}");
  httplib::Client impatient("127.0.0.1", simulator_.port());
  impatient.set_read_timeout(100ms);
  EXPECT_FALSE(impatient.Get(kJobs, {{"Accept", kAccept}}));
  EXPECT_EQ(shown(), std::vector<std::string>{});
}

TEST_F(ServerTest, DripFault) {
  const std::size_t size = list()->body.size();
  fault("{kind: drip, pause: 1ms, count: 1}");
  const auto begin = std::chrono::steady_clock::now();
  const auto answer = list();
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->body.size(), size);
  // How many pieces arrive is up to the network; that there was a pause behind each byte is not.
  EXPECT_GE(std::chrono::steady_clock::now() - begin, (size - 1) * 1ms);
  EXPECT_EQ(shown(), std::vector<std::string>{"completed"});
}

TEST_F(ServerTest, DripThatIsBrokenOffShowsNothing) {
  fault("{kind: drip, pause: 5ms, count: 1}");
  const auto give_up = [](const char*, std::size_t) { return false; };
  EXPECT_FALSE(client_->Get(kJobs, {{"Accept", kAccept}}, give_up));
  EXPECT_EQ(shown(), std::vector<std::string>{});
}

TEST_F(ServerTest, ResetFault) {
  fault("{kind: reset, count: 1}");
  EXPECT_FALSE(list());
  EXPECT_EQ(simulator_.requests().matching("GET", RequestKind::List, 0), 1);
  EXPECT_EQ(list()->status, 200);
}

TEST_F(ServerTest, TruncateFault) {
  const std::string whole = list()->body;
  fault("{kind: truncate, count: 1}");
  EXPECT_EQ(list()->body, whole.substr(0, whole.size() / 2));
  fault("{kind: truncate, length: whole, count: 1}");
  EXPECT_FALSE(list()) << "less came than was announced";
  EXPECT_EQ(list()->body, whole);
}

TEST_F(ServerTest, NotJsonFault) {
  fault("{kind: not_json, count: 1}");
  const auto answer = list();
  EXPECT_EQ(answer->status, 200);
  EXPECT_EQ(answer->get_header_value("Content-Type"), "text/html");
  EXPECT_EQ(answer->body.front(), '<');
}

TEST_F(ServerTest, HugeFault) {
  fault("{kind: huge, megabytes: 20, count: 1}");
  std::string head;
  std::size_t size = 0;
  client_->Get(kJobs, {{"Accept", kAccept}}, [&](const char* data, std::size_t length) {
    if (head.size() < 1000) head.append(data, length);
    size += length;
    return true;
  });
  EXPECT_EQ(size, std::size_t{20} << 20U);
  const auto row_end = head.find("},{");
  ASSERT_NE(row_end, std::string::npos);
  EXPECT_EQ(YAML::Load(head.substr(0, row_end + 1) + "]}")["results"].size(), 1U);
}

TEST_F(ServerTest, GzipBombFault) {
  fault("{kind: gzip_bomb, megabytes: 8}");
  client_->set_decompress(false);
  const std::size_t packed = list()->body.size();
  client_->set_decompress(true);
  EXPECT_GT(list()->body.size(), std::size_t{8} << 20U);
  EXPECT_LT(packed, std::size_t{64} << 10U);
}

TEST_F(ServerTest, RedirectFault) {
  fault("{kind: redirect, host: 'elsewhere.example:8443', count: 1}");
  const auto answer = list();
  EXPECT_EQ(answer->status, 302);
  EXPECT_EQ(answer->get_header_value("Location").find("https://elsewhere.example:8443/"), 0U);
}

TEST_F(ServerTest, BadJobFault) {
  for (const char* field : {"id", "time", "flag"}) {
    const std::string before = list()->body;
    fault("{kind: bad_job, count: 1, field: " + std::string(field) + "}");
    EXPECT_NE(list()->body, before) << field;
    EXPECT_EQ(list()->body, before) << field;
  }
}

TEST_F(ServerTest, FaultsCanBeClearedAndBadOnesAreRefused) {
  fault("[{kind: status}, {kind: reset}]");
  EXPECT_EQ(client_->Delete("/_sim/faults")->status, 200);
  EXPECT_EQ(list()->status, 200);
  const auto refused = client_->Post("/_sim/faults", "{kind: rain}", "application/yaml");
  EXPECT_EQ(refused->status, 400);
  EXPECT_EQ(refused->body.find("1:8: "), 0U);
}

/// The first bytes that answer `request`, sent as it is: cpp-httplib's client always announces a
/// body.
std::string raw_answer(int port, const std::string& request) {
  const int connection = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<std::uint16_t>(port));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  std::string answer(64, '\0');
  if (connect(connection, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0 &&
      send(connection, request.data(), request.size(), MSG_NOSIGNAL) > 0) {
    answer.resize(std::size_t(std::max<ssize_t>(0, recv(connection, answer.data(), 64, 0))));
  }
  close(connection);
  return answer;
}

TEST_F(ServerTest, DoesNotWaitForABodyThatIsNotAnnounced) {
  const auto begin = std::chrono::steady_clock::now();
  const std::string answer =
      raw_answer(simulator_.port(), "POST /_sim/advance?seconds=1 HTTP/1.1\r\nHost: x\r\n\r\n");
  EXPECT_EQ(answer.find("HTTP/1.1 200 OK"), 0U) << answer;
  EXPECT_LT(std::chrono::steady_clock::now() - begin, 4s) << "cpp-httplib by itself waits 5 s";
}

TEST_F(ServerTest, JobsCanBeAddedAndTimeMoved) {
  const auto added = client_->Post(
      "/_sim/jobs", "{project: prod-payments, cluster: prod-a, takes: 1m, end: failed}",
      "application/yaml");
  ASSERT_EQ(added->status, 200) << added->body;
  const std::string path = kJobs + '/' + YAML::Load(added->body)["id"].as<std::string>();
  const httplib::Headers accept{{"Accept", kAccept}};
  EXPECT_FALSE(YAML::Load(client_->Get(path, accept)->body)["failed"].as<bool>());
  EXPECT_EQ(client_->Post("/_sim/advance?seconds=60")->status, 200);
  EXPECT_TRUE(YAML::Load(client_->Get(path, accept)->body)["failed"].as<bool>());
  EXPECT_EQ(client_->Post("/_sim/advance?seconds=-1")->status, 400);
  EXPECT_EQ(client_->Post("/_sim/jobs", "{project: x, cluster: y}", "application/yaml")->status,
            404);
  EXPECT_EQ(client_->Get("/_sim/other")->status, 404);
  EXPECT_EQ(simulator_.requests().matching("POST"), 0) << "control does not count";
}

TEST_F(ServerTest, ClustersAndProjectsCanBeChanged) {
  const auto post = [&](const char* what, const char* body) {
    return client_->Post(what, body, "application/yaml")->status;
  };
  EXPECT_EQ(post("/_sim/clusters", "{project: prod-payments, cluster: b, do: create, tier: flex}"),
            200);
  EXPECT_EQ(post("/_sim/clusters", "{project: prod-payments, cluster: b, do: create}"), 409);
  EXPECT_EQ(post("/_sim/clusters", "{project: prod-payments, cluster: c, do: delete}"), 404);
  EXPECT_EQ(post("/_sim/clusters", "{project: prod-payments, cluster: c, do: explode}"), 400);
  EXPECT_EQ(post("/_sim/projects", R"({"project": "prod-payments", "do": "rename", "name": "p"})"),
            200);
  EXPECT_EQ(post("/_sim/projects", "{project: prod-payments, do: rename, name: q}"), 404);
  EXPECT_EQ(post("/_sim/jobs", "{project: p, cluster: b, source: flex, end: completed}"), 200);
  EXPECT_EQ(post("/_sim/jobs", "{project: p, cluster: b, end: cancelled}"), 409);
  const YAML::Node truth = YAML::Load(client_->Get("/_sim/truth")->body);
  EXPECT_EQ(truth["projects"][0]["clusters"][1]["tier"].as<std::string>(), "flex");
}

TEST_F(ServerTest, SecretsAreChangedFromOutside) {
  const auto post = [&](const std::string& body) {
    return client_->Post("/_sim/secrets", body, "application/yaml")->status;
  };
  EXPECT_EQ(post("{credential: nobody, secrets: [a]}"), 404);
  EXPECT_EQ(post("{credential: nobody, secrets: []}"), 400);
  EXPECT_EQ(post("{credential: nobody, secrets: [{}]}"), 400);
  EXPECT_EQ(post("{credential: nobody, secrets: [a], more: 1}"), 400);
}

TEST_F(ServerTest, WritingIsRefusedAndCounted) {
  EXPECT_EQ(client_->Post(kJobs, "{}", "application/json")->status, 405);
  EXPECT_EQ(client_->Delete(kJobs)->status, 405);
  const YAML::Node counts = YAML::Load(client_->Get("/_sim/requests")->body);
  EXPECT_EQ(counts["requests"][0]["method"].as<std::string>(), "DELETE");
  EXPECT_EQ(counts["requests"][1]["status"].as<int>(), 405);
}

TEST_F(ServerTest, EndsAtOnceDespiteIdleAndStalledClients) {
  ASSERT_EQ(list()->status, 200);  // its connection stays open
  fault("{kind: stall, path: list}");
  std::thread stalled([port = simulator_.port()] {
    httplib::Client client("127.0.0.1", port);
    client.set_read_timeout(20s);
    EXPECT_FALSE(client.Get(kJobs, {{"Accept", kAccept}}));
  });
  while (simulator_.requests().connections < 2) std::this_thread::yield();
  const auto begin = std::chrono::steady_clock::now();
  simulator_.stop();
  EXPECT_LT(std::chrono::steady_clock::now() - begin, 4s);
  stalled.join();
}

TEST_F(ServerTest, APortIsNotSharedWithASecondServer) {
  Simulator second(parse_scenario(kOneJob), {.port = simulator_.port()});
  EXPECT_THROW(second.start(), std::runtime_error);
}

class DigestClientTest : public testing::TestWithParam<const char*> {};

// cpp-httplib's own client answers the challenge here: digest code that is not ours.
TEST_P(DigestClientTest, AnotherDigestImplementationIsLetIn) {
  Simulator simulator(parse_scenario(
      "credentials: [{name: a, public_key: abcdefgh, private_key: SECRETKEY-1, algorithm: " +
      std::string(GetParam()) + "}]\n" + kOneJob));
  simulator.start();
  httplib::Client client("127.0.0.1", simulator.port());
  client.set_digest_auth("abcdefgh", "SECRETKEY-1");
  EXPECT_EQ(client.Get(kJobs + "?itemsPerPage=5", {{"Accept", kAccept}})->status, 200);
  client.set_digest_auth("abcdefgh", "wrong");
  EXPECT_EQ(client.Get(kJobs, {{"Accept", kAccept}})->status, 401);
}

INSTANTIATE_TEST_SUITE_P(Algorithms, DigestClientTest, testing::Values("MD5", "SHA-256"),
                         [](const auto& name) {
                           return std::string(name.param) == "MD5" ? "Md5" : "Sha256";
                         });

TEST(TlsTest, IsTrustedByItsCertificateOnly) {
  const auto folder =
      std::filesystem::temp_directory_path() / ("atlas-simulator-test-" + std::to_string(getpid()));
  std::filesystem::create_directory(folder);
  const std::string cert = folder / "cert.pem";
  const std::string key = folder / "key.pem";
  write_self_signed(cert, key);
  Simulator simulator(parse_scenario(kOneJob), {.tls_cert = cert, .tls_key = key});
  simulator.start();
  EXPECT_EQ(simulator.base_url().find("https://127.0.0.1:"), 0U);
  httplib::Client trusting(simulator.base_url());
  trusting.set_ca_cert_path(cert);
  const auto answer = trusting.Get("/_sim/healthy");
  EXPECT_TRUE(answer && answer->status == 200) << to_string(answer.error());
  EXPECT_FALSE(httplib::Client(simulator.base_url()).Get("/_sim/healthy"));
  std::filesystem::remove_all(folder);
}

TEST(ClockTest, IsThatOfTheProgramUnderTestIfGiven) {
  std::atomic<Millis::rep> moved{0};
  Simulator simulator(parse_scenario(open_scenario("          - {at: 1h}\n")),
                      {.clock = [&] { return *StillAtlas::start() + Millis(moved.load()); }});
  EXPECT_EQ(YAML::Load(simulator.truth_json())["totals"].size(), 0U);
  moved = Millis(2h).count();
  EXPECT_EQ(YAML::Load(simulator.truth_json())["totals"]["completed"].as<int>(), 1);
}

TEST(ClockTest, RunsByItsFactor) {
  VirtualClock clock(*StillAtlas::start(), 1e6);
  const VirtualTime seen = clock.now();
  while (clock.now() < seen + 1h) std::this_thread::yield();  // 3.6 ms of real time
  const VirtualClock still(*StillAtlas::start(), 0);
  EXPECT_EQ(still.now(), *StillAtlas::start());
}

}  // namespace
}  // namespace atlas_simulator
