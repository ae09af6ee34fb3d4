#include "model/message.hpp"

#include "model/names.hpp"

namespace clerk::instance {
namespace {
constexpr NameTable<MessageChannel, 2> channels{{{MessageChannel::Email, "email"}, {MessageChannel::Sms, "sms"}}};
constexpr NameTable<MessageStatus, 3> statuses{{
    {MessageStatus::Queued, "queued"},
    {MessageStatus::Delivered, "delivered"},
    {MessageStatus::Failed, "failed"},
}};
}  // namespace

std::string_view nameOf(MessageChannel channel) noexcept { return nameIn(channels, channel); }
std::optional<MessageChannel> messageChannelOf(std::string_view name) noexcept { return valueIn(channels, name); }
std::string_view nameOf(MessageStatus status) noexcept { return nameIn(statuses, status); }
std::optional<MessageStatus> messageStatusOf(std::string_view name) noexcept { return valueIn(statuses, name); }

}  // namespace clerk::instance
