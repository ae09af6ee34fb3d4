#include "transfer/transfer.hpp"

#include "model/ids.hpp"
#include "strategies/totp.hpp"
#include "transfer/json_items.hpp"
#include "transfer/user_csv.hpp"
#include "transfer/user_record.hpp"

#include <boost/json/serialize.hpp>

#include <algorithm>
#include <memory>
#include <optional>
#include <set>
#include <string_view>
#include <utility>
#include <vector>

namespace clerk::instance::transfer {
namespace {

constexpr std::size_t batchSize = 200;
constexpr std::int64_t pageSize = 500;

std::string spoken(const Failure& failure) {
  const auto& error = failure.first();
  return error.paramName.empty() ? error.longMessage : error.paramName + ": " + error.longMessage;
}

/// One user of the file: his object, or why there is none.
struct Item {
  std::int64_t line = 0;
  boost::json::object object;
  std::string why;
};

/// What gives the users of a file one after another.
using Source = std::function<std::optional<Item>()>;

Source csvSource(std::istream& file) {
  auto reader = std::make_shared<CsvReader>(file);
  const auto heading = reader->next();
  if (!heading) return [] { return std::optional<Item>(); };
  return [reader, columns = CsvColumns(*heading)]() -> std::optional<Item> {
    const auto row = reader->next();
    if (!row) return std::nullopt;
    Item item{.line = row->line, .object = {}, .why = {}};
    item.object = columns.toJson(*row, item.why);
    return item;
  };
}

Source jsonSource(std::istream& file) {
  return [reader = std::make_shared<JsonItemReader>(file)]() -> std::optional<Item> {
    auto item = reader->next();
    if (!item) return std::nullopt;
    return Item{.line = item->line, .object = std::move(item->object), .why = {}};
  };
}

class Importer {
 public:
  Importer(Core& core, const ImportJob& job) : core_(core), job_(job) {}

  ImportCounts run(const Source& source) {
    try {
      while (auto item = source()) take(*item);
    } catch (...) {
      flush();  // what could be read is there when the file is mended
      throw;
    }
    flush();
    return std::move(counts_);
  }

 private:
  struct Pending {
    std::int64_t line;
    UserRecord record;
  };

