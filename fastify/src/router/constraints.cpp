#include "constraints.hpp"

#include "expression.hpp"
#include "router.hpp"

#include <re2/re2.h>

#include <array>
#include <charconv>
#include <map>
#include <utility>

namespace fastify::router {
namespace {

namespace json = boost::json;

[[noreturn]] void fail(const std::string& message) { throw RouterError(RouterError::Kind::InvalidConstraint, message); }

class TextStore : public ConstraintStore {
 public:
  void set(const json::value& constraint, RouteMask mask) override {
    if (const auto* text = constraint.if_string()) masks_[std::string(*text)] = mask;
  }
  RouteMask get(std::string_view value) const override {
    const auto found = masks_.find(value);
    return found == masks_.end() ? 0 : found->second;
  }

 private:
  std::map<std::string, RouteMask, std::less<>> masks_;
};

/// "1.2.3", with missing parts as 0.
std::array<unsigned, 3> parseVersion(std::string_view text) {
  std::array<unsigned, 3> parts{};
  for (std::size_t part = 0; part < parts.size(); ++part) {
    const auto dot = text.find('.');
    const auto number = text.substr(0, dot);
    const auto [end, error] = std::from_chars(number.data(), number.data() + number.size(), parts[part]);
    const bool isNumber = error == std::errc() && end == number.data() + number.size();
    if (!isNumber && part == 0) fail("Major version must be a numeric value");
    if (!isNumber) parts[part] = 0;
    if (dot == text.npos) break;
    text.remove_prefix(dot + 1);
  }
  return parts;
}

/// Ranges are entered beside the versions: a request's text is looked up as it is.
class VersionStore : public ConstraintStore {
 public:
  void set(const json::value& constraint, RouteMask mask) override {
    const auto [major, minor, patch] = parseVersion(constraint.as_string());
    const auto majorText = std::to_string(major), minorText = majorText + "." + std::to_string(minor);
    if (major >= highestMajor_) {
      highestMajor_ = major;
      for (const auto* range : {"x", "*", "x.x", "x.x.x"}) masks_[range] = mask;
    }
    if (minor >= highestMinor_[major]) {
      highestMinor_[major] = minor;
      masks_[majorText + ".x"] = masks_[majorText + ".x.x"] = mask;
    }
    if (auto& highest = highestPatch_[{major, minor}]; patch >= highest) {
      highest = patch;
      masks_[minorText + ".x"] = mask;
    }
    masks_[minorText + "." + std::to_string(patch)] = mask;
  }
  RouteMask get(std::string_view value) const override {
    const auto found = masks_.find(value);
    return found == masks_.end() ? 0 : found->second;
  }

 private:
  unsigned highestMajor_ = 0;
  std::map<unsigned, unsigned> highestMinor_;
  std::map<std::pair<unsigned, unsigned>, unsigned> highestPatch_;
  std::map<std::string, RouteMask, std::less<>> masks_;
};

const json::string* patternOf(const json::value& constraint) noexcept {
  const auto* object = constraint.if_object();
  const auto* pattern = object ? object->if_contains("pattern") : nullptr;
  return pattern ? pattern->if_string() : nullptr;
}

class HostStore : public ConstraintStore {
 public:
  void set(const json::value& constraint, RouteMask mask) override {
    if (const auto* pattern = patternOf(constraint)) {
      expressions_.emplace_back(compileExpression(translateExpression(*pattern)), mask);
    } else {
      exact_.set(constraint, mask);
    }
  }
  RouteMask get(std::string_view value) const override {
    if (const auto mask = exact_.get(value)) return mask;
    for (const auto& [expression, mask] : expressions_) {
      if (RE2::PartialMatch({value.data(), value.size()}, *expression)) return mask;
    }
    return 0;
  }

 private:
  TextStore exact_;
  std::vector<std::pair<std::unique_ptr<RE2>, RouteMask>> expressions_;
};

class VersionStrategy : public ConstraintStrategy {
 public:
  std::string_view name() const noexcept override { return "version"; }
  bool mustMatchWhenDerived() const noexcept override { return true; }
  void validate(const json::value& constraint) const override {
    if (!constraint.is_string()) fail("Version should be a string");
    parseVersion(constraint.get_string());
  }
  std::unique_ptr<ConstraintStore> newStore() const override { return std::make_unique<VersionStore>(); }
};

class HostStrategy : public ConstraintStrategy {
 public:
  std::string_view name() const noexcept override { return "host"; }
  void validate(const json::value& constraint) const override {
    if (const auto* pattern = patternOf(constraint)) {
      compileExpression(translateExpression(*pattern));
    } else if (!constraint.is_string()) {
      fail("Host should be a string or a RegExp");
    }
  }
  std::unique_ptr<ConstraintStore> newStore() const override { return std::make_unique<HostStore>(); }
};

class OwnStrategy : public ConstraintStrategy {
 public:
  explicit OwnStrategy(fastify::ConstraintStrategy given) : given_(std::move(given)) {}
  std::string_view name() const noexcept override { return given_.name; }
  bool mustMatchWhenDerived() const noexcept override { return given_.mustMatchWhenDerived; }
  bool derivesItself() const noexcept override { return true; }
  std::optional<std::string> derive(const RawRequest& request) const override {
    return given_.deriveConstraint(request);
  }
  void validate(const json::value& constraint) const override {
    if (given_.validate) {
      given_.validate(constraint);
    } else if (!given_.storage && !constraint.is_string()) {
      fail("The constraint " + given_.name + " should be a string");
    }
  }
  std::unique_ptr<ConstraintStore> newStore() const override {
    return given_.storage ? given_.storage() : std::make_unique<TextStore>();
  }

 private:
  fastify::ConstraintStrategy given_;
};

}  // namespace

std::unique_ptr<ConstraintStore> ConstraintStrategy::newStore() const { return std::make_unique<TextStore>(); }

std::shared_ptr<const ConstraintStrategy> versionStrategy() { return std::make_shared<VersionStrategy>(); }

std::shared_ptr<const ConstraintStrategy> hostStrategy() { return std::make_shared<HostStrategy>(); }

std::shared_ptr<const ConstraintStrategy> ownStrategy(fastify::ConstraintStrategy strategy) {
  return std::make_shared<OwnStrategy>(std::move(strategy));
}

}  // namespace fastify::router
