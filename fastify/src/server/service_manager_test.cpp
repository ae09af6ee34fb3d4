#include "service_manager.hpp"

#include "server_test_app.hpp"

#include <async/event_loop.hpp>

#include <gtest/gtest.h>

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>
#include <csignal>
#include <cstdlib>

#include <filesystem>
#include <fstream>
#include <string>
#include <thread>

namespace fastify::server {
namespace {

/// A folder of its own for socket files, whose paths must be short.
class Folder {
 public:
  Folder() {
    char name[] = "/tmp/fastifyXXXXXX";
    path_ = ::mkdtemp(name);
  }
  ~Folder() { std::filesystem::remove_all(path_); }
  std::string file(const std::string& name) const { return path_ + "/" + name; }

 private:
  std::string path_;
};

sockaddr_un addressOf(const std::string& path) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  path.copy(address.sun_path, sizeof address.sun_path - 1);
  return address;
}

int boundSocket(const std::string& path, int type) {
  const int fd = ::socket(AF_UNIX, type | SOCK_CLOEXEC, 0);
  const auto address = addressOf(path);
  EXPECT_EQ(::bind(fd, reinterpret_cast<const sockaddr*>(&address), sizeof address), 0);
  return fd;
}

TEST(UnixSocket, is_listened_on_and_removed) {
  const Folder folder;
  const auto path = folder.file("app.sock");
  ::close(boundSocket(path, SOCK_STREAM));  // what a killed server leaves
  {
    TestApp test({.trustProxy = true, .threads = 2});
    test.app.get("/who", [](Request& request) {
      return JsonObject{{"ip", request.ip()}, {"remote", request.remoteAddress()}, {"protocol", request.protocol()}};
    });
    EXPECT_EQ(test.app.listen({.path = path}), path);
    EXPECT_EQ(test.app.addresses().front().family, "unix");
    auto client = RawClient::unixSocket(path);
    client.send(request("/who", "X-Forwarded-For: 203.0.113.9\r\nX-Forwarded-Proto: https\r\n"));
    EXPECT_EQ(client.readAnswer().body, R"({"ip":"203.0.113.9","remote":"","protocol":"https"})");
    TestApp second;
    try {
      second.app.listen({.path = path});
      FAIL() << "listens twice";
    } catch (const FastifyError& error) {
      EXPECT_EQ(error.message, "listen EADDRINUSE: address already in use " + path);
    }
    test.app.close();
    EXPECT_FALSE(std::filesystem::exists(path));
  }
}

TEST(UnixSocket, a_file_that_is_another_servers_by_now_stays) {
  const Folder folder;
  const auto path = folder.file("app.sock");
  TestApp test;
  test.app.listen({.path = path});
  std::filesystem::remove(path);
  const int other = boundSocket(path, SOCK_STREAM);
  test.app.close();
  EXPECT_TRUE(std::filesystem::exists(path));
  ::close(other);
}

/// Runs the app in a child, as a service manager would: with a listening socket at descriptor 3 and an address to
/// report to. Signals are for the child alone.
class Service {
 public:
  explicit Service(const Folder& folder, FastifyOptions options = {})
      : path_(folder.file("activated.sock")), reports_(boundSocket(folder.file("notify"), SOCK_DGRAM)) {
    const auto notify = folder.file("notify");
    const int listening = boundSocket(path_, SOCK_STREAM);
    ::listen(listening, 10);
    pid_ = ::fork();
    if (pid_ == 0) {
      std::signal(SIGINT, SIG_DFL);  // a shell lets its background jobs ignore it
      ::dup2(listening, 3);
      if (listening != 3) ::close(listening);
      ::setenv("LISTEN_FDS", "1", 1);
      ::setenv("LISTEN_PID", std::to_string(::getpid()).c_str(), 1);
      ::setenv("NOTIFY_SOCKET", notify.c_str(), 1);
      Fastify app(std::move(options));
      app.get("/str", [] { return "hello"; });
      app.get("/never", [](Request&, Reply&) { notifyServiceManager("CALLED"); });
      app.get("/slow", [go = folder.file("go")]() -> Task<std::string> {
        notifyServiceManager("CALLED");
        while (!std::filesystem::exists(go)) co_await async::sleep(std::chrono::milliseconds(5));
        co_return "done";
      });
      std::_Exit(app.run({.port = 1}));  // the port is not asked for
    }
    ::close(listening);
  }
  ~Service() {
    ::kill(pid_, SIGKILL);
    ::waitpid(pid_, nullptr, 0);
    ::close(reports_);
  }

  std::string report() {
    pollfd entry{reports_, POLLIN, 0};
    if (::poll(&entry, 1, 20000) != 1) return "(none)";
    char text[200];
    const auto size = ::recv(reports_, text, sizeof text, 0);
    return {text, static_cast<std::size_t>(size)};
  }
  RawClient connect() const { return RawClient::unixSocket(path_); }
  void signal(int number) { ::kill(pid_, number); }
  void waitUntilNobodyIsLetIn() {
    try {
      while (true) connect();
    } catch (const std::system_error& refused) {
      EXPECT_EQ(refused.code().value(), ECONNREFUSED);
    }
  }
  int wait() {
    int status = 0;
    ::waitpid(pid_, &status, 0);
    return status;
  }

 private:
  std::string path_;
  int reports_;
  pid_t pid_;
};

// Field case G4: what is in flight when SIGTERM comes is answered and says close; the process ends well before its
// deadline.
TEST(Service, takes_the_socket_it_is_given_tells_its_state_and_ends_in_order) {
  const Folder folder;
  Service service(folder, {.closeGraceDelay = std::chrono::hours(1)});
  EXPECT_EQ(service.report(), "READY=1");
  auto client = service.connect();
  client.send(request("/str"));
  EXPECT_EQ(client.readAnswer().header("Connection"), "keep-alive");
  client.send(request("/slow"));
  EXPECT_EQ(service.report(), "CALLED");
  service.signal(SIGTERM);
  EXPECT_EQ(service.report(), "STOPPING=1");
  service.waitUntilNobodyIsLetIn();
  std::ofstream(folder.file("go")).put('!');
  const auto answer = client.readAnswer();
  EXPECT_EQ(answer.body, "done");
  EXPECT_EQ(answer.header("Connection"), "close");
  EXPECT_EQ(service.wait(), 0);
}

TEST(Service, a_second_signal_ends_it_at_once) {
  const Folder folder;
  Service service(folder);
  EXPECT_EQ(service.report(), "READY=1");
  auto client = service.connect();
  client.send(request("/never"));
  EXPECT_EQ(service.report(), "CALLED");
  service.signal(SIGINT);
  EXPECT_EQ(service.report(), "STOPPING=1");
  service.signal(SIGINT);
  const auto status = service.wait();
  EXPECT_TRUE(WIFSIGNALED(status) && WTERMSIG(status) == SIGINT) << status;
}

TEST(Service, ends_at_its_deadline_when_nobody_answers) {
  const Folder folder;
  Service service(folder, {.closeGraceDelay = std::chrono::milliseconds(50)});
  EXPECT_EQ(service.report(), "READY=1");
  auto client = service.connect();
  client.send(request("/never"));
  EXPECT_EQ(service.report(), "CALLED");
  service.signal(SIGTERM);
  EXPECT_EQ(service.wait(), 0);
  EXPECT_EQ(client.readToEnd(), "");
}

}  // namespace
}  // namespace fastify::server
