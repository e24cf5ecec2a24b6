#include "end_to_end/stage.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <httplib.h>
#include <simdjson.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <charconv>
#include <cstdlib>
#include <fstream>
#include <sstream>
#include <stdexcept>

namespace restorewatch {
namespace {

constexpr std::string_view kPrivateKey = "SECRETKEY-e2e-0001";
constexpr std::string_view kClientSecret = "SECRETCLIENT-e2e-0001";

constexpr std::string_view kCredentials = R"(credentials:
  - {name: key, public_key: e2epubl, private_key: SECRETKEY-e2e-0001, nonce_lifetime: 3s, nonce_uses: 20}
  - {name: account, client_id: mdb_sa_id_0123456789abcdef01234567,
     client_secret: SECRETCLIENT-e2e-0001, token_lifetime: 10s}
rate_limit: {capacity: 100000, refill: 100000, per: 60s}
)";

void write_file(const std::string& path, const std::string& text) {
  std::ofstream(path) << text;
}

/// The port at the end of "listening on https://127.0.0.1:PORT" or "address=http://…:PORT/".
int port_after(const std::string& text, std::string_view mark) {
  const auto from = text.find(mark);
  if (from == std::string::npos) return 0;
  const auto colon = text.find(':', text.find("://", from) + 3);
  int port = 0;
  std::from_chars(text.data() + colon + 1, text.data() + text.size(), port);
  return port;
}

std::string labels_of(simdjson::dom::object metric) {
  std::map<std::string, std::string> sorted;
  for (const auto& [key, value] : metric) {
    if (key == "__name__" || key == "job" || key == "instance") continue;
    sorted[std::string(key)] = std::string(value.get_string().value());
  }
  std::string text;
  for (const auto& [key, value] : sorted) {
    text += fmt::format("{}{}=\"{}\"", text.empty() ? "" : ",", key, value);
  }
  return text;
}

/// `a="1",b="2"` in the order of names, as Prometheus's answers are written here.
std::string sorted_labels(std::string_view text) {
  std::map<std::string, std::string> sorted;
  while (!text.empty()) {
    const auto equals = text.find('=');
    const auto end = text.find('"', equals + 2);
    sorted[std::string(text.substr(0, equals))] = text.substr(equals + 1, end - equals);
    text.remove_prefix(std::min(text.size(), end + 2));
  }
  std::string result;
  for (const auto& [key, value] : sorted) {
    result += fmt::format("{}{}={}", result.empty() ? "" : ",", key, value);
  }
  return result;
}

/// Closes the file descriptor with its last owner.
std::shared_ptr<void> closing(int fd) {
  return {nullptr, [fd](void*) { close(fd); }};
}

}  // namespace

int free_port() {
  const int socket_fd = socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  auto* const generic = reinterpret_cast<sockaddr*>(&address);
  const bool bound =
      bind(socket_fd, generic, size) == 0 && getsockname(socket_fd, generic, &size) == 0;
  close(socket_fd);
  if (!bound) throw std::runtime_error("no port of 127.0.0.1 is free");
  return ntohs(address.sin_port);
}

Stage::Stage(Login login, const std::string& scenario)
    : Stage(std::string(kCredentials) + scenario) {
  login_ = login;
}

Stage::Stage(const std::string& scenario, std::chrono::seconds lifetime)
    : login_(Login::Digest), authority_(make_authority("end to end")) {
  const KeyPair server = make_server_certificate(authority_, "IP:127.0.0.1");
  write_file(folder_.file("ca.pem"), authority_.certificate);
  write_file(folder_.file("server.pem"), server.certificate);
  write_file(folder_.file("server.key"), server.key);
  start_atlas(scenario, lifetime);
}

std::string Stage::program(const std::string& name) {
  return std::string(RW_BINARY_DIR) + "/" + name;
}

void Stage::start_atlas(const std::string& scenario, std::chrono::seconds lifetime) {
  write_file(folder_.file("scenario.yaml"), scenario);
  atlas_ = std::make_unique<Child>(
      std::vector<std::string>{program("atlas-simulator"), "--scenario",
                               folder_.file("scenario.yaml"), "--tls-cert",
                               folder_.file("server.pem"), "--tls-key", folder_.file("server.key"),
                               "--max-seconds", std::to_string(lifetime.count())},
      folder_.file("atlas"));
  if (!eventually([&] { return (atlas_port_ = port_after(atlas_->out(), "listening on")) != 0; })) {
    throw std::runtime_error("the fake Atlas does not start: " + atlas_->err());
  }
}

