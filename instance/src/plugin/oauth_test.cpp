// The instance as an OAuth authorization server and OpenID provider: an application signs a person in.

#include "plugin/backend_test.hpp"

#include <async/event_loop.hpp>
#include <clerk/authenticate_request.hpp>
#include <clerk/verify_token.hpp>
#include <crypto/base64.hpp>
#include <crypto/digest.hpp>
#include <crypto/rsa.hpp>

#include <map>

namespace clerk {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

constexpr const char* callback = "https://app.example.com/callback";
const std::string verifier(50, 'v');

class OAuth : public BackendTest {
 protected:
  struct Application {
    std::string id, clientId, secret;
  };

  /// `more` are further members, each with a comma before it.
  static Application createApplication(const std::string& more = "") {
    const auto created = ok(backend("POST", "/oauth_applications",
                                    R"({"name":"App","redirect_uris":["https://app.example.com/callback"],"scopes":
                                        "openid profile email offline_access")" +
                                        more + "}"));
    return {text(created, "id"), text(created, "client_id"), text(created, "client_secret")};
  }

  Response browse(const std::string& method, const std::string& url, const std::string& form = "") {
    fastify::InjectRequest request{.method = method, .url = url};
    for (const auto& [name, value] : cookies_) request.cookies.emplace_back(name, value);
    if (method != "GET") {
      request.headers.emplace_back("content-type", "application/x-www-form-urlencoded");
      request.payload = form;
    }
    auto response = app_->inject(std::move(request));
    for (const auto& cookie : response.cookies()) cookies_[cookie.name] = cookie.value;
    return response;
  }

  /// Signs a new person in by password in this browser; gives the id.
  std::string signIn(const std::string& email) {
    const auto user = createUser(email);
    const auto response = browse("POST", "/v1/client/sign_ins",
                                 "strategy=password&identifier=" + email + "&password=correct+horse+42%21");
    EXPECT_EQ(response.statusCode, 200) << response.body;
    return user;
  }

  static std::string challenge() { return crypto::base64urlEncode(crypto::bytesOf(crypto::sha256(verifier))); }
  static std::string authorizeUrl(const Application& application, const std::string& more = "") {
    return "/oauth/authorize?response_type=code&client_id=" + application.clientId +
           "&redirect_uri=https%3A%2F%2Fapp.example.com%2Fcallback&state=12345678&code_challenge=" + challenge() +
           "&code_challenge_method=S256" + more;
  }
  static std::string location(const Response& response) {
    EXPECT_EQ(response.statusCode, 303) << response.body;
    return std::string(response.header("location").value_or(""));
  }
  static std::string parameter(const std::string& url, const std::string& name) {
    auto at = url.find("?" + name + "=");
    if (at == std::string::npos) at = url.find("&" + name + "=");
    if (at == std::string::npos) return "";
    const auto from = at + name.size() + 2;
    return url.substr(from, url.find('&', from) - from);
  }
  /// Without a consent screen.
  std::string codeFor(const Application& application, const std::string& more = "") {
    const auto address = location(browse("GET", authorizeUrl(application, more)));
    EXPECT_THAT(address, StartsWith(callback));
    return parameter(address, "code");
  }

  static Response post(const std::string& path, const std::string& form, const std::string& basic = "") {
    fastify::InjectRequest request{.method = "POST",
                                   .url = path,
                                   .headers = {{"content-type", "application/x-www-form-urlencoded"}},
                                   .payload = form};
    if (!basic.empty()) request.headers.emplace_back("authorization", "Basic " + crypto::base64Encode(basic));
    return app_->inject(std::move(request));
  }
  static Response exchange(const Application& application, const std::string& code,
                           const std::string& with = verifier) {
    return post("/oauth/token",
                "grant_type=authorization_code&code=" + code +
                    "&redirect_uri=https%3A%2F%2Fapp.example.com%2Fcallback&code_verifier=" + with,
                application.clientId + ":" + application.secret);
  }
  static Response refresh(const Application& application, const std::string& token) {
    return post("/oauth/token", "grant_type=refresh_token&refresh_token=" + token,
                application.clientId + ":" + application.secret);
  }
  static std::string oauthError(const Response& response) {
    return std::to_string(response.statusCode) + " " + text(response.json(), "error");
  }
  static Response userInfo(const std::string& token) {
    return app_->inject({.method = "GET", .url = "/oauth/userinfo", .headers = {{"authorization", "Bearer " + token}}});
  }

