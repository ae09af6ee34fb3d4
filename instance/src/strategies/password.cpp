#include "strategies/password.hpp"

#include "model/errors.hpp"
#include "strategies/breached_passwords.hpp"
#include "strategies/common_passwords.hpp"
#include "strategies/password_digest.hpp"

#include <crypt.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <stdexcept>

namespace clerk::instance {
namespace {

constexpr std::string_view bcryptHasher = "bcrypt";
/// What bcrypt takes.
constexpr std::size_t longestInBytes = 72;

std::size_t codePoints(std::string_view text) noexcept {
  return static_cast<std::size_t>(
      std::ranges::count_if(text, [](char c) { return (static_cast<unsigned char>(c) & 0xc0) != 0x80; }));
}

bool anyOf(std::string_view text, int (*isOfKind)(int)) noexcept {
  return std::ranges::any_of(text, [&](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte < 0x80 && isOfKind(byte) != 0;
  });
}

std::string lowerCase(std::string_view text) {
  std::string lower(text);
  std::ranges::transform(lower, lower.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return lower;
}

/// libxcrypt's bcrypt; absent when the setting is malformed.
std::optional<std::string> bcrypt(const std::string& password, const std::string& setting) {
  auto data = std::make_unique<crypt_data>();
  const char* hashed = ::crypt_r(password.c_str(), setting.c_str(), data.get());
  if (!hashed || hashed[0] == '*') return std::nullopt;
  return std::string(hashed);
}

std::string newSetting(int cost, Random& random) {
  std::array<unsigned char, 16> salt{};
  random.fill(salt);
  std::array<char, CRYPT_GENSALT_OUTPUT_SIZE> setting{};
  const char* made =
      ::crypt_gensalt_rn("$2b$", static_cast<unsigned long>(cost), reinterpret_cast<const char*>(salt.data()),
                         static_cast<int>(salt.size()), setting.data(), static_cast<int>(setting.size()));
  if (!made) throw std::runtime_error("bcrypt is not available, or its cost is not between 4 and 31");
  return made;
}

}  // namespace

std::optional<Failure> checkPasswordRules(const PasswordSettings& settings, std::string_view password,
                                          const std::vector<std::string>& identifiers, std::string_view param) {
  const auto length = static_cast<int>(std::min<std::size_t>(codePoints(password), 1'000'000));
  if (length < settings.minLength) return errors::formPasswordLengthTooShort(param, settings.minLength);
  if (length > settings.maxLength) return errors::formPasswordLengthTooLong(param, settings.maxLength);
  if (password.size() > longestInBytes) return errors::formPasswordSizeInBytesExceeded(param);
  if (!fitsBcrypt(password)) return errors::formParamFormatInvalid(param, "Passwords must not contain a zero byte.");

  std::vector<Error> broken;
  if (settings.requireUppercase && !anyOf(password, std::isupper))
    broken.push_back(errors::formPasswordNoUppercase(param));
  if (settings.requireLowercase && !anyOf(password, std::islower))
    broken.push_back(errors::formPasswordNoLowercase(param));
  if (settings.requireNumbers && !anyOf(password, std::isdigit)) broken.push_back(errors::formPasswordNoNumber(param));
  if (settings.requireSpecialChar && !anyOf(password, std::ispunct)) {
    broken.push_back(errors::formPasswordNoSpecialChar(param));
  }
  if (!broken.empty()) return Failure(std::move(broken));

  const auto lower = lowerCase(password);
  if (std::ranges::any_of(identifiers, [&](const auto& identifier) { return lowerCase(identifier) == lower; })) {
    return errors::formPasswordMatchesIdentifier(param);
  }
  const bool breached = settings.breached && settings.breached->contains(password);
  if (settings.refuseBreached && (breached || isCommonPassword(password))) return errors::formPasswordPwned(param);
  return std::nullopt;
}

PasswordHasher::PasswordHasher(const PasswordSettings& settings, Random& random, async::ThreadPool& threads)
    : settings_(settings),
      random_(random),
      threads_(threads),
      // A setting is enough to spend the time that comparing with a digest takes.
      decoy_{std::string(bcryptHasher), newSetting(settings.bcryptCost, random)} {}

async::Task<PasswordDigest> PasswordHasher::hash(std::string password) {
  auto setting = newSetting(settings_.bcryptCost, random_);
  auto digest = co_await threads_.run([password = std::move(password), setting = std::move(setting)] {
    return fitsBcrypt(password) ? bcrypt(password, setting) : std::nullopt;
  });
  if (!digest) throw std::runtime_error("bcrypt refused a password that passed the rules");
  co_return PasswordDigest{std::string(bcryptHasher), *std::move(digest)};
}

bool PasswordHasher::isOutdated(const PasswordDigest& digest) const {
  // A setting begins like all digests that are made with it: `$2b$10$`.
  constexpr std::size_t prefixLength = 7;
  return digest.hasher != bcryptHasher || !digest.digest.starts_with(decoy_.digest.substr(0, prefixLength));
}

async::Task<PasswordHasher::Verdict> PasswordHasher::verify(std::optional<PasswordDigest> digest, std::string password,
                                                            std::function<bool()> stillAllowed) {
  auto work = [digest = std::move(digest), decoy = decoy_.digest, password = std::move(password),
               stillAllowed = std::move(stillAllowed)] {
    if (stillAllowed && !stillAllowed()) return Verdict::NotTried;
    const bool known = digest && matches(*digest, password);
    // Quick digests of other systems, and none at all, take bcrypt's time as well: how long it took tells nobody that
    // an account is there.
    const bool tookItsTime = digest && digest->hasher == bcryptHasher && fitsBcrypt(password);
    if (!tookItsTime) bcrypt(password.substr(0, longestInBytes), decoy);
    return known ? Verdict::Right : Verdict::Wrong;
  };
  co_return co_await threads_.run(std::move(work));
}

}  // namespace clerk::instance
