#pragma once
// The Backend API of the instance whose database this is, inside this process: commands follow its rules and need no
// server. Beside servers that run it is one more of them.

#include "database.hpp"

#include <clerk/instance.hpp>
#include <fastify/instance.hpp>
#include <fastify/json.hpp>

#include <memory>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace clerkd {

/// What the Backend API refused, in one line.
class BackendError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

class Backend {
 public:
  using Query = std::vector<std::pair<std::string, std::string>>;

  /// Throws std::runtime_error when the database is not there, or not up to date.
  explicit Backend(const DatabaseOptions& options);

  /// `path` begins behind `/v1`. All throw BackendError for what is refused.
  fastify::Json get(const std::string& path, const Query& query = {});
  fastify::Json post(const std::string& path, const fastify::Json& body = fastify::JsonObject());
  fastify::Json erase(const std::string& path);

  /// The user whom an id, an address, a phone number or a username means.
  fastify::Json findUser(const std::string& who);

  const clerk::InstancePlugin& instance() const noexcept { return instance_; }

 private:
  fastify::Json ask(const std::string& method, const std::string& path, const Query& query,
                    const fastify::Json* body = nullptr);

  clerk::InstancePlugin instance_;
  std::unique_ptr<fastify::Fastify> app_;
};

/// A member as text; empty when it is null, missing or no text.
std::string textOf(const fastify::Json& object, std::string_view member);
/// Milliseconds as `2026-01-31 13:45` (UTC); empty for null.
std::string timeOf(const fastify::Json& object, std::string_view member);
bool truthOf(const fastify::Json& object, std::string_view member);

int failWith(const std::exception& error);

/// Opens the backend for `work`, which gives the exit code; says what is wrong when it cannot be opened, or refuses.
template <class Work>
int withBackend(const DatabaseOptions& options, Work work) {
  try {
    Backend backend(options);
    return work(backend);
  } catch (const std::exception& error) {
    return failWith(error);
  }
}

}  // namespace clerkd