  std::map<std::string, std::string> cookies_;
};

constexpr const char* noConsent = R"(,"consent_screen_enabled":false)";

TEST_F(OAuth, a_code_becomes_tokens_that_tell_who_somebody_is) {
  const auto application = createApplication(noConsent);
  const auto user = signIn("oidc@example.com");
  const auto address = location(browse("GET", authorizeUrl(application, "&nonce=n-1")));
  EXPECT_EQ(parameter(address, "state"), "12345678");
  EXPECT_EQ(parameter(address, "iss"), "https%3A%2F%2Fclerk.localhost.test");

  const auto response = exchange(application, parameter(address, "code"));
  const auto tokens = ok(response);
  EXPECT_EQ(response.header("cache-control"), "no-store");
  EXPECT_EQ(text(tokens, "token_type"), "Bearer");
  const auto idToken = text(tokens, "id_token");
  const auto dot = idToken.rfind('.');
  EXPECT_TRUE(crypto::RsaPublicKey::fromPem(instance_->jwtKey())
                  ->verifies(idToken.substr(0, dot), *crypto::base64urlDecode(idToken.substr(dot + 1))));
  const auto first = idToken.find('.');
  const auto claims = boost::json::parse(*crypto::base64urlDecode(idToken.substr(first + 1, dot - first - 1)));
  EXPECT_EQ(text(claims, "sub"), user);
  EXPECT_EQ(text(claims, "aud"), application.clientId);
  EXPECT_EQ(text(claims, "nonce"), "n-1");
  EXPECT_EQ(text(claims, "email"), "oidc@example.com");

  const auto person = ok(userInfo(text(tokens, "access_token")));
  EXPECT_EQ(text(person, "sub"), user);
  EXPECT_EQ(text(person, "given_name"), "Ada");
  EXPECT_EQ(person.as_object().contains("private_metadata"), false);
}

TEST_F(OAuth, a_code_works_once_and_its_second_use_ends_what_came_of_the_first) {
  const auto application = createApplication(noConsent);
  signIn("once@example.com");
  const auto code = codeFor(application);
  const auto token = text(ok(exchange(application, code)), "access_token");
  ok(userInfo(token));
  EXPECT_EQ(oauthError(exchange(application, code)), "400 invalid_grant");
  EXPECT_EQ(userInfo(token).statusCode, 401);
}

TEST_F(OAuth, a_code_is_worth_nothing_to_others) {
  const auto application = createApplication(noConsent);
  const auto other = createApplication(noConsent);
  signIn("others@example.com");
  EXPECT_EQ(oauthError(exchange(application, codeFor(application), std::string(50, 'w'))), "400 invalid_grant");
  EXPECT_EQ(oauthError(exchange(application, codeFor(application), "")), "400 invalid_grant");
  EXPECT_EQ(oauthError(exchange(other, codeFor(application))), "400 invalid_grant");
  EXPECT_EQ(oauthError(exchange({.clientId = application.clientId, .secret = "wrong"}, codeFor(application))),
            "401 invalid_client");
  EXPECT_EQ(oauthError(exchange(application, "garbage")), "400 invalid_grant");
  EXPECT_EQ(oauthError(post("/oauth/token", "grant_type=password", application.clientId + ":" + application.secret)),
            "400 unsupported_grant_type");
  EXPECT_EQ(oauthError(post("/oauth/token", "grant_type=a&grant_type=b&client_id=x")), "401 invalid_client");
}

TEST_F(OAuth, refresh_tokens_rotate_and_a_stolen_one_ends_the_family) {
  const auto application = createApplication(noConsent);
  signIn("refresh@example.com");
  const auto first = text(ok(exchange(application, codeFor(application))), "refresh_token");
  const auto second = ok(refresh(application, first));
  const auto third = ok(refresh(application, text(second, "refresh_token")));
  ok(userInfo(text(third, "access_token")));
  EXPECT_EQ(oauthError(refresh(application, first)), "400 invalid_grant");
  EXPECT_EQ(oauthError(refresh(application, text(third, "refresh_token"))), "400 invalid_grant");
  EXPECT_EQ(userInfo(text(third, "access_token")).statusCode, 401);
}