std::string Stage::credentials(const DaemonSettings& settings) const {
  if (!settings.credentials.empty()) return settings.credentials;
  const bool digest = login_ == Login::Digest;
  const std::string file = secret_file(
      "secret", settings.secret.value_or(std::string(digest ? kPrivateKey : kClientSecret)));
  if (digest) {
    return fmt::format("  - name: main\n    api_key: {{public_key: e2epubl, private_key_file: {}}}",
                       file);
  }
  return fmt::format(
      "  - name: main\n    service_account: {{client_id: mdb_sa_id_0123456789abcdef01234567, "
      "client_secret_file: {}}}",
      file);
}

std::string Stage::secret_file(const std::string& name, const std::string& secret) const {
  write_file(folder_.file(name), secret + "\n");
  chmod(folder_.file(name).c_str(), 0600);
  return folder_.file(name);
}

void Stage::start_daemon(const DaemonSettings& settings) {
  launch_daemon(settings);
  if (settings.unread_log) return;
  if (!eventually([&] { return daemon_serves() || !daemon_->running(); }) || !daemon_serves()) {
    throw std::runtime_error("the daemon does not start: " + daemon_->err());
  }
}

bool Stage::daemon_serves() {
  if (daemon_serves_) return true;
  const int port = port_after(daemon_->err().substr(daemon_log_before_), "msg=serving");
  if (port != 0) daemon_port_ = port;
  return daemon_serves_ = port != 0;
}

void Stage::configure(const DaemonSettings& settings) {
  config_file_ = folder_.file("restorewatch.yaml");
  write_file(config_file_,
             fmt::format("atlas: {{base_url: 'https://{}:{}', ca_file: {}, request_timeout: {}}}\n"
                         "credentials:\n{}\n"
                         "{}\n"
                         "poll: {}\n"
                         "storage: {{path: {}}}\n"
                         "web: {{listen_address: '127.0.0.1:{}', enable_lifecycle: {}}}\n{}",
                         settings.host, atlas_port_, folder_.file("ca.pem"),
                         settings.request_timeout, credentials(settings),
                         settings.projects.empty() ? "" : "projects:\n" + settings.projects,
                         settings.poll, folder_.file(settings.store), configured_port_,
                         settings.lifecycle, settings.more));
}

void Stage::launch_daemon(const DaemonSettings& settings) {
  configured_port_ = daemon_port_;
  configure(settings);
  daemon_.reset();
  std::vector<std::string> arguments{program("restorewatch"), "--config.file=" + config_file_};
  arguments.insert(arguments.end(), settings.arguments.begin(), settings.arguments.end());
  daemon_serves_ = false;
  daemon_log_before_ = Child({"/bin/true"}, folder_.file("daemon")).err().size();
  if (settings.unread_log) {
    // The port cannot be read from the log then.
    daemon_port_ = free_port();
    arguments.push_back(fmt::format("--web.listen-address=127.0.0.1:{}", daemon_port_));
    const std::string pipe = folder_.file("unread");
    mkfifo(pipe.c_str(), 0600);
    const int fd = open(pipe.c_str(), O_RDWR | O_NONBLOCK);
    unread_pipe_ = closing(fd);
    const std::string filling(4096, 'x');
    while (write(fd, filling.data(), filling.size()) > 0) {
    }
    std::string command = "exec \"$@\" 2>" + pipe;
    arguments.insert(arguments.begin(), {"/bin/sh", "-c", command, "sh"});
    daemon_ = std::make_unique<Child>(std::move(arguments), folder_.file("daemon"));
    return;
  }
  if (!settings.prelude.empty()) {
    arguments.insert(arguments.begin(),
                     {"/bin/sh", "-c", settings.prelude + "; exec \"$@\"", "sh"});
  }
  daemon_ = std::make_unique<Child>(std::move(arguments), folder_.file("daemon"));
}

std::shared_ptr<void> Stage::connect_and_send(const std::string& text) const {
  const int fd = socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<std::uint16_t>(daemon_port_));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  auto connection = closing(fd);
  if (connect(fd, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0 ||
      write(fd, text.data(), text.size()) != static_cast<ssize_t>(text.size())) {
    throw std::runtime_error("the daemon cannot be reached");
  }
  return connection;
}

std::string Stage::prometheus_program(const std::string& name) {
  // NOLINTNEXTLINE(concurrency-mt-unsafe): nothing here changes the environment
  const char* const given = std::getenv("RW_PROMETHEUS_DIR");
  const std::string unpacked = RW_SOURCE_DIR "/build/tools/prometheus/usr/bin";
  return (given != nullptr ? given : unpacked) + "/" + name;
}

