#pragma once
// Where a thing's members go, as it is described once: into a JSON value, which is embedded elsewhere, or into a text,
// which is sent as it is and costs a fraction.

#include "model/time.hpp"
#include "wire/json.hpp"

#include <concepts>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace clerk::instance::wire {

/// Names are written as they are: literals without characters that JSON escapes.
class Members {
 public:
  Members() = default;
  Members(const Members&) = delete;
  Members& operator=(const Members&) = delete;
  virtual ~Members() = default;

  virtual void text(std::string_view name, std::string_view value) = 0;
  virtual void flag(std::string_view name, bool value) = 0;
  virtual void number(std::string_view name, std::int64_t value) = 0;
  virtual void null(std::string_view name) = 0;
  virtual void json(std::string_view name, const JsonObject& value) = 0;

  void time(std::string_view name, Time value) { number(name, toMilliseconds(value)); }
  void textOrNull(std::string_view name, std::string_view value) { value.empty() ? null(name) : text(name, value); }

  void optional(std::string_view name, const std::optional<std::string>& value) {
    value ? text(name, *value) : null(name);
  }
  void optional(std::string_view name, const std::optional<Time>& value) { value ? time(name, *value) : null(name); }
  template <std::integral Number>
  void optional(std::string_view name, const std::optional<Number>& value) {
    value ? number(name, *value) : null(name);
  }

  /// `describe()` puts the members of the object there.
  template <class Describe>
  void object(std::string_view name, Describe describe) {
    beginObject(name);
    describe();
    endObject();
  }
  /// `describe(item)` puts the members of each object of the list there.
  template <class Items, class Describe>
  void list(std::string_view name, Items&& items, Describe describe) {
    beginList(name);
    for (auto&& item : items) {
      beginItem();
      describe(item);
      endObject();
    }
    endList();
  }
  void emptyList(std::string_view name) {
    beginList(name);
    endList();
  }

 private:
  virtual void beginObject(std::string_view name) = 0;
  virtual void beginItem() = 0;
  virtual void endObject() = 0;
  virtual void beginList(std::string_view name) = 0;
  virtual void endList() = 0;
};

/// Makes an object.
class ValueMembers final : public Members {
 public:
  ValueMembers() { open_.push_back({{}, JsonObject(), {}}); }

  void text(std::string_view name, std::string_view value) override;
  void flag(std::string_view name, bool value) override;
  void number(std::string_view name, std::int64_t value) override;
  void null(std::string_view name) override;
  void json(std::string_view name, const JsonObject& value) override;

  /// What was described; once.
  JsonObject take() && { return std::move(open_.back().object); }

 private:
  /// An object whose end is awaited, or a list, whose items stand in `items`.
  struct Open {
    std::string_view name;
    JsonObject object;
    std::optional<JsonArray> items;
  };

  void beginObject(std::string_view name) override;
  void beginItem() override;
  void endObject() override;
  void beginList(std::string_view name) override;
  void endList() override;

  std::vector<Open> open_;
};

/// Writes an object's text behind `out`, which must outlive this.
class TextMembers final : public Members {
 public:
  explicit TextMembers(std::string& out) : out_(out) { out_.push_back('{'); }

  void text(std::string_view name, std::string_view value) override;
  void flag(std::string_view name, bool value) override;
  void number(std::string_view name, std::int64_t value) override;
  void null(std::string_view name) override;
  void json(std::string_view name, const JsonObject& value) override;

  /// Ends the object.
  void close() { out_.push_back('}'); }

 private:
  void separate();
  void begin(std::string_view name);

  void beginObject(std::string_view name) override;
  void beginItem() override;
  void endObject() override;
  void beginList(std::string_view name) override;
  void endList() override;

  std::string& out_;
};

/// The object that `describe(members)` describes.
template <class Describe>
JsonObject described(Describe describe) {
  ValueMembers members;
  describe(static_cast<Members&>(members));
  return std::move(members).take();
}

}  // namespace clerk::instance::wire
