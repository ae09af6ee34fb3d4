#include "strategies/password.hpp"

#include "model/errors.hpp"
#include "strategies/breached_passwords.hpp"
#include "strategies/common_passwords.hpp"

#include <crypto/digest.hpp>

#include <crypt.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <stdexcept>

namespace clerk::instance {
namespace {

/// bcrypt looks at 72 bytes and ends at a zero byte: longer or cut passwords would match their beginnings.
constexpr std::size_t bcryptBytes = 72;
constexpr std::string_view bcryptHasher = "bcrypt";

bool isHashable(std::string_view password) noexcept {
  return password.size() <= bcryptBytes && password.find('\0') == std::string_view::npos;
}

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
  if (password.size() > bcryptBytes) return errors::formPasswordSizeInBytesExceeded(param);
  if (!isHashable(password)) return errors::formParamFormatInvalid(param, "Passwords must not contain a zero byte.");

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
  if (breached || isCommonPassword(password)) return errors::formPasswordPwned(param);
  return std::nullopt;
}

bool isKnownPasswordHasher(std::string_view hasher) noexcept { return hasher == bcryptHasher; }

bool isWellFormed(const PasswordDigest& digest) {
  const auto& text = digest.digest;
  if (!isKnownPasswordHasher(digest.hasher) || text.size() != 60) return false;
  const auto isDigit = [](char c) { return c >= '0' && c <= '9'; };
  if (!(text.starts_with("$2a$") || text.starts_with("$2b$") || text.starts_with("$2y$"))) return false;
  if (!isDigit(text[4]) || !isDigit(text[5]) || text[6] != '$') return false;
  const int cost = (text[4] - '0') * 10 + (text[5] - '0');
  // Above 20 one guess takes a minute: a way to burn CPU.
  if (cost < 4 || cost > 20) return false;
  return std::ranges::all_of(std::string_view(text).substr(7), [](char c) {
    return std::isalnum(static_cast<unsigned char>(c)) || c == '.' || c == '/';
  });
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
    return isHashable(password) ? bcrypt(password, setting) : std::nullopt;
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
  const bool comparable = digest && isKnownPasswordHasher(digest->hasher) && isHashable(password);
  auto work = [expected = comparable ? digest->digest : decoy_.digest, password = std::move(password), comparable,
               stillAllowed = std::move(stillAllowed)] {
    if (stillAllowed && !stillAllowed()) return Verdict::NotTried;
    const auto computed = bcrypt(password, expected);
    const bool equal = computed && crypto::constantTimeEquals(*computed, expected);
    return comparable && equal ? Verdict::Right : Verdict::Wrong;
  };
  co_return co_await threads_.run(std::move(work));
}

}  // namespace clerk::instance
