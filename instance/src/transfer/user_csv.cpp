#include "transfer/user_csv.hpp"

#include "flows/normal_form.hpp"
#include "transfer/transfer_error.hpp"

#include <boost/json/array.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <optional>
#include <set>
#include <utility>

namespace clerk::instance::transfer {
namespace {

using Json = boost::json::value;
using JsonArray = boost::json::array;
using JsonObject = boost::json::object;

enum class Kind {
  Text,
  Secret,
  Truth,
  Time,
  Number,
  Object,
  PrimaryEmail,
  PrimaryPhone,
  VerifiedEmails,
  UnverifiedEmails,
  VerifiedPhones,
  UnverifiedPhones,
};

struct Column {
  std::string_view name;
  Kind kind;
  bool written = true;  ///< false: read alone, from older exports
};

constexpr Column columns[] = {
    {"id", Kind::Text},
    {"first_name", Kind::Text},
    {"last_name", Kind::Text},
    {"username", Kind::Text},
    {"primary_email_address", Kind::PrimaryEmail},
    {"primary_phone_number", Kind::PrimaryPhone},
    {"verified_email_addresses", Kind::VerifiedEmails},
    {"unverified_email_addresses", Kind::UnverifiedEmails},
    {"verified_phone_numbers", Kind::VerifiedPhones},
    {"unverified_phone_numbers", Kind::UnverifiedPhones},
    {"totp_secret", Kind::Secret},
    {"password_digest", Kind::Secret},
    {"password_hasher", Kind::Secret},
    {"external_id", Kind::Text},
    {"locale", Kind::Text},
    {"public_metadata", Kind::Object},
    {"private_metadata", Kind::Object},
    {"unsafe_metadata", Kind::Object},
    {"banned", Kind::Truth},
    {"delete_self_enabled", Kind::Truth},
    {"create_organization_enabled", Kind::Truth},
    {"create_organizations_limit", Kind::Number},
    {"bypass_client_trust", Kind::Truth},
    {"legal_accepted_at", Kind::Time},
    {"last_sign_in_at", Kind::Time},
    {"last_active_at", Kind::Time},
    {"created_at", Kind::Time},
    {"updated_at", Kind::Time},
    {"email_addresses", Kind::VerifiedEmails, false},
    {"phone_numbers", Kind::VerifiedPhones, false},
};

const Column* findColumn(std::string_view name) {
  const auto* found = std::ranges::find(columns, name, &Column::name);
  return found == std::end(columns) ? nullptr : found;
}

std::string_view trimmed(std::string_view text) {
  const auto start = text.find_first_not_of(" \t\r\n");
  if (start == std::string_view::npos) return {};
  return text.substr(start, text.find_last_not_of(" \t\r\n") - start + 1);
}

/// Several addresses in one field: none of these characters is part of one.
constexpr std::string_view separators = "|,; \t\r\n";
std::vector<std::string> listIn(std::string_view text) {
  std::vector<std::string> items;
  while (true) {
    const auto start = text.find_first_not_of(separators);
    if (start == std::string_view::npos) return items;
    const auto end = std::min(text.find_first_of(separators, start), text.size());
    items.emplace_back(text.substr(start, end - start));
    text.remove_prefix(end);
  }
}

std::optional<bool> truthIn(std::string_view text) {
  for (const auto* yes : {"true", "TRUE", "True", "1", "t"}) {
    if (text == yes) return true;
  }
  for (const auto* no : {"false", "FALSE", "False", "0", "f"}) {
    if (text == no) return false;
  }
  return std::nullopt;
}

std::optional<std::int64_t> numberIn(std::string_view text) {
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc() && end == text.data() + text.size() ? std::optional(value) : std::nullopt;
}

/// Milliseconds, or `2024-01-31T13:45:00.123Z` (RFC 3339 in UTC; a blank may stand in place of T).
std::optional<std::int64_t> timeIn(std::string_view text) {
  if (const auto milliseconds = numberIn(text)) return milliseconds;
  constexpr std::string_view pattern = "dddd-dd-ddTdd:dd:dd";
  if (text.size() < pattern.size()) return std::nullopt;
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    const char c = text[i];
    const bool fits = pattern[i] == 'd' ? c >= '0' && c <= '9' : c == pattern[i] || (pattern[i] == 'T' && c == ' ');
    if (!fits) return std::nullopt;
  }
  const auto part = [&](std::size_t at, std::size_t size) {
    return static_cast<int>(*numberIn(text.substr(at, size)));
  };
  const std::chrono::year_month_day date(std::chrono::year(part(0, 4)),
                                         std::chrono::month(static_cast<unsigned>(part(5, 2))),
                                         std::chrono::day(static_cast<unsigned>(part(8, 2))));
  if (!date.ok() || part(11, 2) > 23 || part(14, 2) > 59 || part(17, 2) > 60) return std::nullopt;
  auto rest = text.substr(pattern.size());
  std::int64_t milliseconds = 0;
  if (rest.starts_with('.')) {
    std::int64_t unit = 100;
    for (rest.remove_prefix(1); !rest.empty() && rest[0] >= '0' && rest[0] <= '9'; rest.remove_prefix(1), unit /= 10) {
      milliseconds += (rest[0] - '0') * unit;
    }
  }
  if (!rest.empty() && rest != "Z" && rest != "+00:00" && rest != " UTC" && rest != " +0000 UTC") return std::nullopt;
  const auto time = std::chrono::sys_days(date) + std::chrono::hours(part(11, 2)) + std::chrono::minutes(part(14, 2)) +
                    std::chrono::seconds(part(17, 2)) + std::chrono::milliseconds(milliseconds);
  return std::chrono::duration_cast<std::chrono::milliseconds>(time.time_since_epoch()).count();
}

/// The addresses (or numbers) of one row, in order, each once.
class Identifiers {
 public:
  Identifiers(std::string_view list, std::string_view member, std::string_view primary)
      : list_(list), member_(member), primaryMember_(primary) {}

