#pragma once
// A schema ready to run: a tree of nodes, each with the rules of its keywords in the order in which Ajv applies them.

#include "schema/validator.hpp"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace fastify::schema {

enum class Type : std::uint8_t { String, Number, Integer, Boolean, Null, Object, Array };

std::string_view nameOf(Type type) noexcept;
std::optional<Type> findType(std::string_view name) noexcept;
bool isOfType(const Json& data, Type type) noexcept;
bool isOfAny(const Json& data, const std::vector<Type>& types) noexcept;

/// The double that JavaScript would have for this number.
double numberOf(const Json& number) noexcept;
/// The value that JavaScript's number would be here: an integer where it is one exactly.
Json jsonNumber(double number);

/// Where a value is: a chain of keys and indices from the root, on the stack of who descends.
struct Place {
  static constexpr std::size_t noIndex = static_cast<std::size_t>(-1);
  const Place* parent = nullptr;
  std::string_view key;
  std::size_t index = noIndex;

  /// As a JSON pointer.
  std::string path() const;
};

/// What a rule needs to tell of one failure.
struct Detail {
  std::string text;
  std::size_t first = 0;
  std::size_t second = 0;
};

/// Which members and items of one value the schemas so far have looked at: for `unevaluatedProperties` and
/// `unevaluatedItems`.
struct Evaluated {
  const Place* place = nullptr;
  bool allMembers = false;
  bool allItems = false;
  std::size_t firstItems = 0;
  std::set<std::string, std::less<>> members;
  std::set<std::size_t> items;

  void merge(const Evaluated& other);
};

class Node;

/// The schemas of one resource that a `$dynamicRef` from elsewhere may mean, by name.
struct Resource {
  std::map<std::string, const Node*, std::less<>> anchors;
};

/// The resources that were entered on the way, innermost first.
struct DynamicScope {
  const DynamicScope* outer = nullptr;
  const Resource* resource = nullptr;
};

class Rule;

struct Failure {
  const Rule* rule = nullptr;
  std::string instancePath;
  std::optional<std::string> propertyName;
  Detail detail;
};

/// One validation: what has failed so far.
struct Run {
  std::vector<Failure> failures;
  const std::string_view* propertyName = nullptr;  // inside propertyNames
  bool ended = false;                              // the first failure has ended the schema function that it is in
  int calls = 0;                                   // references that are being followed
  Evaluated* evaluated = nullptr;                  // where somebody wants to know
  const DynamicScope* scope = nullptr;

  /// What is to be told of the value at `place`; nullptr when nobody wants to know of this one.
  Evaluated* evaluatedAt(const Place& place) const noexcept {
    return evaluated && evaluated->place == &place ? evaluated : nullptr;
  }
};

/// How the place where a schema stands in others changes what is told (Ajv's compositeRule, allErrors, createErrors).
struct Mode {
  bool composite = false;  // a branch of anyOf, oneOf, …: failing is no verdict on the data yet
  bool allErrors = false;  // go on after a failure
  bool silent = false;     // nobody reads the failures
};

/// One keyword of one schema.
class Rule {
 public:
  Rule(std::string_view keyword, std::string schemaPath, Mode mode)
      : keyword_(keyword), schemaPath_(std::move(schemaPath)), mode_(mode) {}
  virtual ~Rule() = default;
  Rule(const Rule&) = delete;
  Rule& operator=(const Rule&) = delete;

  /// False when the data is not what the keyword wants; the failures are then in `run`. May change the data.
  virtual bool check(Json& data, const Place& place, Run& run) const = 0;
  /// The params and the message of a failure of this rule; nothing where only the schemas below it can fail.
  virtual void describe(const Failure& failure, ValidationFailure& out) const;

  const std::string& keyword() const noexcept { return keyword_; }
  const std::string& schemaPath() const noexcept { return schemaPath_; }

 protected:
  /// Records a failure of this rule; always false.
  bool fail(const Place& place, Run& run, Detail detail = {}) const;
  const Mode& mode() const noexcept { return mode_; }

 private:
  std::string keyword_;
  std::string schemaPath_;
  Mode mode_;
};

/// A rule that says the same of every failure.
class PlainRule : public Rule {
 public:
  PlainRule(std::string_view keyword, std::string schemaPath, Mode mode, std::string message, JsonObject params = {})
      : Rule(keyword, std::move(schemaPath), mode), message_(std::move(message)), params_(std::move(params)) {}
  void describe(const Failure& failure, ValidationFailure& out) const override;

 private:
  std::string message_;
  JsonObject params_;
};

class Node {
 public:
  /// The keywords that look at one type of data only, or at all (`type` is nullopt).
  struct Group {
    std::optional<Type> type;
    std::vector<std::unique_ptr<Rule>> rules;
    /// Values for members (objects) or items (tuples) that are not there.
    std::vector<std::pair<std::string, Json>> memberDefaults;
    std::vector<std::pair<std::size_t, Json>> itemDefaults;
  };

  /// False when the data is not valid; the failures are then in `run`.
  bool validate(Json& data, const Place& place, Run& run) const;
  /// The same for a schema whose failure is not yet that of the schema around it: what it evaluated counts only when it
  /// passes.
  bool validateBranch(Json& data, const Place& place, Run& run) const;

 private:
  friend class Compiler;
  bool validateHere(Json& data, const Place& place, Run& run) const;
  bool coerceOrFail(Json& data, const Place& place, Run& run) const;
  bool applyGroup(const Group& group, Json& data, const Place& place, Run& run) const;

  Mode mode_;
  std::vector<Type> types_;
  std::vector<Type> coerceTo_;
  bool coerceArrays_ = false;
  bool checksTypesFirst_ = false;
  std::unique_ptr<Rule> typeRule_;  // reports a wrong type, or `false` as a schema
  bool alwaysInvalid_ = false;
  bool asksForEvaluated_ = false;  // has unevaluatedProperties or unevaluatedItems
  const Resource* resource_ = nullptr;
  std::vector<Group> groups_;
};

/// A keyword applied to a value inside the data, or to the data itself.
using NodePointer = std::unique_ptr<Node>;

struct Validator::Program {
  std::vector<NodePointer> functions;  // the schema, and what it refers to
  std::map<std::pair<const Document*, std::string>, std::unique_ptr<Resource>> resources;
  const Node* root = nullptr;
};

}  // namespace fastify::schema