  void take(const Item& item) {
    if (++read_ % 10'000 == 0) job_.progress(read_);
    if (!item.why.empty()) return refuse(item.line, item.why);
    auto record = readUser(item.object,
                           {.maxMetadataBytes = core_.settings().maxMetadataBytes,
                            .withoutUnknownPasswords = job_.withoutUnknownPasswords},
                           core_.random(), core_.now());
    if (!record) return refuse(item.line, spoken(record.error()));
    batch_.push_back({item.line, *std::move(record)});
    if (batch_.size() == batchSize) flush();
  }

  void refuse(std::int64_t line, const std::string& why) {
    ++counts_.refused;
    job_.refused(line, why);
  }

  void flush() {
    if (batch_.empty()) return;
    if (job_.dryRun) {
      for (const auto& each : batch_) judge(each);
    } else {
      writeBatch();
    }
    batch_.clear();
  }

  /// In one transaction; where one user makes the database refuse it, each by himself.
  void writeBatch() {
    std::vector<std::string> outcomes(batch_.size());
    try {
      core_.store().writeNow([&](Transaction& tx) {
        for (std::size_t i = 0; i < batch_.size(); ++i) outcomes[i] = insert(tx, batch_[i].record);
      });
    } catch (const StoreError& error) {
      if (error.reason() != StoreError::Reason::Failed) throw;
      for (std::size_t i = 0; i < batch_.size(); ++i) outcomes[i] = writeAlone(batch_[i].record);
    }
    for (std::size_t i = 0; i < batch_.size(); ++i) count(batch_[i], outcomes[i]);
  }

  std::string writeAlone(const UserRecord& record) {
    std::string outcome;
    try {
      core_.store().writeNow([&](Transaction& tx) { outcome = insert(tx, record); });
    } catch (const StoreError& error) {
      if (error.reason() != StoreError::Reason::Failed) throw;
      return "id: an id of an address or a number is another one's";
    }
    return outcome;
  }

  /// What insert() says of one who is there already.
  static constexpr std::string_view thereAlready = "=";

  /// Why he is refused; empty when he is written.
  std::string insert(Transaction& tx, const UserRecord& record) {
    if (tx.users().exists(record.user.id)) return std::string(thereAlready);
    if (!tx.users().insert(record.user)) return conflictOf(tx, record.user);
    if (const auto secret = base32Decode(record.totpSecret); secret && !secret->empty()) {
      const Time now = core_.now();
      tx.totpSecrets().put(record.user.id, {.id = newId(id::totp, now, core_.random()),
                                            .secret = sealTotpSecret(core_.digest(), *secret, record.user.id),
                                            .verified = true,
                                            .createdAt = now,
                                            .updatedAt = now});
    }
    return {};
  }

  static std::string conflictOf(const Transaction& tx, const User& user) {
    if (user.username && tx.users().isUsernameTaken(*user.username)) return "username: is another user's";
    if (user.externalId && tx.users().isExternalIdTaken(*user.externalId)) return "external_id: is another user's";
    for (const auto& email : user.emailAddresses) {
      if (tx.users().isEmailAddressClaimed(email.emailAddress)) return "email_addresses: one is another user's";
    }
    return "an address, number or account is another user's, or stands there twice";
  }

  void judge(const Pending& pending) {
    const auto& user = pending.record.user;
    std::string outcome;
    core_.store().readNow([&](const Transaction& tx) {
      if (tx.users().exists(user.id) || !seen_.insert(user.id).second) {
        outcome = thereAlready;
      } else if ((user.username && tx.users().isUsernameTaken(*user.username)) ||
                 (user.externalId && tx.users().isExternalIdTaken(*user.externalId)) ||
                 std::ranges::any_of(user.emailAddresses, [&](const auto& email) {
                   return tx.users().isEmailAddressClaimed(email.emailAddress);
                 })) {
        outcome = conflictOf(tx, user);
      }
    });
    count(pending, outcome);
  }

  void count(const Pending& pending, const std::string& outcome) {
    if (outcome == thereAlready) {
      ++counts_.kept;
    } else if (!outcome.empty()) {
      refuse(pending.line, outcome);
    } else {
      ++counts_.imported;
      const std::set<std::string> notes(pending.record.notes.begin(), pending.record.notes.end());
      for (const auto& note : notes) ++counts_.notes[note];
    }
  }

  Core& core_;
  const ImportJob& job_;
  ImportCounts counts_;
  std::int64_t read_ = 0;
  std::vector<Pending> batch_;
  std::set<std::string> seen_;
};

UserRecord recordOf(Core& core, const Transaction& tx, User user) {
  UserRecord record{.user = std::move(user), .totpSecret = {}, .notes = {}};
  if (!record.user.totpEnabled) return record;
  if (const auto stored = tx.totpSecrets().find(record.user.id)) {
    if (const auto secret = unsealTotpSecret(core.digest(), stored->secret, record.user.id)) {
      record.totpSecret = base32Encode(*secret);
    }
  }
  return record;
}

}  // namespace

ImportCounts importUsers(Core& core, std::istream& file, const ImportJob& job) {
  return Importer(core, job).run(job.format == Format::Csv ? csvSource(file) : jsonSource(file));
}

ExportCounts exportUsers(Core& core, std::ostream& file, Format format, bool secrets) {
  ExportCounts counts;
  const auto write = [&](const UserRecord& record) {
    const auto json = userJson(record, secrets);
    std::vector<std::string> lost;
    if (format == Format::Csv) {
      file << csvRow(json, secrets, lost) << '\n';
    } else {
      file << (counts.exported > 0 ? ",\n" : "\n") << boost::json::serialize(json);
    }
    if (record.user.backupCodeEnabled) lost.emplace_back("backup codes stay: only their digests are known");
    for (const auto& what : lost) ++counts.notes[what];
    ++counts.exported;
  };
  file << (format == Format::Csv ? csvHeading(secrets) + "\n" : "[");
  core.store().readNow([&](const Transaction& tx) {
    UserListRequest page{.filter = {}, .orderBy = UserOrder::CreatedAt, .descending = false, .limit = pageSize};
    while (true) {
      auto users = tx.users().list(page);
      if (users.empty()) return;
      page.startingAfter = users.back().id;
      for (auto& user : users) write(recordOf(core, tx, std::move(user)));
    }
  });
  if (format == Format::Json) file << "\n]\n";
  return counts;
}

}  // namespace clerk::instance::transfer
