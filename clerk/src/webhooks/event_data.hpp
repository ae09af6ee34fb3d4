#pragma once
// The data of an event as a struct.

#include "api/classes.hpp"
#include "api/generated/described_resources.hpp"
#include "api/resources.hpp"

#include <clerk/webhooks.hpp>

#include <algorithm>
#include <exception>
#include <optional>
#include <string>
#include <string_view>

namespace clerk::webhooks {

template <class T>
std::optional<T> dataOf(const WebhookEvent& event, std::string_view className) {
  const auto kinds = api::webhookKinds();
  const auto kind = std::find_if(kinds.begin(), kinds.end(), [&](const auto& row) { return row.type == event.type; });
  if (kind == kinds.end() || kind->className != className) return {};
  if constexpr (std::is_base_of_v<WireResource, T>) {
    return api::fromJson<T>(event.data);
  } else {
    try {
      return api::fromJson<T>(api::resourceOf(className, event.data));
    } catch (const std::runtime_error& error) {
      throw Error("The data of the event " + event.type + " is not as it should be: " + error.what() + ".");
    }
  }
}

}  // namespace clerk::webhooks
