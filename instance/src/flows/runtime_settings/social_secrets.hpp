#pragma once
// Secrets of providers inside the record of settings: sealed where they are kept.

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/string.hpp>

#include <functional>
#include <string_view>

namespace clerk::instance {

/// What sealText() and unsealText() are told.
inline constexpr std::string_view socialSecretPlace = "client secret of a provider";

/// Gives each `client_secret` of the member `social` to `change`, which gives what is to stand there instead.
inline void changeSocialSecrets(boost::json::object& signIn,
                                const std::function<std::string(std::string_view secret)>& change) {
  auto* social = signIn.if_contains("social");
  if (!social || !social->is_array()) return;
  for (auto& provider : social->get_array()) {
    auto* secret = provider.is_object() ? provider.get_object().if_contains("client_secret") : nullptr;
    if (secret && secret->is_string()) *secret = change(secret->get_string());
  }
}

}  // namespace clerk::instance
