// Webhooks through a whole instance: a backend makes a user, a receiver that our SDK verifies for hears of it.

#include "plugin/backend_test.hpp"
#include "webhooks/receiver.hpp"

namespace clerk {
namespace {

TEST(InstanceWebhooks, a_receiver_hears_of_a_new_user) {
  instance::webhooks::Receiver receiver;
  std::string pattern = (std::filesystem::temp_directory_path() / "webhooks-XXXXXX").string();
  const std::filesystem::path folder = ::mkdtemp(pattern.data());
  {
    const InstancePlugin instance(
        {.dataFolder = folder / "data",
         .database = instance::databaseOfThisRun(),
         .webhookEndpoints = {{.url = receiver.url(), .events = {"user.*", "email.created"}}}});
    fastify::Fastify app;
    app.registerPlugin(instance);
    const auto created = app.inject(
        {.method = "POST",
         .url = "/__bapi/v1/users",
         .headers = {{"authorization", "Bearer " + instance.secretKey()}, {"content-type", "application/json"}},
         .payload = R"({"email_address":["hook@example.com"],"skip_password_requirement":true})"});
    ASSERT_EQ(created.statusCode, 200) << created.body;
    const auto received = receiver.await(1);
    ASSERT_EQ(received.size(), 1U);
    const auto event = received[0].verified(instance.webhookSecret(receiver.url()));
    EXPECT_EQ(event.type, "user.created");
    EXPECT_EQ(event.data.at("id"), created.json().at("id"));
    EXPECT_EQ(instance.webhookSecret("http://elsewhere"), "");
    app.close();
  }
  std::filesystem::remove_all(folder);
}

class WebhookApp : public BackendTest {};

TEST_F(WebhookApp, is_switched_on_once_and_off_once) {
  EXPECT_EQ(failure(backend("POST", "/webhooks/svix_url")), "400 svix_app_missing");
  EXPECT_FALSE(text(ok(backend("POST", "/webhooks/svix")), "svix_url").empty());
  EXPECT_EQ(failure(backend("POST", "/webhooks/svix")), "400 svix_app_exists");
  ok(backend("POST", "/webhooks/svix_url"));
  EXPECT_EQ(backend("DELETE", "/webhooks/svix").statusCode, 204);
  EXPECT_EQ(failure(backend("DELETE", "/webhooks/svix")), "400 svix_app_missing");
}

}  // namespace
}  // namespace clerk
