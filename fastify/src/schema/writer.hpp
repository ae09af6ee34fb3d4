#pragma once
// A serializer's schema ready to run: each node writes one kind of value.

#include "schema/node.hpp"
#include "schema/regex/regex.hpp"
#include "schema/serializer.hpp"
#include "schema/validator.hpp"

#include <memory>
#include <optional>
#include <string>
#include <unordered_set>
#include <utility>
#include <vector>

namespace fastify::schema {

/// Writes one value; throws SerializationError when it cannot. `depth` counts what it is inside of.
class Writer {
 public:
  virtual ~Writer() = default;
  Writer() = default;
  Writer(const Writer&) = delete;
  Writer& operator=(const Writer&) = delete;

  virtual void write(const Json& value, std::string& out, int depth) const = 0;
};
using WriterPointer = std::unique_ptr<const Writer>;

/// A writer that is perhaps not made yet: schemas may refer to themselves.
struct WriterSlot {
  WriterPointer writer;
};
using SlotPointer = const WriterSlot*;

/// Goes into a part of a value. Throws SerializationError when that is too deep.
void writePart(SlotPointer slot, const Json& value, std::string& out, int depth);

/// JSON.stringify.
WriterPointer anyWriter();
WriterPointer nullWriter();
WriterPointer textWriter();
/// date-time, date and time: texts as they are, null as "".
WriterPointer dateWriter(std::string format);
/// A text that needs no escapes.
WriterPointer unsafeTextWriter();
WriterPointer integerWriter(Rounding rounding);
WriterPointer numberWriter();
WriterPointer booleanWriter();
/// The same text for every value, but null for null when `keepsNull`.
WriterPointer constWriter(std::string text, bool keepsNull);
/// What a reference leads to.
WriterPointer forwardWriter(SlotPointer slot);
/// null for null, else the other.
WriterPointer nullableWriter(WriterPointer writer);

struct ObjectPlan {
  struct Property {
    std::string key;
    std::string prefix;  // "key":
    SlotPointer value;
    std::optional<std::string> defaultText;
    bool required = false;
  };
  std::vector<std::string> otherRequired;  // that are no properties
  std::vector<Property> properties;        // in the order of writing
  std::vector<std::pair<std::shared_ptr<const Regex>, SlotPointer>> patterns;
  SlotPointer additional = nullptr;  // null: others are left out
};
WriterPointer objectWriter(ObjectPlan plan);

/// `ref`: the schema's place, for the message when the value is no array.
WriterPointer arrayWriter(std::string ref, SlotPointer item);

struct TupleItem {
  std::vector<Type> types;  // what the item must be; empty: anything
  bool nullable = false;
  SlotPointer value;
};
WriterPointer tupleWriter(std::string ref, std::vector<TupleItem> items, bool moreItems);

/// For a list of types: the first that fits.
WriterPointer multiTypeWriter(std::string ref, std::vector<std::pair<Type, WriterPointer>> types);

/// anyOf and oneOf: the first branch whose schema accepts the value.
struct Branch {
  std::shared_ptr<const Validator> accepts;
  SlotPointer value;
};
WriterPointer branchWriter(std::string ref, std::vector<Branch> branches);
WriterPointer conditionWriter(std::shared_ptr<const Validator> condition, SlotPointer then, SlotPointer otherwise);

}  // namespace fastify::schema
