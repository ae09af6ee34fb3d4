#pragma once
// A small OpenID Connect provider for tests: it says yes to everybody, as the person that is set.

#include <crypto/base64.hpp>
#include <crypto/digest.hpp>
#include <crypto/rsa.hpp>
#include <fastify/fastify.hpp>

#include <boost/json/serialize.hpp>

#include <chrono>
#include <map>
#include <string>

namespace clerk {

class TestIssuer {
 public:
  struct Person {
    std::string sub;
    std::string email;
    bool emailVerified = true;
    std::string givenName = "Grace";
  };

  TestIssuer() {
    using fastify::Reply;
    using fastify::Request;
    app_.addContentTypeParser("application/x-www-form-urlencoded", {.parseAs = fastify::ParseAs::String},
                              [](Request&, std::string_view text) { return fastify::RequestBody(text); });
    app_.get("/.well-known/openid-configuration", [this](Request&, Reply& reply) {
      return reply.send(fastify::JsonObject{{"issuer", origin},
                                            {"authorization_endpoint", origin + "/authorize"},
                                            {"token_endpoint", origin + "/token"},
                                            {"userinfo_endpoint", origin + "/userinfo"},
                                            {"jwks_uri", origin + "/jwks"}});
    });
    app_.get("/jwks", [](Request&, Reply& reply) {
      const auto jwk = key().publicKey().toJwk();
      return reply.send(fastify::JsonObject{
          {"keys", fastify::JsonArray{fastify::JsonObject{
                       {"kty", "RSA"}, {"kid", "k1"}, {"alg", "RS256"}, {"n", jwk.n}, {"e", jwk.e}}}}});
    });
    app_.post("/token", [this](Request& request, Reply& reply) { return answerToken(request, reply); });
    app_.get("/userinfo", [this](Request&, Reply& reply) {
      return reply.send(fastify::JsonObject{{"sub", person.sub},
                                            {"email", person.email},
                                            {"email_verified", person.emailVerified},
                                            {"given_name", person.givenName},
                                            {"family_name", "Hopper"}});
    });
    origin = app_.listen({.port = 0, .host = "127.0.0.1"});
  }
  ~TestIssuer() { app_.close(); }

  /// What a browser does at the provider: the path and query of our callback, with the code.
  std::string approve(const std::string& url) {
    state_ = parameter(url, "state");
    nonce_ = parameter(url, "nonce");
    challenge_ = parameter(url, "code_challenge");
    return "/oauth_callback?state=" + state_ + "&code=the-code";
  }

  Person person{.sub = "g-1", .email = "grace@example.com"};
  std::string origin;
  std::string audience = "our-client";
  int tokensAsked = 0;

 private:
  static const crypto::RsaPrivateKey& key() {
    static const auto made = crypto::RsaPrivateKey::generate();
    return made;
  }

  static std::string parameter(const std::string& url, const std::string& name) {
    const auto begin = url.find("&" + name + "=");
    if (begin == std::string::npos) return {};
    const auto value = begin + name.size() + 2;
    return url.substr(value, url.find('&', value) - value);
  }

  void answerToken(fastify::Request& request, fastify::Reply& reply) {
    ++tokensAsked;
    const std::string form(request.body().json().get_string());
    // The code is redeemed by whoever asked for it (RFC 7636).
    const auto verifier = parameter("&" + form, "code_verifier");
    const auto digest = crypto::sha256(verifier);
    if (crypto::base64urlEncode(crypto::bytesOf(digest)) != challenge_ || parameter("&" + form, "code") != "the-code") {
      return reply.code(400).send(fastify::JsonObject{{"error", "invalid_grant"}});
    }
    const auto now =
        std::chrono::duration_cast<std::chrono::seconds>(std::chrono::system_clock::now().time_since_epoch()).count();
    const auto header = crypto::base64urlEncode(R"({"alg":"RS256","kid":"k1"})");
    const auto claims = crypto::base64urlEncode(boost::json::serialize(boost::json::object{
        {"iss", origin}, {"aud", audience}, {"sub", person.sub}, {"nonce", nonce_}, {"iat", now}, {"exp", now + 60}}));
    const auto signedText = header + "." + claims;
    reply.send(fastify::JsonObject{{"access_token", "at"},
                                   {"token_type", "Bearer"},
                                   {"id_token", signedText + "." + crypto::base64urlEncode(key().sign(signedText))}});
  }

  fastify::Fastify app_;
  std::string state_, nonce_, challenge_;
};

}  // namespace clerk
