#include "transfer/json_items.hpp"

#include "transfer/transfer_error.hpp"

#include <boost/json/array.hpp>
#include <boost/json/parse.hpp>

namespace clerk::instance::transfer {
namespace {

constexpr int end = std::istream::traits_type::eof();
constexpr std::size_t largestObject = 64 * 1024 * 1024;

bool isSpace(int c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

/// The list inside a page of the Backend API's; null for any other object.
const boost::json::array* pageOf(const boost::json::object& object) {
  const auto* data = object.if_contains("data");
  return data && data->is_array() && !object.contains("id") ? &data->get_array() : nullptr;
}

}  // namespace

int JsonItemReader::take() {
  const int c = stream_.get();
  if (c == '\n') ++line_;
  return c;
}

int JsonItemReader::peekText() {
  while (isSpace(stream_.peek())) take();
  return stream_.peek();
}

std::optional<JsonItem> JsonItemReader::next() {
  while (page_.empty()) {
    const int c = peekText();
    if (c == end) {
      if (inList_) throw TransferError(line_, "the list is not closed: the file was cut");
      return std::nullopt;
    }
    if (c == '[' && !inList_) {
      take();
      inList_ = true;
      needsComma_ = false;
    } else if (c == ']' && inList_) {
      take();
      inList_ = false;
    } else if (c == ',' && inList_ && needsComma_) {
      take();
      needsComma_ = false;
    } else if (c == '{' && !(inList_ && needsComma_)) {
      const auto line = line_;
      boost::system::error_code failed;
      auto value = boost::json::parse(takeObject(), failed);
      if (failed) throw TransferError(line, "this is no JSON object");
      needsComma_ = true;
      auto& object = value.get_object();
      if (const auto* page = pageOf(object)) {
        for (const auto& item : *page) {
          if (!item.is_object()) throw TransferError(line, "a page holds what is no object");
          page_.push_back({line, item.get_object()});
        }
      } else {
        page_.push_back({line, std::move(object)});
      }
    } else {
      throw TransferError(line_, "here must be a user: a JSON object");
    }
  }
  auto item = std::move(page_.front());
  page_.pop_front();
  return item;
}

std::string JsonItemReader::takeObject() {
  const auto began = line_;
  std::string text;
  int depth = 0;
  bool inText = false;
  do {
    const int c = take();
    if (c == end) throw TransferError(began, "the object is not closed: the file was cut");
    text += static_cast<char>(c);
    if (text.size() > largestObject) throw TransferError(began, "an object has more than 64 MiB");
    if (inText && c == '\\') {
      if (const int escaped = take(); escaped != end) text += static_cast<char>(escaped);
    } else if (c == '"') {
      inText = !inText;
    } else if (!inText) {
      if (c == '{' || c == '[') ++depth;
      if (c == '}' || c == ']') --depth;
    }
  } while (depth > 0);
  return text;
}

}  // namespace clerk::instance::transfer
