// Enterprise connections by SAML: a whole sign-in without a browser, and what is not taken for one.

#include "plugin/enterprise_test.hpp"
#include "testing/identity_provider.hpp"

#include <crypto/base64.hpp>

#include <gmock/gmock.h>

#include <chrono>

namespace clerk {
namespace {

using instance::ReceivedRequest;
using instance::receiveRequest;
using instance::SamlAnswer;
using instance::SigningKey;
using testing::HasSubstr;
using testing::StartsWith;

class EnterpriseSaml : public Enterprise {
 protected:
  static const SigningKey& key() {
    static const auto made = SigningKey::rsa();
    return made;
  }
  static std::string escaped(std::string_view text) {
    std::string safe;
    for (const char c : text) safe += c == '+' ? "%2B" : c == '/' ? "%2F" : c == '=' ? "%3D" : std::string(1, c);
    return safe;
  }

  /// A connection whose provider is the test; gives its `samlc_…` id.
  static std::string connectSaml(const std::string& domain, boost::json::object saml = {}, bool active = true) {
    saml["idp_entity_id"] = "https://idp.example";
    saml["idp_sso_url"] = "https://idp.example/sso";
    saml["idp_certificate"] = key().certificate;
    const auto made = ok(backend("POST", "/enterprise_connections",
                                 boost::json::serialize(boost::json::object{{"name", "Acme"},
                                                                            {"provider", "saml_custom"},
                                                                            {"domains", boost::json::array{domain}},
                                                                            {"active", active},
                                                                            {"saml", std::move(saml)}})));
    return text(made.at("saml_connection"), "id");
  }
  static std::string connectionOf(const std::string& samlId) { return "entconn" + samlId.substr(samlId.find('_')); }

