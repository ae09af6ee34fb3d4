#include "wire/members.hpp"

#include <ecmascript/json_text.hpp>

#include <utility>

namespace clerk::instance::wire {

void ValueMembers::text(std::string_view name, std::string_view value) { open_.back().object.emplace(name, value); }
void ValueMembers::flag(std::string_view name, bool value) { open_.back().object.emplace(name, value); }
void ValueMembers::number(std::string_view name, std::int64_t value) { open_.back().object.emplace(name, value); }
void ValueMembers::null(std::string_view name) { open_.back().object.emplace(name, nullptr); }
void ValueMembers::json(std::string_view name, const JsonObject& value) { open_.back().object.emplace(name, value); }

void ValueMembers::beginObject(std::string_view name) { open_.push_back({name, JsonObject(), {}}); }
void ValueMembers::beginItem() { open_.push_back({{}, JsonObject(), {}}); }
void ValueMembers::endObject() {
  auto ended = std::move(open_.back());
  open_.pop_back();
  auto& around = open_.back();
  if (around.items) {
    around.items->push_back(std::move(ended.object));
  } else {
    around.object.emplace(ended.name, std::move(ended.object));
  }
}
void ValueMembers::beginList(std::string_view name) { open_.push_back({name, JsonObject(), JsonArray()}); }
void ValueMembers::endList() {
  auto ended = std::move(open_.back());
  open_.pop_back();
  open_.back().object.emplace(ended.name, std::move(*ended.items));
}

void TextMembers::separate() {
  const char last = out_.back();
  if (last != '{' && last != '[') out_.push_back(',');
}

void TextMembers::begin(std::string_view name) {
  separate();
  out_.push_back('"');
  out_.append(name);
  out_.append("\":");
}

void TextMembers::text(std::string_view name, std::string_view value) {
  begin(name);
  ecmascript::appendQuoted(out_, value);
}
void TextMembers::flag(std::string_view name, bool value) {
  begin(name);
  out_.append(value ? "true" : "false");
}
void TextMembers::number(std::string_view name, std::int64_t value) {
  begin(name);
  ecmascript::appendJsonNumber(out_, value);
}
void TextMembers::null(std::string_view name) {
  begin(name);
  out_.append("null");
}
void TextMembers::json(std::string_view name, const JsonObject& value) {
  begin(name);
  ecmascript::appendJson(out_, value);
}

void TextMembers::beginObject(std::string_view name) {
  begin(name);
  out_.push_back('{');
}
void TextMembers::beginItem() {
  separate();
  out_.push_back('{');
}
void TextMembers::endObject() { out_.push_back('}'); }
void TextMembers::beginList(std::string_view name) {
  begin(name);
  out_.push_back('[');
}
void TextMembers::endList() { out_.push_back(']'); }

}  // namespace clerk::instance::wire