TEST_F(OAuth, refresh_tokens_come_with_offline_access_alone) {
  const auto application = createApplication(noConsent);
  signIn("online@example.com");
  const auto tokens = ok(exchange(application, codeFor(application, "&scope=email")));
  EXPECT_EQ(text(tokens, "scope"), "email");
  EXPECT_EQ(text(tokens, "refresh_token") + text(tokens, "id_token"), "");
  EXPECT_FALSE(ok(userInfo(text(tokens, "access_token"))).as_object().contains("given_name"));
}

TEST_F(OAuth, nobody_is_sent_to_an_address_that_was_not_registered) {
  const auto application = createApplication(noConsent);
  for (const auto* uri :
       {"https%3A%2F%2Fevil.example.com%2F", "https%3A%2F%2Fapp.example.com%2Fcallback%2Fx", "javascript%3Aalert(1)"}) {
    const auto response =
        browse("GET", "/oauth/authorize?response_type=code&client_id=" + application.clientId + "&redirect_uri=" + uri);
    EXPECT_EQ(oauthError(response), "400 invalid_request") << uri;
    EXPECT_FALSE(response.header("location"));
  }
  EXPECT_EQ(oauthError(browse("GET", "/oauth/authorize?response_type=code&client_id=nobody")), "401 invalid_client");
}

TEST_F(OAuth, what_is_wrong_with_a_request_is_told_to_the_application) {
  const auto application = createApplication(R"(,"pkce_required":true)");
  const auto base = "/oauth/authorize?client_id=" + application.clientId + "&state=12345678&";
  const struct {
    const char* query;
    const char* error;
  } rows[] = {
      {"response_type=token", "unsupported_response_type"},
      {"response_type=code", "invalid_request"},
      {"response_type=code&code_challenge=x&code_challenge_method=plain", "invalid_request"},
      {"response_type=code&code_challenge=x&code_challenge_method=S256", "invalid_request"},
  };
  for (const auto& row : rows) {
    const auto address = location(browse("GET", base + row.query));
    EXPECT_THAT(address, StartsWith(callback)) << row.query;
    EXPECT_EQ(parameter(address, "error"), row.error) << row.query;
    EXPECT_EQ(parameter(address, "state"), "12345678");
  }
  EXPECT_EQ(parameter(location(browse("GET", authorizeUrl(application, "&scope=private_metadata"))), "error"),
            "invalid_scope");
  EXPECT_EQ(parameter(location(browse("GET", authorizeUrl(application, "&prompt=none"))), "error"), "login_required");
  EXPECT_THAT(location(browse("GET", authorizeUrl(application))), HasSubstr("/sign-in?redirect_url="));
}

TEST_F(OAuth, a_person_is_asked_once_and_may_say_no) {
  const auto application = createApplication();
  signIn("consent@example.com");
  const auto page = location(browse("GET", authorizeUrl(application)));
  EXPECT_THAT(page, HasSubstr("/oauth-consent?"));
  EXPECT_EQ(parameter(location(browse("GET", authorizeUrl(application, "&prompt=none"))), "error"), "consent_required");

  const auto path = "/v1/me/oauth/consent/" + application.clientId;
  const auto asked = ok(browse("GET", path + "?scope=email%20profile"));
  EXPECT_EQ(text(asked, "oauth_application_name"), "App");
  EXPECT_EQ(text(asked, "redirect_domain"), "app.example.com");
  EXPECT_EQ(text(asked.at("scopes").at(0), "scope"), "email");

  const auto query = page.substr(page.find('?') + 1);
  const auto refused = location(browse("POST", path, query + "&consented=false"));
  EXPECT_EQ(parameter(refused, "error"), "access_denied");
  const auto granted = location(browse("POST", path, query + "&consented=true"));
  EXPECT_THAT(granted, StartsWith(callback));
  ok(exchange(application, parameter(granted, "code")));
  EXPECT_FALSE(codeFor(application, "&prompt=none").empty());
  EXPECT_THAT(location(browse("GET", authorizeUrl(application, "&prompt=consent"))), HasSubstr("/oauth-consent?"));
}

