// Machines, M2M tokens and API keys, as backends and our own SDK use them.

#include "plugin/backend_test.hpp"

#include <async/event_loop.hpp>
#include <clerk/authenticate_request.hpp>

namespace clerk {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::MatchesRegex;
using testing::StartsWith;

class Machines : public BackendTest {
 protected:
  struct Machine {
    std::string id;
    std::string key;
  };
  static Machine createMachine(const std::string& name, const std::string& scoped = "") {
    const auto machine = ok(backend(
        "POST", "/machines",
        R"({"name":")" + name + R"(","scoped_machines":[)" + (scoped.empty() ? "" : "\"" + scoped + "\"") + "]}"));
    return {text(machine, "id"), text(machine, "secret_key")};
  }
  /// An operation that the SDK asks for without `/v1`.
  static Response unversioned(const std::string& method, const std::string& path, const std::string& body,
                              const std::string& key) {
    return app_->inject({.method = method,
                         .url = "/__bapi" + path,
                         .headers = {{"authorization", "Bearer " + key}, {"content-type", "application/json"}},
                         .payload = body.empty() ? fastify::Payload() : fastify::Payload(body)});
  }
  static std::string createToken(const Machine& machine, const std::string& body = "{}") {
    return text(ok(unversioned("POST", "/m2m_tokens", body, machine.key)), "token");
  }

  /// What the SDK makes of a request with this token; the instance listens for it.
  static RequestState authenticate(const std::string& token, AcceptsToken accepts, const std::string& machineKey = "") {
    static const std::string origin = app_->listen({.host = "127.0.0.1"});
    const HeaderList headers({{"authorization", "Bearer " + token}});
    const RequestView request{.url = "http://app.example.com/", .headers = headers};
    return async::blockOn([&] {
      return authenticateRequest(request, {.secretKey = instance_->secretKey(),
                                           .machineSecretKey = machineKey,
                                           .publishableKey = instance_->publishableKey(),
                                           .apiUrl = origin + "/__bapi",
                                           .acceptsToken = accepts});
    });
  }
};

TEST_F(Machines, come_with_a_secret_that_can_be_told_again_and_changed) {
  const auto machine = createMachine("worker");
  EXPECT_THAT(machine.key, StartsWith("ak_"));
  EXPECT_EQ(text(ok(backend("GET", "/machines/" + machine.id + "/secret_key")), "secret"), machine.key);
  EXPECT_EQ(backend("GET", "/machines/" + machine.id).body.find(machine.key), std::string::npos);
  createToken(machine);

  const auto rotate = "/machines/" + machine.id + "/secret_key/rotate";
  const auto second = text(ok(backend("POST", rotate, R"({"previous_token_ttl":60})")), "secret");
  EXPECT_NE(second, machine.key);
  createToken(machine);
  createToken({machine.id, second});
  const auto third = text(ok(backend("POST", rotate, R"({"previous_token_ttl":0})")), "secret");
  EXPECT_EQ(failure(unversioned("POST", "/m2m_tokens", "{}", second)), "401 clerk_key_invalid");
  createToken({machine.id, third});
  ok(backend("DELETE", "/machines/" + machine.id));
  EXPECT_EQ(failure(unversioned("POST", "/m2m_tokens", "{}", third)), "401 clerk_key_invalid");
}

TEST_F(Machines, are_listed_found_renamed_and_scoped) {
  const auto target = createMachine("list target");
  const auto machine = createMachine("list source", target.id);
  const auto found = ok(backend("GET", "/machines?query=LIST%20SOURCE"));
  EXPECT_EQ(found.at("total_count"), 1);
  EXPECT_EQ(text(found.at("data").at(0).at("scoped_machines").at(0), "id"), target.id);
  EXPECT_EQ(text(ok(backend("PATCH", "/machines/" + machine.id, R"({"name":"renamed"})")), "name"), "renamed");

  const auto scopes = "/machines/" + machine.id + "/scopes";
  EXPECT_EQ(failure(backend("POST", scopes, R"({"to_machine_id":")" + target.id + "\"}")),
            "409 duplicate_record to_machine_id");
  ok(backend("DELETE", scopes + "/" + target.id));
  EXPECT_EQ(failure(backend("DELETE", scopes + "/" + target.id)), "404 resource_not_found");
  ok(backend("POST", scopes, R"({"to_machine_id":")" + target.id + "\"}"));
}

