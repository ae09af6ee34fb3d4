#pragma once
// How organizations and their parts are named: which texts are taken, and in what form.

#include "model/outcome.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace clerk::instance {

/// Errors: `form_param_nil`, `form_param_max_length_exceeded`, `form_param_value_invalid` (URLs, HTML).
Outcome<std::string> normalOrganizationName(std::string_view text);

/// Lower case letters, digits and dashes. Errors: `form_param_format_invalid`, `form_param_max_length_exceeded`.
Outcome<std::string> normalSlug(std::string_view text);

/// A slug of the name's letters and digits; `organization` when there are none.
std::string slugOf(std::string_view name);

/// A domain name in lower case. Errors: `form_param_format_invalid`.
Outcome<std::string> normalDomainName(std::string_view text, std::string_view param);

/// The part of an address after the `@`.
std::string_view domainOf(std::string_view emailAddress) noexcept;

/// Where everybody can have an address: no organization's domain.
bool isCommonMailDomain(std::string_view domain) noexcept;

/// The key of a role (`org:name`), of a permission (`org:feature:action`) or of a role set (`role_set:name`).
enum class KeyKind { Role, Permission, RoleSet };
/// Errors: `form_param_format_invalid`.
Outcome<std::string> checkKey(KeyKind kind, std::string_view key, std::string_view param);

/// A name that people gave a role or permission. Errors: as normalName(), and `form_param_nil`.
Outcome<std::string> requiredName(std::string_view text, std::string_view param);

}  // namespace clerk::instance
