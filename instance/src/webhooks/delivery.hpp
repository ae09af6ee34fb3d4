#pragma once
// Bringing events to their endpoints, again and again until they are taken.

#include "flows/core.hpp"

#include <async/task.hpp>

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>

namespace clerk::instance::webhooks {

/// How long to wait after the attempt of this number (1, 2, …) failed; absent: no more attempts. Svix's schedule.
std::optional<std::chrono::seconds> waitAfter(std::int64_t attempt) noexcept;

/// Takes one due delivery that nobody else has and makes one attempt: an answer of 2xx within 15 s is success, at most
/// 64 KiB of it are read, redirects are not followed. False when nothing was due. Any number of processes may call it
/// over one database.
async::Task<bool> deliverNext(Core& core);

/// Delivers on threads of its own as long as it lives.
class Courier {
 public:
  /// `core` must outlive it.
  explicit Courier(Core& core);
  ~Courier();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace clerk::instance::webhooks