TEST_F(Machines, tokens_are_taken_by_those_in_scope_alone) {
  const auto target = createMachine("scope target");
  const auto stranger = createMachine("scope stranger");
  const auto machine = createMachine("scope source", target.id);
  const auto verify = [&](const std::string& token, const std::string& key) {
    return failure(unversioned("POST", "/m2m_tokens/verify", R"({"token":")" + token + "\"}", key));
  };
  for (const auto* format : {"opaque", "jwt"}) {
    const auto token = createToken(machine, std::string(R"({"claims":{"a":1},"token_format":")") + format + "\"}");
    EXPECT_EQ(verify(token, target.key), "200") << format;
    EXPECT_EQ(verify(token, instance_->secretKey()), "200") << format;
    EXPECT_EQ(verify(token, stranger.key), "404 resource_not_found") << format;
  }
  EXPECT_EQ(verify("mt_unknown", target.key), "404 resource_not_found");
  EXPECT_EQ(verify("a.b.c", target.key), "404 resource_not_found");
}

TEST_F(Machines, a_token_is_given_again_while_it_is_good_for_long_enough) {
  const auto machine = createMachine("again");
  const auto first = createToken(machine, R"({"seconds_until_expiration":100,"claims":{"a":1}})");
  EXPECT_EQ(createToken(machine, R"({"min_remaining_ttl_seconds":50,"claims":{"a":1}})"), first);
  EXPECT_NE(createToken(machine, R"({"min_remaining_ttl_seconds":500,"claims":{"a":1}})"), first);
  EXPECT_NE(createToken(machine, R"({"min_remaining_ttl_seconds":50,"claims":{"a":2}})"), first);
  EXPECT_NE(createToken(machine, R"({"claims":{"a":1}})"), first);
}

TEST_F(Machines, a_revoked_token_is_over_and_listed_when_asked_for) {
  const auto machine = createMachine("revoking");
  const auto created = ok(unversioned("POST", "/m2m_tokens", "{}", machine.key));
  EXPECT_THAT(text(created, "id"), MatchesRegex("mt_[0-9a-f]{32}"));
  const auto revoked = ok(unversioned("POST", "/m2m_tokens/" + text(created, "id") + "/revoke",
                                      R"({"revocation_reason":"lost"})", machine.key));
  EXPECT_EQ(revoked.at("revoked"), true);
  EXPECT_EQ(text(revoked, "revocation_reason"), "lost");
  EXPECT_EQ(
      failure(unversioned("POST", "/m2m_tokens/verify", R"({"token":")" + text(created, "token") + "\"}", machine.key)),
      "404 resource_not_found");
  const auto list = "/m2m_tokens?subject=" + machine.id;
  EXPECT_EQ(ok(unversioned("GET", list, "", machine.key)).at("total_count"), 0);
  EXPECT_EQ(ok(unversioned("GET", list + "&revoked=true", "", machine.key)).at("total_count"), 1);
  const auto other = createMachine("revoking stranger");
  EXPECT_EQ(failure(unversioned("GET", list, "", other.key)), "403 resource_forbidden");
}

TEST_F(Machines, what_is_wrong_is_named_and_is_a_bad_request) {
  const auto machine = createMachine("wrong");
  const struct {
    const char* path;
    const char* body;
    const char* failure;
  } rows[] = {
      {"/m2m_tokens", R"({"claims":[1]})", "400 form_param_format_invalid claims"},
      {"/m2m_tokens", R"({"token_format":"xml"})", "400 form_param_value_invalid token_format"},
      {"/m2m_tokens", R"({"token_format":"jwt","claims":{"sub":"x"}})", "400 machine_token_reserved_claim claims"},
      {"/m2m_tokens", R"({"seconds_until_expiration":-1})", "400 form_param_value_invalid seconds_until_expiration"},
      {"/m2m_tokens/verify", "{}", "400 form_param_missing token"},
      {"/m2m_tokens/mt_x/revoke", "{}", "404 resource_not_found"},
  };
  for (const auto& row : rows) {
    EXPECT_EQ(failure(unversioned("POST", row.path, row.body, machine.key)), row.failure) << row.path << row.body;
  }
  EXPECT_EQ(failure(unversioned("POST", "/m2m_tokens", "{}", instance_->secretKey())), "401 clerk_key_invalid");
  EXPECT_EQ(failure(unversioned("POST", "/api_keys/verify", R"({"secret":"x"})", machine.key)),
            "401 clerk_key_invalid");
  EXPECT_EQ(failure(unversioned("POST", "/m2m_tokens", "{}", "ak_nobody")), "401 clerk_key_invalid");
}