void Stage::start_prometheus() {
  prometheus_port_ = free_port();
  write_file(folder_.file("prometheus.yaml"),
             fmt::format("global: {{scrape_interval: 1s}}\n"
                         "scrape_configs:\n"
                         "  - job_name: restorewatch\n"
                         "    static_configs: [{{targets: ['127.0.0.1:{}']}}]\n",
                         daemon_port_));
  prometheus_ = std::make_unique<Child>(
      std::vector<std::string>{prometheus_program("prometheus"),
                               "--config.file=" + folder_.file("prometheus.yaml"),
                               "--storage.tsdb.path=" + folder_.file("tsdb"),
                               fmt::format("--web.listen-address=127.0.0.1:{}", prometheus_port_)},
      folder_.file("prometheus"));
  const bool up = eventually([&] { return query("up") == SeriesMap{{"", 1}}; });
  if (!up) throw std::runtime_error("Prometheus does not scrape: " + prometheus_->err());
}

std::unique_ptr<Child> Stage::run(std::vector<std::string> arguments) {
  arguments.insert(arguments.begin(), program("restorewatch"));
  arguments.push_back("--config.file=" + config_file_);
  return std::make_unique<Child>(std::move(arguments), folder_.file("command"));
}

std::string Stage::control(const std::string& method, const std::string& path,
                           const std::string& body) {
  httplib::SSLClient client("127.0.0.1", atlas_port_);
  client.set_ca_cert_path(folder_.file("ca.pem"));
  client.set_read_timeout(20);
  const auto answer = method == "GET"      ? client.Get(path)
                      : method == "DELETE" ? client.Delete(path)
                                           : client.Post(path, body, "application/yaml");
  if (!answer || answer->status != 200) {
    throw std::runtime_error(
        fmt::format("{} {}: {}", method, path, answer ? answer->body : to_string(answer.error())));
  }
  return answer->body;
}

std::optional<std::string> Stage::get(const std::string& path, const std::string& accept) const {
  httplib::Client client("127.0.0.1", daemon_port_);
  httplib::Headers headers;
  if (!accept.empty()) headers.emplace("Accept", accept);
  const auto answer = client.Get(path, headers);
  if (!answer || answer->status != 200) return std::nullopt;
  return answer->body;
}

std::pair<int, std::string> Stage::post(const std::string& path) const {
  httplib::Client client("127.0.0.1", daemon_port_);
  const auto answer = client.Post(path);
  if (!answer) throw std::runtime_error("the daemon does not answer: " + to_string(answer.error()));
  return {answer->status, answer->body};
}

SeriesMap Stage::metric(const std::string& name) const {
  SeriesMap series;
  std::istringstream page(get("/metrics").value_or(""));
  for (std::string line; std::getline(page, line);) {
    const auto end = line.find_first_of("{ ");
    if (line.starts_with('#') || line.substr(0, end) != name) continue;
    const auto close = line.rfind('}');
    const std::string labels =
        line[end] == '{' ? sorted_labels(std::string_view(line).substr(end + 1, close - end - 1))
                         : "";
    series[labels] = std::stod(line.substr(line.rfind(' ') + 1));
  }
  return series;
}

bool Stage::shows(const std::string& name, const std::vector<std::string>& parts,
                  double value) const {
  for (const auto& [labels, shown] : metric(name)) {
    bool matches = shown == value;
    for (const std::string& part : parts) matches &= labels.find(part) != std::string::npos;
    if (matches) return true;
  }
  return false;
}

SeriesMap Stage::query(const std::string& expression) const {
  httplib::Client client("127.0.0.1", prometheus_port_);
  const auto answer = client.Get("/api/v1/query", {{"query", expression}}, httplib::Headers());
  SeriesMap series;
  if (!answer || answer->status != 200) return series;
  simdjson::dom::parser parser;
  const auto document = parser.parse(answer->body);
  for (const auto& sample : document["data"]["result"].get_array()) {
    series[labels_of(sample["metric"].get_object())] =
        std::stod(std::string(sample["value"].at(1).get_string().value()));
  }
  return series;
}

std::vector<std::string> Stage::event_log() const {
  std::vector<std::string> lines;
  std::istringstream log(daemon_->out());
  for (std::string line; std::getline(log, line);) lines.push_back(line);
  return lines;
}

std::vector<std::string> Stage::events() const {
  std::vector<std::string> lines = event_log();
  std::erase_if(lines, [](const std::string& line) {
    return line.find("event=restore_transition") == std::string::npos;
  });
  return lines;
}

std::string Stage::all_outputs() const {
  std::string all;
  for (const char* const name :
       {"daemon.out", "daemon.err", "command.out", "command.err", "store.db", "store.db-wal"}) {
    std::ifstream file(folder_.file(name));
    std::ostringstream text;
    text << file.rdbuf();
    all += text.str();
  }
  for (const char* const path : {"/", "/metrics", "/-/ready", "/-/healthy"}) {
    all += get(path).value_or("");
  }
  return all;
}

}  // namespace restorewatch
