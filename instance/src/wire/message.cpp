#include "wire/message.hpp"

namespace clerk::instance::wire {

JsonObject message(const Message& message) {
  return {{"object", "message"},
          {"id", message.id},
          {"channel", nameOf(message.channel)},
          {"status", nameOf(message.status)},
          {"slug", message.slug},
          {"to", message.to},
          {"subject", message.subject},
          {"body", message.body},
          {"code", message.code},
          {"user_id", textOrNull(message.userId)},
          {"created_at", toMilliseconds(message.createdAt)}};
}

}  // namespace clerk::instance::wire