TEST_F(Machines, our_sdk_takes_their_tokens) {
  const auto target = createMachine("sdk target");
  const auto machine = createMachine("sdk source", target.id);
  for (const auto* format : {"opaque", "jwt"}) {
    const auto token = createToken(machine, std::string(R"({"token_format":")") + format + "\"}");
    const auto state = authenticate(token, TokenType::M2MToken, target.key);
    EXPECT_TRUE(state.isSignedIn()) << format << " " << state.reason << " " << state.message;
    EXPECT_EQ(state.toAuth()->machineId, machine.id);
    EXPECT_FALSE(authenticate(token, TokenType::ApiKey).isSignedIn());
  }
  EXPECT_FALSE(authenticate("mt_nothing", TokenType::M2MToken, target.key).isSignedIn());
}

TEST_F(Machines, our_sdk_takes_api_keys_until_they_are_revoked) {
  const auto user = createUser("keys@example.com");
  const auto created =
      ok(unversioned("POST", "/api_keys",
                     R"({"name":"Build server","subject":")" + user + R"(","scopes":["read"],"claims":{"team":"x"}})",
                     instance_->secretKey()));
  const auto secret = text(created, "secret");
  const auto id = text(created, "id");
  EXPECT_THAT(secret, StartsWith("ak_"));
  EXPECT_THAT(id, MatchesRegex("ak_[0-9a-f]{32}"));
  const auto state = authenticate(secret, TokenType::ApiKey);
  ASSERT_TRUE(state.isSignedIn()) << state.reason << " " << state.message;
  EXPECT_EQ(state.toAuth()->userId, user);
  EXPECT_THAT(state.toAuth()->scopes, testing::ElementsAre("read"));
  EXPECT_EQ(text(ok(backend("GET", "/api_keys/" + id + "/secret")), "secret"), secret);

  EXPECT_EQ(failure(backend("POST", "/api_keys", R"({"name":"Build server","subject":")" + user + "\"}")),
            "409 duplicate_record name");
  ok(backend("POST", "/api_keys/" + id + "/revoke", R"({"revocation_reason":"over"})"));
  EXPECT_FALSE(authenticate(secret, TokenType::ApiKey).isSignedIn());
  ok(backend("POST", "/api_keys", R"({"name":"Build server","subject":")" + user + "\"}"));
  const auto list = "/api_keys?subject=" + user;
  EXPECT_EQ(ok(backend("GET", list)).at("total_count"), 1);
  EXPECT_EQ(ok(backend("GET", list + "&include_invalid=true&query=build")).at("total_count"), 2);
  EXPECT_EQ(backend("GET", list + "&include_invalid=true").body.find(secret), std::string::npos);
}

TEST_F(Machines, api_keys_are_changed_and_forgotten) {
  const auto user = createUser("changing@example.com");
  const auto path =
      "/api_keys/" + text(ok(backend("POST", "/api_keys", R"({"name":"one","subject":")" + user + "\"}")), "id");
  const auto changed =
      ok(backend("PATCH", path, R"({"description":"what for","scopes":["a","b"],"seconds_until_expiration":0})"));
  EXPECT_EQ(text(changed, "description"), "what for");
  EXPECT_EQ(changed.at("expired"), true);
  EXPECT_EQ(ok(backend("PATCH", path, R"({"seconds_until_expiration":null})")).at("expiration"), nullptr);
  EXPECT_EQ(failure(backend("PATCH", path, R"({"subject":"user_nobody"})")), "404 resource_not_found");
  EXPECT_EQ(failure(backend("POST", "/api_keys", R"({"name":" x ","subject":"user_x"})")),
            "400 form_param_format_invalid name");
  EXPECT_EQ(failure(backend("POST", "/api_keys", R"({"name":"key","subject":"user_x"})")), "404 resource_not_found");
  ok(backend("DELETE", path));
  EXPECT_EQ(failure(backend("GET", path)), "404 resource_not_found");
}

}  // namespace
}  // namespace clerk
