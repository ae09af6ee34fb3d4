#include "schema/rules.hpp"

#include <ecmascript/json_text.hpp>
#include <ecmascript/text.hpp>

namespace fastify::schema {
namespace {

class LengthRule final : public PlainRule {
 public:
  LengthRule(Site site, Bound bound, const Json& limit)
      : PlainRule(site.keyword, std::move(site.path), site.mode,
                  std::string("must NOT have ") + (bound == Bound::Maximum ? "more" : "fewer") + " than " +
                      ecmascript::stringify(limit) + " characters",
                  {{"limit", limit}}),
        bound_(bound),
        limit_(numberOf(limit)) {}

  bool check(Json& data, const Place& place, Run& run) const override {
    const auto length = static_cast<double>(ecmascript::codePointLength(data.get_string()));
    return (bound_ == Bound::Maximum ? length <= limit_ : length >= limit_) || fail(place, run);
  }

 private:
  Bound bound_;
  double limit_;
};

class PatternRule final : public PlainRule {
 public:
  PatternRule(Site site, RegexPointer pattern)
      : PlainRule(site.keyword, std::move(site.path), site.mode, "must match pattern \"" + pattern->pattern() + "\"",
                  {{"pattern", pattern->pattern()}}),
        pattern_(std::move(pattern)) {}

  bool check(Json& data, const Place& place, Run& run) const override {
    return pattern_->matches(data.get_string()) || fail(place, run);
  }

 private:
  RegexPointer pattern_;
};

class TextFormatRule final : public PlainRule {
 public:
  TextFormatRule(Site site, std::string name, std::function<bool(std::string_view)> check)
      : PlainRule(site.keyword, std::move(site.path), site.mode, "must match format \"" + name + "\"",
                  {{"format", name}}),
        check_(std::move(check)) {}

  bool check(Json& data, const Place& place, Run& run) const override {
    return check_(data.get_string()) || fail(place, run);
  }

 private:
  std::function<bool(std::string_view)> check_;
};

}  // namespace

RulePointer lengthRule(Site site, Bound bound, const Json& limit) {
  return std::make_unique<LengthRule>(std::move(site), bound, limit);
}
RulePointer patternRule(Site site, RegexPointer pattern) {
  return std::make_unique<PatternRule>(std::move(site), std::move(pattern));
}
RulePointer textFormatRule(Site site, std::string name, std::function<bool(std::string_view)> check) {
  return std::make_unique<TextFormatRule>(std::move(site), std::move(name), std::move(check));
}

}  // namespace fastify::schema
