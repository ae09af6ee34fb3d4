#include "findings.hpp"

#include "listen_address.hpp"
#include "server.hpp"

#include <clerk/instance.hpp>
#include <clerk/maintenance.hpp>

#include <arpa/inet.h>
#include <netdb.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/timex.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <system_error>

namespace clerkd {
namespace {

namespace fs = std::filesystem;
using Kind = Finding::Kind;

class Examination {
 public:
  explicit Examination(const ServeOptions& options) : options_(options) {}

  std::vector<Finding> run() {
    lookAtConfiguration();
    lookAtFiles();
    lookAtDatabase();
    lookAtClock();
    lookAtMail();
    lookAtPorts();
    lookAtPages();
    return std::move(findings_);
  }

 private:
  void good(std::string subject, std::string text) { add(Kind::Good, std::move(subject), std::move(text)); }
  void warn(std::string subject, std::string text) { add(Kind::Warning, std::move(subject), std::move(text)); }
  void wrong(std::string subject, std::string text) { add(Kind::Problem, std::move(subject), std::move(text)); }
  void add(Kind kind, std::string subject, std::string text) {
    findings_.push_back({kind, std::move(subject), std::move(text)});
  }

  void lookAtConfiguration() {
    const auto problems = problemsOf(options_);
    for (const auto& problem : problems) wrong("configuration", problem);
    if (problems.empty()) good("configuration", "is complete");
    if (options_.database.encryptionKey.empty()) {
      warn("keys", "they lie unsealed in the database; set CLERKD_ENCRYPTION_KEY");
    }
    if (options_.origin.starts_with("https://") && options_.tlsCertificate.empty() && options_.trustedProxies.empty()) {
      warn("proxy",
           "something in front must speak TLS: name it with --trust-proxy, or its clients' addresses are lost");
    }
  }

  /// What holds secrets is nobody else's to read.
  void lookAtFile(const fs::path& file, const std::string& what) {
    struct stat status{};
    if (::stat(file.c_str(), &status) != 0) return;  // configuration and database say so
    if ((status.st_mode & S_IROTH) != 0) {
      wrong("permissions", what + " " + file.string() + " can be read by everybody; chmod o-rwx it");
    } else if (::access(file.c_str(), R_OK) != 0) {
      wrong("permissions", what + " " + file.string() + " cannot be read by this user");
    } else {
      good("permissions", what + " " + file.string() + " is private");
    }
  }

  void lookAtFiles() {
    if (!options_.tlsKey.empty()) lookAtFile(options_.tlsKey, "the TLS key");
    if (options_.database.data.empty()) return;
    const auto folder = options_.database.data;
    std::error_code ignored;
    if (!fs::exists(folder, ignored)) return;
    lookAtFile(folder, "the data folder");
    lookAtFile(clerk::databaseFileOf(instanceOptionsFor(options_.database)), "the database");
    if (::access(folder.c_str(), W_OK) != 0) wrong("permissions", "folder " + folder.string() + " cannot be written");
    const auto space = fs::space(folder, ignored);
    constexpr std::uintmax_t little = 256 * 1024 * 1024;
    if (!ignored && space.available < little) {
      warn("disk", std::to_string(space.available / (1024 * 1024)) + " MiB are left for " + folder.string());
    }
  }

  void lookAtDatabase() {
    if (!problemsOf(options_.database).empty()) return;
    try {
      const auto state = clerk::inspectSchema(instanceOptionsFor(options_.database));
      const auto where = state.engine + " " + state.place;
      if (state.version == 0) {
        warn("database", where + " has no tables yet; clerkd migrate or serve makes them");
      } else if (state.version > state.newest) {
        wrong("database", where + " is of a newer clerkd (schema version " + std::to_string(state.version) + ")");
      } else if (!state.pending.empty()) {
        warn("database", where + " has schema version " + std::to_string(state.version) + " of " +
                             std::to_string(state.newest) + "; clerkd migrate brings it up to date");
      } else {
        good("database", where + " answers and is up to date");
        lookAtKeys();
        lookAtOutbox();
      }
    } catch (const std::exception& error) {
      wrong("database", error.what());
    }
  }

  void lookAtKeys() {
    try {
      const clerk::InstancePlugin instance(managingOptionsFor(options_.database));
      good("keys", "can be read: " + instance.publishableKey().substr(0, 8) + "…");
    } catch (const std::exception& error) {
      wrong("keys", error.what());
    }
  }

  void lookAtOutbox() {
    const auto figures = clerk::operatorFigures(instanceOptionsFor(options_.database));
    const auto text = std::to_string(figures.messagesQueued) + " messages and " +
                      std::to_string(figures.webhooksQueued) + " webhooks wait, " +
                      std::to_string(figures.messagesFailed) + " and " + std::to_string(figures.webhooksFailed) +
                      " were given up";
    figures.messagesFailed + figures.webhooksFailed > 0 ? warn("outbox", text) : good("outbox", text);
  }