TEST_F(OAuth, a_strangers_form_grants_nothing) {
  const auto application = createApplication();
  const auto response = browse("POST", "/v1/me/oauth/consent/" + application.clientId, "consented=true");
  EXPECT_EQ(response.statusCode, 401) << response.body;
}

TEST_F(OAuth, tokens_are_looked_at_and_revoked_by_their_own_application) {
  const auto application = createApplication(noConsent);
  const auto other = createApplication(noConsent);
  const auto user = signIn("looking@example.com");
  const auto tokens = ok(exchange(application, codeFor(application)));
  const auto token = text(tokens, "access_token");
  const auto info = [&](const Application& by) {
    return ok(post("/oauth/token_info", "token=" + token, by.clientId + ":" + by.secret));
  };
  EXPECT_EQ(info(application).at("active"), true);
  EXPECT_EQ(text(info(application), "sub"), user);
  EXPECT_EQ(boost::json::serialize(info(other)), R"({"active":false})");
  ok(post("/oauth/token/revoke", "token=" + token, other.clientId + ":" + other.secret));
  EXPECT_EQ(info(application).at("active"), true);
  ok(post("/oauth/token/revoke", "token=" + text(tokens, "refresh_token"),
          application.clientId + ":" + application.secret));
  EXPECT_EQ(info(application).at("active"), false);
  EXPECT_EQ(oauthError(refresh(application, text(tokens, "refresh_token"))), "400 invalid_grant");
}

TEST_F(OAuth, our_sdk_takes_access_tokens) {
  const auto application = createApplication(noConsent);
  const auto user = signIn("sdk@example.com");
  const auto token = text(ok(exchange(application, codeFor(application))), "access_token");
  const auto origin = app_->listen({.host = "127.0.0.1"});
  const HeaderList headers({{"authorization", "Bearer " + token}});
  const RequestView request{.url = "http://app.example.com/", .headers = headers};
  const auto state = async::blockOn([&] {
    return authenticateRequest(request, {.secretKey = instance_->secretKey(),
                                         .publishableKey = instance_->publishableKey(),
                                         .apiUrl = origin + "/__bapi",
                                         .acceptsToken = TokenType::OAuthToken});
  });
  ASSERT_TRUE(state.isSignedIn()) << state.reason << " " << state.message;
  EXPECT_EQ(state.toAuth()->userId, user);
  EXPECT_EQ(state.toAuth()->clientId, application.clientId);
}

TEST_F(OAuth, an_instance_that_says_so_gives_access_tokens_that_others_check_by_themselves) {
  const auto application = createApplication(noConsent);
  const auto user = signIn("jwt@example.com");
  ok(backend("PATCH", "/instance/oauth_application_settings", R"({"oauth_jwt_access_tokens":true})"));
  const auto tokens = ok(exchange(application, codeFor(application)));
  const auto token = text(tokens, "access_token");
  ok(backend("PATCH", "/instance/oauth_application_settings", R"({"oauth_jwt_access_tokens":false})"));

  const HeaderList headers({{"authorization", "Bearer " + token}});
  const RequestView request{.url = "http://app.example.com/", .headers = headers};
  const auto state = async::blockOn([&] {
    return authenticateRequest(request, {.secretKey = instance_->secretKey(),
                                         .publishableKey = instance_->publishableKey(),
                                         .jwtKey = instance_->jwtKey(),
                                         .acceptsToken = TokenType::OAuthToken});
  });
  ASSERT_TRUE(state.isSignedIn()) << state.reason << " " << state.message;
  EXPECT_EQ(state.toAuth()->userId, user);
  EXPECT_EQ(state.toAuth()->clientId, application.clientId);

  // It goes on being one that we know, whatever the setting is by now, and ends like the others.
  EXPECT_EQ(text(ok(userInfo(token)), "sub"), user);
  EXPECT_EQ(userInfo(token + "x").statusCode, 401);
  EXPECT_EQ(userInfo(text(tokens, "id_token")).statusCode, 401) << "a token of another kind";
  ok(post("/oauth/token/revoke", "token=" + token, application.clientId + ":" + application.secret));
  EXPECT_EQ(userInfo(token).statusCode, 401);
  EXPECT_EQ(text(ok(exchange(application, codeFor(application))), "access_token").substr(0, 4), "oat_");
}

