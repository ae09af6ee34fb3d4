#pragma once
// A request's body as a stream.

#include "transport.hpp"

#include <fastify/payload.hpp>

#include <async/deferred.hpp>

#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace fastify {

/// Holds back the sender when its reader is slow. May outlive the request: it fails then.
class IncomingBody final : public Readable {
 public:
  explicit IncomingBody(Transport& transport) noexcept : transport_(&transport) {}

  Task<std::optional<std::string>> read() override;

  void add(std::string_view data);
  void end();
  void fail();
  /// The request is over.
  void detach() noexcept {
    fail();
    transport_ = nullptr;
  }

 private:
  void wake();

  Transport* transport_;
  std::string waiting_;
  bool started_ = false;
  bool paused_ = false;
  bool ended_ = false;
  bool failed_ = false;
  std::optional<async::Deferred<>> arrived_;
};

}  // namespace fastify