  /// Tokens live for a minute: a clock that is wrong makes them expired, or not valid yet.
  void lookAtClock() {
    timex state{};
    const int answer = ::adjtimex(&state);
    if (answer < 0 || answer == TIME_ERROR || (state.status & STA_UNSYNC) != 0) {
      warn("clock", "nothing keeps it right; run an NTP client such as systemd-timesyncd");
    } else {
      good("clock", "is kept right");
    }
  }

  void lookAtMail() {
    if (options_.smtpUrl.empty()) return;
    const auto start = options_.smtpUrl.find("://");
    if (start == std::string::npos) return;
    auto place = options_.smtpUrl.substr(start + 3);
    place = place.substr(place.rfind('@') == std::string::npos ? 0 : place.rfind('@') + 1);
    place = place.substr(0, place.find_first_of("/?"));
    const bool bracketed = place.starts_with('[');
    const auto colon = place.find(':', bracketed ? place.find(']') : 0);
    const auto host = bracketed ? place.substr(1, place.find(']') - 1) : place.substr(0, colon);
    const auto port =
        colon == std::string::npos ? (options_.smtpUrl.starts_with("smtps") ? "465" : "25") : place.substr(colon + 1);
    const auto problem = cannotConnect(host, port);
    problem.empty() ? good("mail", host + ":" + port + " answers") : wrong("mail", host + ":" + port + ": " + problem);
  }

  /// Empty when something listens there.
  static std::string cannotConnect(const std::string& host, const std::string& port) {
    addrinfo hints{};
    hints.ai_socktype = SOCK_STREAM;
    addrinfo* found = nullptr;
    if (const int code = ::getaddrinfo(host.c_str(), port.c_str(), &hints, &found); code != 0) {
      return ::gai_strerror(code);
    }
    const std::unique_ptr<addrinfo, void (*)(addrinfo*)> owned(found, ::freeaddrinfo);
    std::string problem;
    for (const auto* each = found; each; each = each->ai_next) {
      problem = connectProblem(*each);
      if (problem.empty()) break;
    }
    return problem;
  }

  static std::string connectProblem(const addrinfo& address) {
    constexpr int patienceMilliseconds = 5000;
    const int fd = ::socket(address.ai_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (fd < 0) return std::strerror(errno);
    int failed = ::connect(fd, address.ai_addr, address.ai_addrlen) == 0 ? 0 : errno;
    if (failed == EINPROGRESS) {
      pollfd waiting{.fd = fd, .events = POLLOUT, .revents = 0};
      failed = ::poll(&waiting, 1, patienceMilliseconds) == 1 ? 0 : ETIMEDOUT;
      socklen_t size = sizeof failed;
      if (failed == 0) ::getsockopt(fd, SOL_SOCKET, SO_ERROR, &failed, &size);
    }
    ::close(fd);
    return failed == 0 ? std::string() : std::strerror(failed);
  }

  void lookAtPort(const std::string& text, const std::string& option) {
    const auto address = parseListenAddress(text);
    if (!address || !address->path.empty()) return;
    addrinfo hints{};
    hints.ai_socktype = SOCK_STREAM;
    hints.ai_flags = AI_PASSIVE;
    addrinfo* found = nullptr;
    const auto port = std::to_string(address->port);
    if (const int code = ::getaddrinfo(address->host.c_str(), port.c_str(), &hints, &found); code != 0) {
      return wrong("port", option + " " + text + ": " + ::gai_strerror(code));
    }
    const std::unique_ptr<addrinfo, void (*)(addrinfo*)> owned(found, ::freeaddrinfo);
    const int fd = ::socket(found->ai_family, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const int yes = 1;
    ::setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    const int failed = ::bind(fd, found->ai_addr, found->ai_addrlen) == 0 ? 0 : errno;
    ::close(fd);
    if (failed == 0) return good("port", text + " is free");
    // A server that runs has it: that is as it should be.
    if (failed == EADDRINUSE) return warn("port", text + " is in use: by a clerkd that runs, or by another program");
    wrong("port", text + ": " + std::strerror(failed));
  }

  void lookAtPorts() {
    lookAtPort(options_.listen, "--listen");
    if (!options_.metricsListen.empty()) lookAtPort(options_.metricsListen, "--metrics-listen");
  }

  void lookAtPages() {
    const auto packages = options_.portalPackages.empty() ? findPortalPackages() : options_.portalPackages;
    std::error_code ignored;
    if (fs::exists(packages / "@clerk/clerk-js", ignored)) {
      good("pages", "Clerk's components are in " + packages.string());
    } else {
      warn("pages", "there are no Clerk components in " + packages.string() + "; the APIs work, the pages do not");
    }
  }

  const ServeOptions& options_;
  std::vector<Finding> findings_;
};

}  // namespace

std::vector<Finding> findingsOf(const ServeOptions& options) { return Examination(options).run(); }

}  // namespace clerkd
