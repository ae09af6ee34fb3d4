#include "in_process_world.hpp"

#include "crashing_files.hpp"

#include "backend_api/backend_api.hpp"
#include "flows/core.hpp"
#include "frontend_api/frontend_api.hpp"

#include <async/event_loop.hpp>
#include <fastify/fastify.hpp>

#include <atomic>
#include <filesystem>
#include <mutex>
#include <random>

#include <unistd.h>

namespace faults {
namespace {

namespace fs = std::filesystem;
namespace instance = clerk::instance;

/// Begins where the computer's clock is, and goes on by itself a little with each look.
class MovedClock final : public instance::Clock {
 public:
  Time now() const override { return start_ + offset_.load() + std::chrono::milliseconds(++looks_ / 16); }
  void set(std::chrono::milliseconds offset) { offset_ = offset; }

 private:
  Time start_ = instance::fromMilliseconds(1'800'000'000'000);
  std::atomic<std::chrono::milliseconds> offset_{};
  mutable std::atomic<std::int64_t> looks_ = 0;
};

/// Repeatable.
class SeededRandom final : public instance::Random {
 public:
  void fill(std::span<unsigned char> bytes) override {
    const std::lock_guard lock(mutex_);
    for (auto& byte : bytes) byte = static_cast<unsigned char>(engine_());
  }

 private:
  std::mutex mutex_;
  std::mt19937_64 engine_{1};
};

/// The instance, from its store to its app: what a process has.
class Running {
 public:
  Running(const fs::path& folder, const instance::Clock& clock, instance::Random& random)
      : core_(instance::Core::open(options(folder, clock, random))), frontendApi_(*core_, {}) {
    app_.registerPlugin([this](fastify::Fastify& scope) { frontendApi_.addOperations(scope); }, {.prefix = "/v1"});
    app_.registerPlugin([this](fastify::Fastify& scope) { instance::backend_api::addBackendApi(scope, *core_); },
                        {.prefix = "/__bapi/v1"});
  }
  ~Running() { app_.close(); }

  fastify::InjectResponse ask(const Request& request) {
    auto response =
        app_.inject({.method = request.method,
                     .url = request.path,
                     .headers = {request.headers.begin(), request.headers.end()},
                     .payload = request.body.empty() ? fastify::Payload() : fastify::Payload(request.body)});
    // What is written later is part of what the request does: the count of writes must not depend on who is faster.
    try {
      core_->store().writeNow([](instance::Transaction&) {});
    } catch (const instance::StoreError&) {
      // The blow fell.
    }
    return response;
  }
  instance::Core& core() noexcept { return *core_; }

 private:
  static instance::CoreOptions options(const fs::path& folder, const instance::Clock& clock, instance::Random& random) {
    instance::CoreOptions options{.dataFolder = folder, .clock = &clock, .random = &random};
    options.settings.environment = instance::Environment::Production;
    options.settings.frontendApiHost = "clerk.localhost.test";
    options.settings.portalUrl = "http://localhost:4000";
    options.settings.testMode = true;
    options.settings.singleSessionMode = false;
    options.settings.passwords.bcryptCost = 4;
    options.hashingThreads = options.signingThreads = 1;
    return options;
  }

  std::unique_ptr<instance::Core> core_;
  instance::frontend_api::FrontendApi frontendApi_;
  fastify::Fastify app_;
};

/// In memory where there is such a place; gone with the object.
struct Folder {
  Folder() {
    const fs::path memory = "/dev/shm";
    std::string pattern = ((fs::exists(memory) ? memory : fs::temp_directory_path()) / "clerk-faults-XXXXXX").string();
    path = ::mkdtemp(pattern.data());
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  ~Folder() {
    std::error_code ignored;
    fs::remove_all(path, ignored);
  }
  fs::path path;
};

/// A database with its keys and nobody in it: to make keys takes longer than a history.
struct Template {
  Template() {
    crashing_files::install();
    const MovedClock clock;
    SeededRandom random;
    const Running running(folder.path / "data", clock, random);
  }
  Folder folder;
};

class InProcessWorld final : public World {
 public:
  InProcessWorld() {
    static const Template fresh;
    fs::copy(fresh.folder.path / "data", folder_.path / "data", fs::copy_options::recursive);
    start();
    secretKey_ = running_->core().secretKey();
  }

  std::size_t servers() const override { return 1; }
  bool settlesAtOnce() const override { return true; }
  const std::string& secretKey() const override { return secretKey_; }

  Result send(std::size_t, const Request& request, Injury injury) override {
    if (injury.blow == Blow::Kill) crashing_files::crashAt(injury.measure);
    auto response = running_->ask(request);
    Result result;
    result.struck = crashing_files::crashed();
    if (result.struck) {
      // A killed server answers nothing; but it may have answered just before the rest was to be written.
      if (response.statusCode < 500) result.answer = answerOf(response);
      restart();
    } else {
      crashing_files::heal();
      result.answer = answerOf(response);
    }
    return result;
  }

  std::string codeFor(const std::string&) override { return "424242"; }

  void kill(std::size_t) override {
    crashing_files::crashAt(0);
    running_->core().store().writeLater([](instance::Transaction& tx) { tx.users().unlock("nobody"); });
    restart();
  }
  void endBackends() override {}
  void restartDatabase() override {}
  void tidy(std::size_t) override {
    async::blockOn([&] { return running_->core().tidy(); });
  }
  void setClock(std::size_t, std::chrono::milliseconds offset) override { clock_.set(offset); }
  Time now(std::size_t) const override { return clock_.now(); }

 private:
  static Answer answerOf(const fastify::InjectResponse& response) {
    Answer answer{.status = response.statusCode, .body = response.body};
    for (const auto& [name, value] : response.headers) {
      if (name == "set-cookie") answer.setCookies.push_back(value);
    }
    return answer;
  }
  void start() { running_ = std::make_unique<Running>(folder_.path / "data", clock_, random_); }
  void restart() {
    crashing_files::crashAt(0);
    running_.reset();
    crashing_files::heal();
    start();
  }

  Folder folder_;
  MovedClock clock_;
  SeededRandom random_;
  std::unique_ptr<Running> running_;
  std::string secretKey_;
};

}  // namespace

std::unique_ptr<World> makeInProcessWorld() { return std::make_unique<InProcessWorld>(); }

}  // namespace faults
