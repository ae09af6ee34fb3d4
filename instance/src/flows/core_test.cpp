#include "flows/flow_test.hpp"

#include "flows/outbox/outbox.hpp"
#include "flows/sign_in_token/sign_in_token.hpp"

#include <fstream>
#include <iterator>

namespace clerk::instance {
namespace {

namespace fs = std::filesystem;

class CoreTest : public FlowTest {
 protected:
  std::string encryptionKey;

  void reopen() {
    core.reset();
    core = Core::open({.dataFolder = folder,
                       .database = database,
                       .settings = settings,
                       .encryptionKey = encryptionKey,
                       .clock = &clock});
  }
  std::string refusal() {
    try {
      reopen();
    } catch (const StoreError& error) {
      return error.what();
    }
    return "";
  }
  /// What lies in the database, as bytes of the file or as what a server keeps of keys.
  std::string content() {
    if (!database.empty()) {
      std::string keys;
      openPostgresStore({.connection = database}, clock.now())->readNow([&](const Transaction& tx) {
        for (const auto* kind : {"signing", "secret", "pepper"}) {
          for (const auto& key : tx.identity().keys(kind)) keys += key.material + '\n';
        }
      });
      return keys;
    }
    std::string all;
    for (const auto& entry : fs::directory_iterator(folder)) {
      std::ifstream stream(entry.path(), std::ios::binary);
      all.append(std::istreambuf_iterator<char>(stream), {});
    }
    return all;
  }
};

TEST_F(CoreTest, keys_are_made_once_and_kept) {
  const auto instanceId = core->settings().instanceId;
  const auto secretKey = core->secretKey();
  const auto key = core->tokens().publicKey().toPem();
  const auto digest = core->digestOf("x", "y");
  EXPECT_TRUE(instanceId.starts_with("ins_"));
  EXPECT_TRUE(secretKey.starts_with("sk_test_"));
  EXPECT_EQ(core->tokens().keyId(), instanceId);
  EXPECT_TRUE(core->settings().publishableKey.starts_with("pk_test_"));
  reopen();
  EXPECT_EQ(core->settings().instanceId, instanceId);
  EXPECT_EQ(core->secretKey(), secretKey);
  EXPECT_EQ(core->tokens().publicKey().toPem(), key);
  EXPECT_EQ(core->digestOf("x", "y"), digest);
}

TEST_F(CoreTest, each_environment_has_its_secret_key) {
  const auto development = core->secretKey();
  settings.environment = Environment::Production;
  reopen();
  EXPECT_TRUE(core->secretKey().starts_with("sk_live_"));
  EXPECT_FALSE(core->isSecretKey(development));
  settings.environment = Environment::Development;
  reopen();
  EXPECT_EQ(core->secretKey(), development);
}

TEST_F(CoreTest, knows_its_secret_key) {
  EXPECT_TRUE(core->isSecretKey(core->secretKey()));
  EXPECT_FALSE(core->isSecretKey(""));
  EXPECT_FALSE(core->isSecretKey(core->secretKey() + "x"));
  EXPECT_FALSE(core->isSecretKey(core->secretKey().substr(1)));
}

TEST_F(CoreTest, an_encryption_key_seals_the_keys_at_rest) {
  const auto secretKey = core->secretKey();
  EXPECT_NE(content().find("BEGIN PRIVATE KEY"), std::string::npos);
  encryptionKey = "0123456789abcdef0123456789abcdef";
  reopen();
  EXPECT_EQ(core->secretKey(), secretKey);
  run([&] {
    return core->store().transact([](Transaction& tx) { return tx.identity().keys("signing").front().sealed; });
  });
  reopen();
  EXPECT_EQ(core->secretKey(), secretKey);
  encryptionKey = "another key that is long enough";
  EXPECT_NE(refusal().find("not the key that sealed"), std::string::npos);
  encryptionKey = "";
  EXPECT_NE(refusal().find("set CLERKD_ENCRYPTION_KEY"), std::string::npos);
  encryptionKey = "short";
  EXPECT_NE(refusal().find("too short"), std::string::npos);
}

TEST_F(CoreTest, sealed_keys_cannot_be_read_from_the_file) {
  core.reset();
  fs::remove_all(folder);
  encryptionKey = "0123456789abcdef0123456789abcdef";
  reopen();
  const auto secretKey = core->secretKey();
  core.reset();
  EXPECT_EQ(content().find("PRIVATE KEY"), std::string::npos);
  EXPECT_EQ(content().find(secretKey), std::string::npos);
}

TEST_F(CoreTest, folder_and_file_are_their_owners_alone) {
  core.reset();
  const auto inner = folder / "data";
  core = Core::open({.dataFolder = inner, .settings = settings, .clock = &clock});
  EXPECT_EQ(fs::status(inner).permissions(), fs::perms::owner_all);
  EXPECT_EQ(fs::status(inner / "clerk.db").permissions(), fs::perms::owner_read | fs::perms::owner_write);
}

TEST_F(CoreTest, a_folder_that_is_a_file_is_refused) {
  core.reset();
  std::ofstream(folder / "file") << "x";
  EXPECT_THROW(Core::open({.dataFolder = folder / "file", .settings = settings}), StoreError);
}

TEST_F(CoreTest, tidying_removes_what_is_over) {
  Browser browser;
  ASSERT_TRUE(request(browser, [&](Visitor& visitor) {
    return createSignUp(*core, visitor, {.emailAddress = "a@example.com", .password = password});
  }));
  clock.advance(25h);
  run([&] { return core->tidy(); });
  EXPECT_FALSE(client(browser)->signUp);
  const auto left = run([&] {
    return core->store().read([&](const Transaction& tx) {
      auto client = tx.clients().list({}).data.front();
      return tx.signUps().find(*client.signUpId).has_value();
    });
  });
  EXPECT_FALSE(left);
}

}  // namespace
}  // namespace clerk::instance