  static SamlAnswer answerTo(const std::string& samlId, const std::string& email) {
    static int number = 0;
    const auto now = std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
    return {.consumerUrl = instance_->origin() + "/v1/saml/acs/" + samlId,
            .audience = instance_->origin() + "/saml/" + samlId,
            .now = now,
            .assertionId = "_assertion" + std::to_string(++number),
            .nameId = "id-of-" + email,
            .attributes = {{"mail", email}, {"givenName", "Ada"}, {"surname", "Lovelace"}}};
  }
  static std::string signedForm(const SamlAnswer& answer, const std::string& relayState) {
    const auto xml = signElement(samlResponse(answer), answer.assertionId, key());
    return "SAMLResponse=" + escaped(crypto::base64Encode(xml)) +
           (relayState.empty() ? "" : "&RelayState=" + relayState);
  }
  /// As the provider's page posts it: without cookies.
  static InjectResponse post(const std::string& samlId, const std::string& form) {
    return app_->inject(
        {.method = "POST",
         .url = "/v1/saml/acs/" + samlId,
         .headers = {{"content-type", "application/x-www-form-urlencoded"}, {"origin", "https://idp.example"}},
         .payload = form});
  }
  static std::string callback(const InjectResponse& posted) {
    EXPECT_EQ(posted.statusCode, 303) << posted.body;
    const std::string location(posted.header("location").value_or(""));
    EXPECT_THAT(location, StartsWith(instance_->origin() + "/v1/oauth_callback?"));
    return location.substr(std::min(location.size(), (instance_->origin() + "/v1").size()));
  }
  static ReceivedRequest begin(Browser& browser, const std::string& address) {
    const auto at = address.find('@');
    const auto started =
        browser.post("/client/sign_ins", "strategy=enterprise_sso&identifier=" + address.substr(0, at) + "%40" +
                                             address.substr(at + 1) + returns);
    EXPECT_EQ(started.statusCode, 200) << started.body;
    EXPECT_THAT(providerUrl(started), StartsWith("https://idp.example/sso?SAMLRequest="));
    return receiveRequest(providerUrl(started));
  }
  static boost::json::value clientOf(Browser& browser) { return browser.get("/client").json().at("response"); }
  /// The client after the callback, with a sign-up where the account was not known.
  static boost::json::value finish(Browser& browser, const std::string& path) {
    EXPECT_EQ(browser.get(path).statusCode, 303);
    auto client = clientOf(browser);
    if (client.at("sign_in").is_object() &&
        client.at("sign_in").at("first_factor_verification").at("status") == "transferable") {
      EXPECT_EQ(browser.post("/client/sign_ups", "transfer=true").statusCode, 200);
      client = clientOf(browser);
    }
    return client;
  }
  /// The error of the client's sign-in after this answer.
  static std::string refusal(const std::string& samlId, SamlAnswer answer, const std::string& address) {
    Browser browser(*app_);
    const auto asked = begin(browser, address);
    if (!answer.requestId) answer.requestId = asked.id;
    const auto path = callback(post(samlId, signedForm(answer, asked.relayState)));
    EXPECT_EQ(browser.get(path).statusCode, 303);
    const auto client = clientOf(browser);
    EXPECT_TRUE(client.at("sessions").as_array().empty());
    const auto verification = client.at("sign_in").at("first_factor_verification");
    return text(verification.at("error"), "code");
  }
};

TEST_F(EnterpriseSaml, a_connection_is_kept_by_both_of_its_names) {
  const auto made = ok(backend("POST", "/saml_connections",
                               boost::json::serialize(boost::json::object{
                                   {"name", "Okta"},
                                   {"provider", "saml_okta"},
                                   {"domain", "kept.example"},
                                   {"idp_entity_id", "https://idp.example"},
                                   {"idp_sso_url", "https://idp.example/sso"},
                                   {"idp_certificate", key().certificate},
                                   {"attribute_mapping", boost::json::object{{"email_address", "mail2"}}}})));
  const auto id = text(made, "id");
  EXPECT_THAT(id, StartsWith("samlc_"));
  EXPECT_EQ(made.at("object"), "saml_connection");
  EXPECT_EQ(made.at("attribute_mapping").at("email_address"), "mail2");
  EXPECT_EQ(made.at("attribute_mapping").at("last_name"), "surname");
  EXPECT_TRUE(made.at("idp_certificate_expires_at").is_int64());
  EXPECT_EQ(text(made, "acs_url"), instance_->origin() + "/v1/saml/acs/" + id);
  EXPECT_EQ(ok(backend("PATCH", "/saml_connections/" + id, R"({"active":true,"allow_subdomains":true})"))
                .at("allow_subdomains"),
            true);
  const auto other = text(made, "enterprise_connection_id");
  EXPECT_EQ(ok(backend("GET", "/enterprise_connections/" + other)).at("saml_connection").at("id").as_string(), id);
  EXPECT_EQ(failure(backend("GET", "/saml_connections/" + other)), "404 resource_not_found");
  EXPECT_EQ(ok(backend("GET", "/saml_connections?query=okta")).at("total_count"), 1);
  const auto metadata = app_->inject({.method = "GET", .url = "/v1/saml/metadata/" + id + ".xml"});
  EXPECT_EQ(metadata.statusCode, 200);
  EXPECT_THAT(metadata.body, HasSubstr("Location=\"" + text(made, "acs_url") + "\""));
  ok(backend("DELETE", "/saml_connections/" + id));
}

TEST_F(EnterpriseSaml, people_of_a_connections_domain_sign_up_and_in_by_it) {
  const auto id = connectSaml("saml.example");
  Browser browser(*app_);
  const auto asked = begin(browser, "ada@saml.example");
  EXPECT_EQ(asked.issuer, instance_->origin() + "/saml/" + id);
  EXPECT_EQ(asked.consumerUrl, instance_->origin() + "/v1/saml/acs/" + id);
  auto answer = answerTo(id, "Ada@saml.example");
  answer.requestId = asked.id;
  const auto path = callback(post(id, signedForm(answer, asked.relayState)));
  Browser thief(*app_);
  const auto client = finish(browser, path);
  ASSERT_EQ(client.at("sessions").as_array().size(), 1U) << client;
  const auto user = client.at("sessions").at(0).at("user");
  EXPECT_EQ(user.at("first_name"), "Ada");
  EXPECT_EQ(user.at("last_name"), "Lovelace");
  EXPECT_EQ(user.at("email_addresses").at(0).at("email_address"), "ada@saml.example");
  EXPECT_EQ(user.at("email_addresses").at(0).at("verification").at("strategy"), "saml");
  EXPECT_EQ(user.at("enterprise_accounts").at(0).at("protocol"), "saml");
  EXPECT_EQ(text(user.at("enterprise_accounts").at(0), "enterprise_connection_id"), connectionOf(id));
  EXPECT_EQ(errorCode(thief.get(path)), "oauth_callback_invalid") << "the callback is good once";

  Browser again(*app_);
  const auto second = begin(again, "ada@saml.example");
  answer = answerTo(id, "Ada@saml.example");
  answer.requestId = second.id;
  const auto known = finish(again, callback(post(id, signedForm(answer, second.relayState))));
  ASSERT_EQ(known.at("sessions").as_array().size(), 1U) << known;
  EXPECT_EQ(known.at("sessions").at(0).at("user").at("id"), user.at("id")) << "the same person";
  EXPECT_EQ(ok(backend("GET", "/saml_connections/" + id)).at("user_count"), 1);
  ok(backend("DELETE", "/saml_connections/" + id));
}

TEST_F(EnterpriseSaml, only_the_browser_that_began_is_signed_in) {
  const auto id = connectSaml("bound.example");
  Browser eve(*app_), ada(*app_);
  const auto asked = begin(eve, "eve@bound.example");
  ada.get("/client");
  auto answer = answerTo(id, "eve@bound.example");
  answer.requestId = asked.id;
  const auto path = callback(post(id, signedForm(answer, asked.relayState)));
  EXPECT_EQ(errorCode(ada.get(path)), "oauth_callback_invalid");
  ok(backend("DELETE", "/saml_connections/" + id));
}

TEST_F(EnterpriseSaml, what_is_not_right_is_told_where_the_sign_in_began) {
  const auto id = connectSaml("strict.example");
  const auto good = answerTo(id, "ada@strict.example");
  const auto with = [&](auto change) {
    auto answer = answerTo(id, "ada@strict.example");
    change(answer);
    return refusal(id, std::move(answer), "ada@strict.example");
  };
  EXPECT_EQ(with([](auto& it) { it.audience = "https://other.example"; }), "saml_response_invalid");
  EXPECT_EQ(with([](auto& it) { it.issuer = "https://other.example"; }), "saml_response_invalid");
  EXPECT_EQ(with([](auto& it) { it.now -= std::chrono::hours(1); }), "saml_response_invalid");
  EXPECT_EQ(with([](auto& it) { it.requestId = "_other"; }), "saml_response_invalid");
  EXPECT_EQ(with([](auto& it) { it.attributes.clear(); }), "saml_user_attribute_missing");
  EXPECT_EQ(with([](auto& it) { it.attributes[0].second = "ceo@elsewhere.example"; }),
            "saml_email_address_domain_mismatch");
  EXPECT_EQ(with([](auto& it) { it.attributes[0].second = "ada@deep.strict.example"; }),
            "saml_email_address_domain_mismatch");
  ok(backend("DELETE", "/saml_connections/" + id));
}

TEST_F(EnterpriseSaml, an_assertion_is_used_once) {
  const auto id = connectSaml("once.example", {{"allow_idp_initiated", true}});
  auto answer = answerTo(id, "ada@once.example");
  const auto form = signedForm(answer, "");
  Browser first(*app_), second(*app_);
  EXPECT_EQ(finish(first, callback(post(id, form))).at("sessions").as_array().size(), 1U);
  EXPECT_EQ(failure(post(id, form)), "400 saml_response_invalid");
  ok(backend("DELETE", "/saml_connections/" + id));
}

TEST_F(EnterpriseSaml, a_provider_speaks_first_where_the_connection_allows_it) {
  const auto id = connectSaml("first.example");
  EXPECT_EQ(failure(post(id, signedForm(answerTo(id, "ada@first.example"), ""))),
            "400 saml_response_relaystate_missing");
  EXPECT_EQ(failure(post(id, signedForm(answerTo(id, "ada@first.example"), "unknown"))),
            "400 saml_response_relaystate_missing");
  ok(backend("PATCH", "/saml_connections/" + id, R"({"allow_idp_initiated":true})"));
  Browser browser(*app_);
  const auto client = finish(browser, callback(post(id, signedForm(answerTo(id, "ada@first.example"), ""))));
  EXPECT_EQ(client.at("sessions").as_array().size(), 1U) << client;
  auto stolen = answerTo(id, "ada@first.example");
  stolen.requestId = "_somebody_elses";
  EXPECT_EQ(failure(post(id, signedForm(stolen, ""))), "400 saml_response_invalid");
  ok(backend("DELETE", "/saml_connections/" + id));
}

TEST_F(EnterpriseSaml, domains_below_are_the_connections_where_it_allows_them_and_have_none_of_their_own) {
  const auto id = connectSaml("wide.example", {{"allow_subdomains", true}});
  Browser browser(*app_);
  const auto asked = begin(browser, "ada@a.wide.example");
  auto answer = answerTo(id, "ada@a.wide.example");
  answer.requestId = asked.id;
  EXPECT_EQ(finish(browser, callback(post(id, signedForm(answer, asked.relayState)))).at("sessions").as_array().size(),
            1U);
  const auto own = connectSaml("own.wide.example");
  EXPECT_EQ(refusal(id, answerTo(id, "eve@own.wide.example"), "ada@a.wide.example"),
            "saml_email_address_domain_mismatch");
  ok(backend("DELETE", "/saml_connections/" + own));
  ok(backend("DELETE", "/saml_connections/" + id));
}

TEST_F(EnterpriseSaml, what_is_posted_is_checked_before_anything_else) {
  const auto id = connectSaml("posted.example");
  EXPECT_EQ(failure(post(id, "RelayState=x")), "422 form_param_missing SAMLResponse");
  EXPECT_EQ(failure(post(id, "SAMLResponse=" + std::string(500'000, 'A'))),
            "422 form_param_max_length_exceeded SAMLResponse");
  EXPECT_EQ(failure(post("samlc_x", "SAMLResponse=x")), "404 saml_connection_active_not_found");
  ok(backend("PATCH", "/saml_connections/" + id, R"({"active":false})"));
  EXPECT_EQ(failure(post(id, "SAMLResponse=x")), "404 saml_connection_active_not_found");
  ok(backend("DELETE", "/saml_connections/" + id));
}

TEST_F(EnterpriseSaml, a_test_run_tells_what_the_provider_sent) {
  const auto id = connectSaml("trial.example", {}, false);
  const auto runs = "/enterprise_connections/" + connectionOf(id) + "/test_runs";
  const auto open = [&] {
    const auto url = text(ok(backend("POST", runs)), "url");
    const auto begun = app_->inject({.method = "GET", .url = url.substr(instance_->origin().size())});
    EXPECT_EQ(begun.statusCode, 301) << begun.body;
    return receiveRequest(std::string(begun.header("location").value_or("")));
  };
  auto asked = open();
  auto answer = answerTo(id, "ada@trial.example");
  answer.requestId = asked.id;
  const auto posted = post(id, signedForm(answer, asked.relayState));
  ASSERT_EQ(posted.statusCode, 303) << posted.body;
  const std::string result(posted.header("location").value_or(""));
  EXPECT_THAT(app_->inject({.method = "GET", .url = result.substr(instance_->origin().size())}).body,
              HasSubstr("ada@trial.example"));
  auto run = ok(backend("GET", runs)).at("data").at(0);
  EXPECT_EQ(run.at("status"), "success");
  EXPECT_EQ(run.at("connection_type"), "saml");
  EXPECT_EQ(text(run.at("saml"), "relay_state"), asked.relayState);
  EXPECT_THAT(text(run.at("saml"), "saml_request"), HasSubstr(asked.id));
  EXPECT_EQ(ok(backend("GET", "/users?email_address=ada%40trial.example")).as_array().size(), 0U);

  asked = open();
  answer = answerTo(id, "ada@trial.example");
  answer.requestId = asked.id;
  answer.attributes.clear();
  EXPECT_EQ(post(id, signedForm(answer, asked.relayState)).statusCode, 303);
  run = ok(backend("GET", runs)).at("data").at(0);
  EXPECT_EQ(run.at("logs").at(0).at("code"), "saml_user_attribute_missing");
  EXPECT_THAT(text(run.at("logs").at(0), "message"), HasSubstr("mail"));
  ok(backend("DELETE", "/saml_connections/" + id));
}

TEST_F(EnterpriseSaml, a_metadata_document_says_what_a_connection_needs) {
  const auto certificate = key().certificate;
  const auto begin = certificate.find('\n') + 1;
  const auto document =
      "<EntityDescriptor xmlns=\"urn:oasis:names:tc:SAML:2.0:metadata\" entityID=\"https://told.example\">"
      "<IDPSSODescriptor><KeyDescriptor><KeyInfo xmlns=\"http://www.w3.org/2000/09/xmldsig#\"><X509Data>"
      "<X509Certificate>" +
      certificate.substr(begin, certificate.find("-----END") - begin) +
      "</X509Certificate></X509Data></KeyInfo></KeyDescriptor><SingleSignOnService "
      "Binding=\"urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect\" Location=\"https://told.example/sso\"/>"
      "</IDPSSODescriptor></EntityDescriptor>";
  const auto made = ok(backend(
      "POST", "/saml_connections",
      boost::json::serialize(boost::json::object{
          {"name", "Told"}, {"provider", "saml_custom"}, {"domain", "told.example"}, {"idp_metadata", document}})));
  EXPECT_EQ(made.at("idp_entity_id"), "https://told.example");
  EXPECT_EQ(made.at("idp_sso_url"), "https://told.example/sso");
  EXPECT_THAT(text(made, "idp_certificate"), StartsWith("-----BEGIN CERTIFICATE-----"));
  EXPECT_EQ(ok(backend("PATCH", "/saml_connections/" + text(made, "id"), R"({"active":true})")).at("active"), true);
  ok(backend("DELETE", "/saml_connections/" + text(made, "id")));
}

}  // namespace
}  // namespace clerk