  void setPrimary(std::string_view value) { primary_ = normalIdentifier(value); }
  void addAll(std::vector<std::string> values, bool verified) {
    for (auto& value : values) {
      value = normalIdentifier(value);
      const bool known = std::ranges::any_of(items_, [&](const Item& item) { return item.value == value; });
      if (!known) items_.push_back({std::move(value), verified});
    }
  }

  void write(JsonObject& user, const std::string& idPrefix) {
    if (!primary_.empty()) {
      // A primary one that no list tells of is verified: Clerk has no others.
      addAll({primary_}, true);
      const auto found = std::ranges::find(items_, primary_, &Item::value);
      std::rotate(items_.begin(), found, found + 1);
    }
    JsonArray list;
    for (std::size_t i = 0; i < items_.size(); ++i) {
      const auto& item = items_[i];
      JsonObject json{{std::string(member_), item.value}};
      // Stable, so that an import that is repeated gives the same.
      if (!idPrefix.empty()) json["id"] = idPrefix + std::to_string(i);
      if (item.verified) json["verification"] = JsonObject{{"status", "verified"}, {"strategy", "admin"}};
      if (item.value == primary_) user[primaryMember_] = json.contains("id") ? json["id"] : Json();
      list.push_back(std::move(json));
    }
    user[list_] = std::move(list);
  }

 private:
  struct Item {
    std::string value;
    bool verified;
  };
  std::string_view list_;
  std::string_view member_;
  std::string_view primaryMember_;
  std::string primary_;
  std::vector<Item> items_;
};

std::string textIn(const JsonObject& object, std::string_view member) {
  const auto* value = object.if_contains(member);
  return value && value->is_string() ? std::string(value->get_string()) : std::string();
}

const JsonArray& arrayIn(const JsonObject& object, std::string_view member) {
  static const JsonArray none;
  const auto* value = object.if_contains(member);
  return value && value->is_array() ? value->get_array() : none;
}

std::string joined(const JsonArray& items, std::string_view member, bool verified) {
  std::string text;
  for (const auto& item : items) {
    const bool isVerified = !item.as_object().at("verification").is_null();
    if (isVerified != verified) continue;
    if (!text.empty()) text += '|';
    text += textIn(item.as_object(), member);
  }
  return text;
}

std::string primaryOf(const JsonObject& user, std::string_view list, std::string_view member,
                      std::string_view primary) {
  const auto id = textIn(user, primary);
  for (const auto& item : arrayIn(user, list)) {
    if (!id.empty() && textIn(item.as_object(), "id") == id) return textIn(item.as_object(), member);
  }
  return {};
}

std::string fieldOf(const JsonObject& user, const Column& column) {
  switch (column.kind) {
    case Kind::PrimaryEmail: return primaryOf(user, "email_addresses", "email_address", "primary_email_address_id");
    case Kind::PrimaryPhone: return primaryOf(user, "phone_numbers", "phone_number", "primary_phone_number_id");
    case Kind::VerifiedEmails: return joined(arrayIn(user, "email_addresses"), "email_address", true);
    case Kind::UnverifiedEmails: return joined(arrayIn(user, "email_addresses"), "email_address", false);
    case Kind::VerifiedPhones: return joined(arrayIn(user, "phone_numbers"), "phone_number", true);
    case Kind::UnverifiedPhones: return joined(arrayIn(user, "phone_numbers"), "phone_number", false);
    default: break;
  }
  const auto* value = user.if_contains(column.name);
  if (!value || value->is_null()) return {};
  return value->is_string() ? std::string(value->get_string()) : boost::json::serialize(*value);
}

bool isWritten(const Column& column, bool secrets) {
  return column.written && (secrets || column.kind != Kind::Secret);
}

}  // namespace

