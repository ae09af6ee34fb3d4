#include "flows/jwt_template/template_context.hpp"

#include <boost/json/array.hpp>

namespace clerk::instance {
namespace {

using Json = boost::json::value;

/// Enough for a token, which must fit into a header.
constexpr std::int64_t organizationsTold = 100;

Json orNull(const std::optional<std::string>& text) { return text ? Json(*text) : Json(); }
Json textOrNull(std::string_view text) { return text.empty() ? Json() : Json(text); }

Json fullName(const User& user) {
  std::string name = user.firstName.value_or("");
  if (!name.empty() && user.lastName) name += ' ';
  name += user.lastName.value_or("");
  return textOrNull(name);
}

boost::json::object userContext(const User& user) {
  const auto* email = user.primaryEmailAddress();
  return {{"id", user.id},
          {"external_id", orNull(user.externalId)},
          {"username", orNull(user.username)},
          {"first_name", orNull(user.firstName)},
          {"last_name", orNull(user.lastName)},
          {"full_name", fullName(user)},
          {"image_url", textOrNull(user.imageUrl)},
          {"has_image", !user.imageUrl.empty()},
          {"primary_email_address", email ? Json(email->emailAddress) : Json()},
          {"email_verified", email && email->verified()},
          {"two_factor_enabled", user.mfaEnabledAt.has_value()},
          {"created_at", toSeconds(user.createdAt)},
          {"updated_at", toSeconds(user.updatedAt)},
          {"last_sign_in_at", user.lastSignInAt ? Json(toSeconds(*user.lastSignInAt)) : Json()},
          {"public_metadata", user.publicMetadata},
          {"unsafe_metadata", user.unsafeMetadata}};
}

boost::json::object organizationContext(const Membership& membership) {
  const auto& organization = membership.organization;
  return {{"id", organization.id},
          {"name", organization.name},
          {"slug", organization.slug},
          {"image_url", textOrNull(organization.imageUrl)},
          {"has_image", !organization.imageUrl.empty()},
          {"role", membership.roleKey},
          {"public_metadata", organization.publicMetadata}};
}

}  // namespace

boost::json::object templateContext(const Transaction& tx, const Session& session, Time now) {
  boost::json::object context;
  context["session"] = {{"id", session.id}, {"actor", session.actor ? Json(*session.actor) : Json()}};
  auto& user = context["user"].emplace_object();
  if (const auto found = tx.users().find(session.userId)) user = userContext(*found);
  boost::json::object organizations;
  for (const auto& membership : tx.memberships().ofUser(session.userId, organizationsTold, now)) {
    organizations[membership.organization.id] = membership.roleKey;
  }
  user["organizations"] = std::move(organizations);
  if (!session.lastActiveOrganizationId) return context;
  if (const auto membership = tx.memberships().find(*session.lastActiveOrganizationId, session.userId, now)) {
    context["org"] = organizationContext(*membership);
    context["org_membership"] = {{"public_metadata", membership->publicMetadata}};
  }
  return context;
}

}  // namespace clerk::instance