TEST_F(OAuth, applications_are_changed_and_forgotten_by_a_backend) {
  auto application = createApplication(noConsent);
  const auto path = "/oauth_applications/" + application.id;
  EXPECT_EQ(backend("GET", path).body.find(application.secret), std::string::npos);
  EXPECT_EQ(text(ok(backend("PATCH", path, R"({"name":"Other name"})")), "name"), "Other name");
  EXPECT_EQ(ok(backend("GET", "/oauth_applications?name_query=OTHER%20NAME")).at("total_count"), 1);
  EXPECT_EQ(failure(backend("PATCH", path, R"({"redirect_uris":["javascript:x"]})")),
            "422 form_param_format_invalid redirect_uris");
  EXPECT_EQ(failure(backend("PATCH", path, R"({"scopes":"everything"})")), "422 form_param_value_invalid scopes");
  signIn("rotating@example.com");
  const auto secret = text(ok(backend("POST", path + "/rotate_secret")), "client_secret");
  EXPECT_EQ(oauthError(exchange(application, codeFor(application))), "401 invalid_client");
  application.secret = secret;
  const auto token = text(ok(exchange(application, codeFor(application))), "access_token");
  EXPECT_EQ(backend("POST", path + "/revoke_token", R"({"token":")" + token + "\"}").statusCode, 204);
  EXPECT_EQ(userInfo(token).statusCode, 401);
  const auto last = text(ok(exchange(application, codeFor(application))), "access_token");
  ok(backend("DELETE", path));
  EXPECT_EQ(userInfo(last).statusCode, 401);
  EXPECT_EQ(failure(backend("GET", path)), "404 resource_not_found");
}

