#include "wire/sign_in_token.hpp"

namespace clerk::instance::wire {

JsonObject signInToken(const SignInToken& token) {
  return {{"object", "sign_in_token"},
          {"id", token.id},
          {"status", nameOf(token.status)},
          {"user_id", token.userId},
          {"created_at", toMilliseconds(token.createdAt)},
          {"updated_at", toMilliseconds(token.updatedAt)}};
}

JsonObject issuedSignInToken(const IssuedSignInToken& issued) {
  auto json = signInToken(issued.signInToken);
  json["token"] = issued.token;
  json["url"] = issued.url;
  return json;
}

JsonObject testingToken(const TestingToken& token) {
  return {{"object", "testing_token"}, {"token", token.token}, {"expires_at", toMilliseconds(token.expiresAt)}};
}

}  // namespace clerk::instance::wire
