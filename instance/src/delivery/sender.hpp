#pragma once
// A way to get messages to people.

#include "model/message.hpp"

#include <stdexcept>
#include <string>

namespace clerk::instance {

/// A message did not get through.
class DeliveryError : public std::runtime_error {
 public:
  DeliveryError(const std::string& what, bool permanent) : std::runtime_error(what), permanent_(permanent) {}
  /// True when another attempt would fail in the same way: the other side refused the message itself.
  bool isPermanent() const noexcept { return permanent_; }

 private:
  bool permanent_;
};

/// Used by one thread at a time.
class Sender {
 public:
  virtual ~Sender() = default;
  virtual bool takes(MessageChannel channel) const = 0;
  /// Blocks until the other side has taken the message, for half a minute at most. Throws DeliveryError, whose text
  /// holds nothing of the message.
  virtual void send(const Message& message) = 0;
};

}  // namespace clerk::instance