TEST_F(OAuth, programs_register_themselves_when_that_is_allowed) {
  const auto registering = [&](const std::string& body) {
    return app_->inject({.method = "POST",
                         .url = "/oauth/register",
                         .headers = {{"content-type", "application/json"}},
                         .payload = body});
  };
  const std::string body =
      R"({"client_name":"Tool","redirect_uris":["http://127.0.0.1:1234/cb"],"token_endpoint_auth_method":"none"})";
  EXPECT_EQ(failure(registering(body)), "422 feature_not_enabled");
  ok(backend("PATCH", "/instance/oauth_application_settings", R"({"dynamic_oauth_client_registration":true})"));
  const auto registered = ok(registering(body));
  EXPECT_EQ(text(registered, "token_endpoint_auth_method"), "none");
  EXPECT_FALSE(registered.as_object().contains("client_secret"));
  EXPECT_EQ(oauthError(registering(R"({"redirect_uris":[]})")), "400 invalid_redirect_uri");
  EXPECT_EQ(oauthError(registering(R"({"redirect_uris":["javascript:alert(1);"]})")), "400 invalid_redirect_uri");
  EXPECT_EQ(oauthError(registering(R"({"redirect_uris":["https://a.com/"],"client_name":1})")),
            "400 invalid_client_metadata");

  // Any port of this machine (RFC 8252), and never without the challenge.
  signIn("tool@example.com");
  const auto start = "/oauth/authorize?response_type=code&client_id=" + text(registered, "client_id") +
                     "&redirect_uri=http%3A%2F%2F127.0.0.1%3A5678%2Fcb";
  EXPECT_EQ(parameter(location(browse("GET", start)), "error"), "invalid_request");
  EXPECT_THAT(location(browse("GET", start + "&code_challenge_method=S256&code_challenge=" + challenge())),
              HasSubstr("/oauth-consent?"));
}

TEST_F(OAuth, what_there_is_can_be_discovered) {
  const auto document = app_->inject({.method = "GET", .url = "/.well-known/openid-configuration"}).json();
  EXPECT_EQ(text(document, "issuer"), "https://clerk.localhost.test");
  EXPECT_THAT(text(document, "token_endpoint"), HasSubstr("/oauth/token"));
  EXPECT_EQ(app_->inject({.method = "GET", .url = "/__clerk/.well-known/oauth-authorization-server"}).statusCode, 200);
}

TEST_F(OAuth, people_have_api_keys_of_their_own) {
  const auto user = signIn("ownkeys@example.com");
  const auto created = browse("POST", "/api_keys", "name=My+key");
  ASSERT_EQ(created.statusCode, 201) << created.body;
  EXPECT_EQ(text(created.json(), "subject"), user);
  const auto id = text(created.json(), "id");
  EXPECT_EQ(ok(browse("GET", "/api_keys?subject=" + user)).at("total_count"), 1);
  const auto stranger = createUser("stranger@example.com");
  EXPECT_EQ(browse("GET", "/api_keys?subject=" + stranger).statusCode, 404);
  EXPECT_EQ(text(ok(browse("POST", "/api_keys/" + id + "?_method=PATCH", "description=for+me")), "description"),
            "for me");
  cookies_.clear();
  signIn("other@example.com");
  EXPECT_EQ(browse("POST", "/api_keys/" + id + "/revoke").statusCode, 404);
  EXPECT_EQ(failure(backend("GET", "/api_keys/" + id)), "200");
}

TEST_F(OAuth, a_code_may_be_posted_by_a_form) {
  const auto application = createApplication(noConsent);
  signIn("form_post@example.com");
  const auto page = browse("GET", authorizeUrl(application, "&response_mode=form_post"));
  EXPECT_EQ(page.statusCode, 200);
  EXPECT_THAT(page.body, HasSubstr(R"(<form method="post" action="https://app.example.com/callback">)"));
  EXPECT_THAT(page.body, HasSubstr(R"(<input type="hidden" name="state" value="12345678">)"));
  EXPECT_THAT(page.body, HasSubstr(R"(<input type="hidden" name="code" value=")"));
  EXPECT_THAT(std::string(page.header("content-security-policy").value_or("")), HasSubstr("default-src 'none'"));
  const auto hostile = browse("GET", authorizeUrl(application, "&response_mode=form_post&scope=private_metadata"));
  EXPECT_THAT(hostile.body, HasSubstr(R"(name="error" value="invalid_scope")"));
  EXPECT_EQ(parameter(location(browse("GET", authorizeUrl(application, "&response_mode=fragment"))), "error"),
            "invalid_request");
}

TEST_F(OAuth, nothing_in_a_posted_form_ends_its_field) {
  const auto application = createApplication(noConsent);
  signIn("form_post_hostile@example.com");
  const auto url = authorizeUrl(application, "&response_mode=form_post");
  const auto at = url.find("state=12345678");
  const auto page = browse("GET", url.substr(0, at) + "state=%22%3E%3Cscript%3E12345678" + url.substr(at + 14));
  EXPECT_THAT(page.body, HasSubstr("&quot;&gt;&lt;script&gt;12345678"));
}

TEST_F(OAuth, an_application_signs_out_with_its_id_token) {
  const auto application = createApplication(noConsent);
  signIn("logout@example.com");
  const auto tokens = ok(exchange(application, codeFor(application)));
  const auto hint = text(tokens, "id_token");
  const auto end = [&](const std::string& more) { return location(browse("GET", "/oauth/end_session?" + more)); };
  const auto signedIn = [&] {
    return browse("GET", "/v1/client").json().at("response").at("sessions").as_array().size();
  };

  // Anybody's page can send a browser here: without a right token nobody is signed out.
  EXPECT_EQ(end("id_token_hint=" + hint + "x"), "http://localhost:4000/");
  EXPECT_EQ(end("id_token_hint=" + hint + "&client_id=other"), "http://localhost:4000/");
  EXPECT_EQ(signedIn(), 1u);

  EXPECT_EQ(
      end("id_token_hint=" + hint +
          "&state=s1&post_logout_redirect_uri=https%3A%2F%2Fapp.example.com%2Fbye&client_id=" + application.clientId),
      "https://app.example.com/bye?state=s1");
  EXPECT_EQ(signedIn(), 0u);
  EXPECT_EQ(end("id_token_hint=" + hint + "&post_logout_redirect_uri=https%3A%2F%2Fevil.example%2F"),
            "http://localhost:4000/sign-in");
}

}  // namespace
}  // namespace clerk
