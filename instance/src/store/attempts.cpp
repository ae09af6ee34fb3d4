#include "store/attempts.hpp"

#include "store/stored_factors.hpp"
#include "store/stored_json.hpp"
#include "store/verification_row.hpp"
#include "store/verifications.hpp"

namespace clerk::instance {
namespace {

std::optional<Verification> verificationOf(const Verifications& verifications, const std::optional<std::string>& id) {
  return id ? verifications.find(*id) : std::nullopt;
}

sql::Value idOf(const std::optional<Verification>& verification) {
  return verification ? sql::Value(verification->id) : sql::Value(nullptr);
}

std::optional<std::string> accountOf(const SignUp& signUp) {
  return signUp.externalAccount ? std::optional(storedExternalAccount(*signUp.externalAccount)) : std::nullopt;
}

/// Takes the verifications of old attempts away, column by column.
constexpr const char* signInVerifications[] = {
    "delete from verifications where id in (select first_factor_verification_id from sign_ins where abandon_at < $1 "
    "order by abandon_at limit $2)",
    "delete from verifications where id in (select second_factor_verification_id from sign_ins where abandon_at < $1 "
    "order by abandon_at limit $2)",
};
constexpr const char* signUpVerifications[] = {
    "delete from verifications where id in (select email_address_verification_id from sign_ups where abandon_at < $1 "
    "order by abandon_at limit $2)",
    "delete from verifications where id in (select phone_number_verification_id from sign_ups where abandon_at < $1 "
    "order by abandon_at limit $2)",
    "delete from verifications where id in (select external_account_verification_id from sign_ups where abandon_at < "
    "$1 order by abandon_at limit $2)",
};

}  // namespace

std::optional<SignIn> SignIns::find(std::string_view id) const {
  SignIn signIn;
  std::optional<std::string> first;
  std::optional<std::string> second;
  {
    auto rows = sql_.query(
        "select id, client_id, status, identifier, user_id, first_factor_verification_id, "
        "second_factor_verification_id, created_session_id, abandon_at, created_at, updated_at from sign_ins where id "
        "= $1",
        {id});
    if (!rows.next()) return std::nullopt;
    signIn.id = rows.string(0);
    signIn.clientId = rows.string(1);
    signIn.status = signInStatusOf(rows.text(2)).value_or(SignInStatus::Abandoned);
    signIn.identifier = rows.optionalString(3);
    signIn.userId = rows.optionalString(4);
    first = rows.optionalString(5);
    second = rows.optionalString(6);
    signIn.createdSessionId = rows.optionalString(7);
    signIn.abandonAt = rows.time(8);
    signIn.createdAt = rows.time(9);
    signIn.updatedAt = rows.time(10);
  }
  const Verifications verifications(sql_);
  signIn.firstFactorVerification = verificationOf(verifications, first);
  signIn.secondFactorVerification = verificationOf(verifications, second);
  return signIn;
}

void SignIns::insert(const SignIn& signIn) {
  sql_.execute(
      "insert into sign_ins (id, client_id, status, identifier, user_id, first_factor_verification_id, "
      "second_factor_verification_id, created_session_id, abandon_at, created_at, updated_at) "
      "values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
      {signIn.id, signIn.clientId, nameOf(signIn.status), signIn.identifier, signIn.userId,
       idOf(signIn.firstFactorVerification), idOf(signIn.secondFactorVerification), signIn.createdSessionId,
       signIn.abandonAt, signIn.createdAt, signIn.updatedAt});
}

void SignIns::setFirstFactor(std::string_view id, std::string_view verificationId, Time now) {
  sql_.execute(
      "delete from verifications where id = (select first_factor_verification_id from sign_ins where id = $1) and id "
      "<> $2",
      {id, verificationId});
  sql_.execute("update sign_ins set first_factor_verification_id = $2, updated_at = $3 where id = $1",
               {id, verificationId, now});
}

void SignIns::setSecondFactor(std::string_view id, std::string_view verificationId, Time now) {
  sql_.execute(
      "delete from verifications where id = (select second_factor_verification_id from sign_ins where id = $1) and id "
      "<> $2",
      {id, verificationId});
  sql_.execute("update sign_ins set second_factor_verification_id = $2, updated_at = $3 where id = $1",
               {id, verificationId, now});
}

void SignIns::identify(std::string_view id, std::string_view userId, Time now) {
  sql_.execute("update sign_ins set user_id = $2, updated_at = $3 where id = $1", {id, userId, now});
}

bool SignIns::advance(std::string_view id, SignInStatus from, SignInStatus to, Time now) {
  return sql_.execute("update sign_ins set status = $3, updated_at = $4 where id = $1 and status = $2",
                      {id, nameOf(from), nameOf(to), now}) > 0;
}

bool SignIns::complete(std::string_view id, SignInStatus from, std::string_view sessionId, Time now) {
  return sql_.execute(
             "update sign_ins set status = 'complete', created_session_id = $3, updated_at = $4 where id = $1 and "
             "status = $2",
             {id, nameOf(from), sessionId, now}) > 0;
}

std::int64_t SignIns::eraseAbandoned(Time before, std::int64_t limit) {
  for (const auto* statement : signInVerifications) sql_.execute(statement, {before, limit});
  return sql_.execute(
      "delete from sign_ins where id in (select id from sign_ins where abandon_at < $1 order by abandon_at limit $2)",
      {before, limit});
}

std::optional<SignUp> SignUps::find(std::string_view id) const {
  SignUp signUp;
  std::optional<std::string> email;
  std::optional<std::string> phone;
  std::optional<std::string> external;
  {
    auto rows = sql_.query(
        "select id, client_id, status, email_address, phone_number, username, web3_wallet, first_name, last_name, "
        "locale, "
        "password_hasher, password_digest, unsafe_metadata, public_metadata, external_id, legal_accepted_at, "
        "email_address_verification_id, external_account_verification_id, created_session_id, created_user_id, "
        "abandon_at, created_at, updated_at, phone_number_verification_id, external_account, invitation_id, "
        "custom_action from sign_ups where id = $1",
        {id});
    if (!rows.next()) return std::nullopt;
    signUp.id = rows.string(0);
    signUp.clientId = rows.string(1);
    signUp.status = signUpStatusOf(rows.text(2)).value_or(SignUpStatus::Abandoned);
    signUp.emailAddress = rows.optionalString(3);
    signUp.phoneNumber = rows.optionalString(4);
    signUp.username = rows.optionalString(5);
    signUp.web3Wallet = rows.optionalString(6);
    signUp.firstName = rows.optionalString(7);
    signUp.lastName = rows.optionalString(8);
    signUp.locale = rows.optionalString(9);
    if (!rows.isNull(10)) signUp.password = PasswordDigest{rows.string(10), rows.string(11)};
    signUp.unsafeMetadata = storedObject(rows.text(12));
    signUp.publicMetadata = storedObject(rows.text(13));
    signUp.externalId = rows.optionalString(14);
    signUp.legalAcceptedAt = rows.optionalTime(15);
    email = rows.optionalString(16);
    external = rows.optionalString(17);
    signUp.createdSessionId = rows.optionalString(18);
    signUp.createdUserId = rows.optionalString(19);
    signUp.abandonAt = rows.time(20);
    signUp.createdAt = rows.time(21);
    signUp.updatedAt = rows.time(22);
    phone = rows.optionalString(23);
    if (!rows.isNull(24)) signUp.externalAccount = readExternalAccount(rows.text(24));
    signUp.invitationId = rows.optionalString(25);
    signUp.customAction = rows.boolean(26);
  }
  const Verifications verifications(sql_);
  signUp.emailAddressVerification = verificationOf(verifications, email);
  signUp.phoneNumberVerification = verificationOf(verifications, phone);
  signUp.externalAccountVerification = verificationOf(verifications, external);
  return signUp;
}

void SignUps::insert(const SignUp& signUp) {
  const auto account = accountOf(signUp);
  sql_.execute(
      "insert into sign_ups (id, client_id, status, email_address, phone_number, username, web3_wallet, first_name, "
      "last_name, locale, password_hasher, password_digest, unsafe_metadata, public_metadata, external_id, "
      "legal_accepted_at, email_address_verification_id, external_account_verification_id, created_session_id, "
      "created_user_id, abandon_at, created_at, updated_at, phone_number_verification_id, external_account, "
      "invitation_id, custom_action) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, "
      "$17, $18, $19, "
      "$20, $21, $22, $23, $24, $25, $26, $27)",
      {signUp.id,
       signUp.clientId,
       nameOf(signUp.status),
       signUp.emailAddress,
       signUp.phoneNumber,
       signUp.username,
       signUp.web3Wallet,
       signUp.firstName,
       signUp.lastName,
       signUp.locale,
       signUp.password ? sql::Value(signUp.password->hasher) : nullptr,
       signUp.password ? sql::Value(signUp.password->digest) : nullptr,
       storedText(signUp.unsafeMetadata),
       storedText(signUp.publicMetadata),
       signUp.externalId,
       signUp.legalAcceptedAt,
       idOf(signUp.emailAddressVerification),
       idOf(signUp.externalAccountVerification),
       signUp.createdSessionId,
       signUp.createdUserId,
       signUp.abandonAt,
       signUp.createdAt,
       signUp.updatedAt,
       idOf(signUp.phoneNumberVerification),
       account ? sql::Value(*account) : nullptr,
       signUp.invitationId,
       signUp.customAction});
}

bool SignUps::update(const SignUp& signUp) {
  const auto account = accountOf(signUp);
  return sql_.execute(
             "update sign_ups set email_address = $2, phone_number = $3, username = $4, web3_wallet = $5, first_name = "
             "$6, "
             "last_name = $7, locale = $8, password_hasher = $9, password_digest = $10, unsafe_metadata = $11, "
             "public_metadata = $12, external_id = $13, legal_accepted_at = $14, email_address_verification_id = $15, "
             "external_account_verification_id = $16, updated_at = $17, phone_number_verification_id = $18, "
             "external_account = $19, invitation_id = $20, custom_action = $21 where id = $1 and status <> 'complete'",
             {signUp.id,
              signUp.emailAddress,
              signUp.phoneNumber,
              signUp.username,
              signUp.web3Wallet,
              signUp.firstName,
              signUp.lastName,
              signUp.locale,
              signUp.password ? sql::Value(signUp.password->hasher) : nullptr,
              signUp.password ? sql::Value(signUp.password->digest) : nullptr,
              storedText(signUp.unsafeMetadata),
              storedText(signUp.publicMetadata),
              signUp.externalId,
              signUp.legalAcceptedAt,
              idOf(signUp.emailAddressVerification),
              idOf(signUp.externalAccountVerification),
              signUp.updatedAt,
              idOf(signUp.phoneNumberVerification),
              account ? sql::Value(*account) : nullptr,
              signUp.invitationId,
              signUp.customAction}) > 0;
}

bool SignUps::complete(std::string_view id, std::string_view userId, std::string_view sessionId, Time now) {
  return sql_.execute(
             "update sign_ups set status = 'complete', created_user_id = $2, created_session_id = $3, updated_at = $4 "
             "where id = $1 and status <> 'complete'",
             {id, userId, sessionId, now}) > 0;
}

std::int64_t SignUps::eraseAbandoned(Time before, std::int64_t limit) {
  for (const auto* statement : signUpVerifications) sql_.execute(statement, {before, limit});
  return sql_.execute(
      "delete from sign_ups where id in (select id from sign_ups where abandon_at < $1 order by abandon_at limit $2)",
      {before, limit});
}

}  // namespace clerk::instance