CsvColumns::CsvColumns(const CsvRow& heading) {
  std::set<std::string> seen;
  for (const auto& field : heading.fields) {
    std::string name(trimmed(field));
    if (!findColumn(name)) throw TransferError(heading.line, "there is no column \"" + name.substr(0, 100) + "\"");
    if (!seen.insert(name).second) throw TransferError(heading.line, "the column " + name + " stands there twice");
    names_.push_back(std::move(name));
  }
  if (!seen.contains("id")) throw TransferError(heading.line, "there is no column id");
}

JsonObject CsvColumns::toJson(const CsvRow& row, std::string& why) const {
  JsonObject user;
  if (row.fields.size() != names_.size()) {
    why = "has " + std::to_string(row.fields.size()) + " fields, the heading " + std::to_string(names_.size());
    return user;
  }
  Identifiers emails("email_addresses", "email_address", "primary_email_address_id");
  Identifiers phones("phone_numbers", "phone_number", "primary_phone_number_id");
  const auto put = [&](const std::string& name, const std::optional<Json>& value, const char* form) {
    if (value) {
      user[name] = *value;
    } else {
      why = name + " must be " + form;
    }
  };
  const auto asJson = [](const auto& value) { return value ? std::optional<Json>(*value) : std::nullopt; };
  for (std::size_t i = 0; i < names_.size(); ++i) {
    const auto& name = names_[i];
    const auto field = trimmed(row.fields[i]);
    if (field.empty()) continue;
    switch (findColumn(name)->kind) {
      case Kind::Text:
      case Kind::Secret: user[name] = field; break;
      case Kind::Truth: put(name, asJson(truthIn(field)), "true or false"); break;
      case Kind::Number: put(name, asJson(numberIn(field)), "a number"); break;
      case Kind::Time: put(name, asJson(timeIn(field)), "a time: milliseconds, or 2024-01-31T13:45:00Z"); break;
      case Kind::Object: {
        boost::system::error_code failed;
        auto value = boost::json::parse(field, failed);
        put(name, failed || !value.is_object() ? std::nullopt : std::optional(std::move(value)), "a JSON object");
        break;
      }
      case Kind::PrimaryEmail: emails.setPrimary(field); break;
      case Kind::PrimaryPhone: phones.setPrimary(field); break;
      case Kind::VerifiedEmails: emails.addAll(listIn(field), true); break;
      case Kind::UnverifiedEmails: emails.addAll(listIn(field), false); break;
      case Kind::VerifiedPhones: phones.addAll(listIn(field), true); break;
      case Kind::UnverifiedPhones: phones.addAll(listIn(field), false); break;
    }
  }
  // Clerk's file has no ids of addresses: they follow from the user's, so that a second import makes no others.
  const auto id = textIn(user, "id");
  const auto own = id.starts_with("user_") ? id.substr(5) : id;
  emails.write(user, "idn_" + own + "e");
  phones.write(user, "idn_" + own + "p");
  return user;
}

std::string csvHeading(bool secrets) {
  std::string line;
  for (const auto& column : columns) {
    if (!isWritten(column, secrets)) continue;
    if (!line.empty()) line += ',';
    line += column.name;
  }
  return line;
}

std::string csvRow(const JsonObject& user, bool secrets, std::vector<std::string>& lost) {
  std::string line;
  bool first = true;
  for (const auto& column : columns) {
    if (!isWritten(column, secrets)) continue;
    if (!std::exchange(first, false)) line += ',';
    line += csvField(fieldOf(user, column));
  }
  for (const auto* name : {"external_accounts", "passkeys"}) {
    if (!arrayIn(user, name).empty()) lost.push_back(std::string(name) + " have no column: use JSON");
  }
  for (const auto* name : {"locked_at", "image_url"}) {
    const auto* value = user.if_contains(name);
    const bool says = value && !value->is_null() && !(value->is_string() && value->get_string().empty());
    if (says) lost.push_back(std::string(name) + " has no column: use JSON");
  }
  return line;
}

}  // namespace clerk::instance::transfer
