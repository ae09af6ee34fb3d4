#include "schema/rules.hpp"

#include <ecmascript/json_text.hpp>

#include <cmath>

namespace fastify::schema {
namespace {

class LimitRule final : public PlainRule {
 public:
  LimitRule(Site site, Comparison comparison, const Json& limit, std::string_view sign)
      : PlainRule(site.keyword, std::move(site.path), site.mode,
                  "must be " + std::string(sign) + " " + ecmascript::stringify(limit),
                  {{"comparison", sign}, {"limit", limit}}),
        comparison_(comparison),
        limit_(numberOf(limit)) {}

  bool check(Json& data, const Place& place, Run& run) const override {
    return holds(numberOf(data)) || fail(place, run);
  }

 private:
  bool holds(double number) const noexcept {
    switch (comparison_) {
      case Comparison::AtMost: return number <= limit_;
      case Comparison::AtLeast: return number >= limit_;
      case Comparison::Below: return number < limit_;
      case Comparison::Above: return number > limit_;
    }
    return false;
  }

  Comparison comparison_;
  double limit_;
};

class MultipleOfRule final : public PlainRule {
 public:
  MultipleOfRule(Site site, const Json& divisor)
      : PlainRule(site.keyword, std::move(site.path), site.mode,
                  "must be multiple of " + ecmascript::stringify(divisor), {{"multipleOf", divisor}}),
        divisor_(numberOf(divisor)) {}

  bool check(Json& data, const Place& place, Run& run) const override {
    // Ajv compares the quotient with parseInt of its text, which ends at the exponent of a large number.
    constexpr double firstWithExponent = 1e21;
    const double quotient = numberOf(data) / divisor_;
    const bool whole = std::isfinite(quotient) && std::trunc(quotient) == quotient;
    return (whole && std::abs(quotient) < firstWithExponent) || fail(place, run);
  }

 private:
  double divisor_;
};

class NumberFormatRule final : public PlainRule {
 public:
  NumberFormatRule(Site site, std::string name, bool (*check)(double))
      : PlainRule(site.keyword, std::move(site.path), site.mode, "must match format \"" + name + "\"",
                  {{"format", name}}),
        check_(check) {}

  bool check(Json& data, const Place& place, Run& run) const override {
    return check_(numberOf(data)) || fail(place, run);
  }

 private:
  bool (*check_)(double);
};

}  // namespace

RulePointer limitRule(Site site, Comparison comparison, const Json& limit) {
  constexpr std::string_view signs[] = {"<=", ">=", "<", ">"};
  return std::make_unique<LimitRule>(std::move(site), comparison, limit, signs[static_cast<int>(comparison)]);
}
RulePointer multipleOfRule(Site site, const Json& divisor) {
  return std::make_unique<MultipleOfRule>(std::move(site), divisor);
}
RulePointer numberFormatRule(Site site, std::string name, bool (*check)(double)) {
  return std::make_unique<NumberFormatRule>(std::move(site), std::move(name), check);
}

}  // namespace fastify::schema
