#pragma once
// What the tests of organizations share: people, an organization, and who acts.

#include "flows/flow_test.hpp"
#include "flows/organization/domain.hpp"
#include "flows/organization/enrollment.hpp"
#include "flows/organization/invitation.hpp"
#include "flows/organization/membership.hpp"
#include "flows/organization/organization.hpp"
#include "flows/organization/roles.hpp"
#include "flows/organization/settings.hpp"

namespace clerk::instance {

class OrganizationFlow : public FlowTest {
 protected:
  explicit OrganizationFlow(const std::function<void(Settings&)>& change = nullptr)
      : FlowTest(change), ada(createUser("ada@example.com")), grace(createUser("grace@example.com")) {
    acme = *run([&] { return createOrganization(*core, asAda(), {.name = "Acme Inc"}); });
  }

  OrganizationActor asAda() const { return OrganizationActor::member(ada.id); }
  OrganizationActor asGrace() const { return OrganizationActor::member(grace.id); }
  static OrganizationActor backend() { return OrganizationActor::backend(); }

  Outcome<Member> addGrace(const std::string& role = "org:member") {
    return run([&] { return addMember(*core, asAda(), acme.id, {.userId = grace.id, .roleKey = role}); });
  }
  Outcome<std::vector<OrganizationInvitation>> invite(const std::string& email) {
    return run([&] {
      return inviteToOrganization(*core, asAda(), acme.id, {{.emailAddress = email, .roleKey = "org:member"}});
    });
  }
  Outcome<ShownOrganizationSettings> set(OrganizationSettingsChanges changes) {
    return run([&] { return updateOrganizationSettings(*core, changes); });
  }
  Organization reloadAcme() {
    return *run([&] { return getOrganization(*core, backend(), acme.id); });
  }

  User ada;
  User grace;
  Organization acme;
};

}  // namespace clerk::instance
