#include "flows/sign_up/sign_up_record.hpp"

#include "model/errors.hpp"

namespace clerk::instance {

async::Task<Outcome<SignUp>> getSignUpRecord(Core& core, std::string signUpId) {
  auto signUp = co_await core.store().read([&](const Transaction& tx) { return tx.signUps().find(signUpId); });
  if (!signUp) co_return Failure(errors::signUpNotFound(signUpId));
  co_return *std::move(signUp);
}

async::Task<Outcome<SignUp>> updateSignUpRecord(Core& core, std::string signUpId, SignUpRecordChanges changes) {
  co_return co_await core.store().transact([&](Transaction& tx) -> Outcome<SignUp> {
    auto signUp = tx.signUps().find(signUpId);
    if (!signUp) return Failure(errors::signUpNotFound(signUpId));
    if (const auto& externalId = changes.externalId) {
      if (*externalId && tx.users().isExternalIdTaken(**externalId)) {
        return Failure(errors::formIdentifierExists("external_id"));
      }
      signUp->externalId = *externalId;
    }
    if (changes.customAction) signUp->customAction = *changes.customAction;
    signUp->updatedAt = core.now();
    tx.signUps().update(*signUp);
    return *tx.signUps().find(signUpId);
  });
}

}  // namespace clerk::instance
