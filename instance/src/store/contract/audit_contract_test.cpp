#include "store/contract/store_contract.hpp"

#include <stdexcept>

namespace clerk::instance {
namespace {

constexpr Time now = AuditContract::start;

using Ids = std::vector<std::string>;

TEST_P(AuditContract, what_is_told_is_read_as_it_was_written) {
  insert("audit_1", now, AuditSource::Dashboard, {"user_1", "sess_1"});
  const auto all = entries();
  ASSERT_EQ(all.size(), 1u);
  EXPECT_EQ(all[0].actor.source, AuditSource::Dashboard);
  EXPECT_EQ(all[0].actor.id, "key_1");
  EXPECT_EQ(all[0].actor.operation, "POST /users/:user_id/ban");
  EXPECT_EQ(all[0].actor.requestId, "req-1");
  EXPECT_EQ(all[0].actor.ipAddress, "192.0.2.1");
  EXPECT_EQ(all[0].actor.objects, (Ids{"user_1", "sess_1"}));
  EXPECT_EQ(all[0].createdAt, now);
}

TEST_P(AuditContract, pages_go_from_the_newest_entry_to_the_oldest) {
  insert("audit_1", now);
  insert("audit_3", now + Milliseconds(1));
  insert("audit_2", now + Milliseconds(1));
  EXPECT_EQ(ids({}, 2), (Ids{"audit_3", "audit_2"}));
  EXPECT_EQ(ids({.startingAfter = "audit_2"}, 2), (Ids{"audit_1"}));
  EXPECT_EQ(ids({.startingAfter = "audit_nobody"}), Ids{});
}

TEST_P(AuditContract, entries_of_one_object_and_of_one_source_are_found) {
  insert("audit_1", now, AuditSource::Dashboard, {"user_1"});
  insert("audit_2", now + Milliseconds(1), AuditSource::BackendApi, {"user_1", "user_2"});
  insert("audit_3", now + Milliseconds(2), AuditSource::BackendApi, {"user_2"});
  EXPECT_EQ(ids({.object = "user_1"}), (Ids{"audit_2", "audit_1"}));
  EXPECT_EQ(ids({.object = "user_1", .startingAfter = "audit_2"}), (Ids{"audit_1"}));
  EXPECT_EQ(ids({.source = AuditSource::Dashboard}), (Ids{"audit_1"}));
  EXPECT_EQ(ids({.source = AuditSource::Dashboard, .object = "user_2"}), Ids{});
}

TEST_P(AuditContract, old_entries_go_and_with_them_what_leads_to_them) {
  insert("audit_1", now, AuditSource::Dashboard, {"user_1"});
  insert("audit_2", now + Milliseconds(5), AuditSource::Dashboard, {"user_1"});
  EXPECT_EQ(write([](Transaction& tx) { return tx.auditLog().eraseOlder(now + Milliseconds(5), 10); }), 1);
  EXPECT_EQ(ids({.object = "user_1"}), (Ids{"audit_2"}));
}

TEST_P(AuditContract, a_change_is_recorded_with_all_that_it_touched) {
  act([](Transaction& tx) {
    EXPECT_TRUE(tx.registry().insert(jwtTemplate("jtmp_2")));
    EXPECT_TRUE(tx.registry().insert(jwtTemplate("jtmp_1")));
  });
  const auto all = entries();
  ASSERT_EQ(all.size(), 1u);
  EXPECT_EQ(all[0].actor.operation, "DELETE /jwt_templates/:template_id");
  EXPECT_EQ(all[0].actor.objects, (Ids{"jtmp_1", "jtmp_2"})) << "each once, and nothing that is no id";
  EXPECT_EQ(all[0].createdAt, now);
  EXPECT_TRUE(all[0].id.starts_with("audit_"));
}

TEST_P(AuditContract, what_changed_nothing_or_was_undone_is_not_recorded) {
  act([](Transaction& tx) { tx.registry().erase(registry::jwtTemplate, "jtmp_1"); });
  act([](Transaction& tx) {
    EXPECT_TRUE(tx.registry().insert(jwtTemplate("jtmp_1")));
    tx.abandon();
  });
  EXPECT_THROW(act([](Transaction& tx) {
                 EXPECT_TRUE(tx.registry().insert(jwtTemplate("jtmp_1")));
                 throw std::runtime_error("undone");
               }),
               std::runtime_error);
  EXPECT_EQ(ids(), Ids{});
  write([](Transaction& tx) { EXPECT_TRUE(tx.registry().insert(jwtTemplate("jtmp_1"))); });
  EXPECT_EQ(ids(), Ids{}) << "nobody acted";
}

TEST_P(AuditContract, who_acts_is_told_of_by_events_as_everybody_is) {
  std::vector<std::string> heard;
  store->onChange([&](Transaction&, const StoreChange& change) { heard.push_back(change.id); });
  act([](Transaction& tx) { EXPECT_TRUE(tx.users().insert(sampleUser(1))); });
  EXPECT_EQ(heard, (Ids{sampleUser(1).id}));
  EXPECT_EQ(entries().at(0).actor.objects, (Ids{"jtmp_1", sampleUser(1).id}));
}

TEST_P(AuditContract, a_session_of_the_dashboard_that_was_signed_out_is_remembered_until_it_is_over) {
  write([](Transaction& tx) {
    tx.dashboardSignOuts().insert("dash_1", now);
    tx.dashboardSignOuts().insert("dash_1", now);
  });
  const auto isOut = [&] { return read([](const Transaction& tx) { return tx.dashboardSignOuts().has("dash_1"); }); };
  EXPECT_TRUE(isOut());
  EXPECT_EQ(write([](Transaction& tx) { return tx.dashboardSignOuts().eraseExpired(now, 10); }), 1);
  EXPECT_FALSE(isOut());
}

}  // namespace
}  // namespace clerk::instance
