#include "transfer/csv.hpp"

#include "transfer/transfer_error.hpp"

namespace clerk::instance::transfer {
namespace {

constexpr int end = std::istream::traits_type::eof();
constexpr std::size_t largestRow = 16 * 1024 * 1024;

}  // namespace

CsvReader::CsvReader(std::istream& stream) : stream_(stream) {
  // A byte order mark, as spreadsheets write it.
  for (const int byte : {0xef, 0xbb, 0xbf}) {
    if (stream_.peek() == byte) stream_.get();
  }
}

int CsvReader::take() {
  const int c = stream_.get();
  if (c == '\n') ++line_;
  if (++rowSize_ > largestRow) throw TransferError(line_, "a row has more than 16 MiB");
  return c;
}

std::optional<CsvRow> CsvReader::next() {
  rowSize_ = 0;
  while (stream_.peek() == '\n' || stream_.peek() == '\r') take();
  if (stream_.peek() == end) return std::nullopt;
  CsvRow row{.line = line_, .fields = {}};
  while (true) {
    readField(row);
    const int c = take();
    if (c == ',') continue;
    if (c == '\r' && stream_.peek() == '\n') take();
    return row;
  }
}

void CsvReader::readField(CsvRow& row) {
  auto& field = row.fields.emplace_back();
  if (stream_.peek() == '"') {
    readQuoted(field);
    const int after = stream_.peek();
    if (after != ',' && after != '\n' && after != '\r' && after != end) {
      throw TransferError(line_, "after a field in quotes comes a comma or a line break");
    }
    return;
  }
  while (true) {
    const int c = stream_.peek();
    if (c == ',' || c == '\n' || c == '\r' || c == end) return;
    if (c == '"') throw TransferError(line_, "a quote stands inside a field without quotes");
    field += static_cast<char>(take());
  }
}

void CsvReader::readQuoted(std::string& field) {
  const auto began = line_;
  take();
  while (true) {
    const int c = take();
    if (c == end) throw TransferError(began, "a quote is never closed");
    if (c == '"' && stream_.peek() != '"') return;
    if (c == '"') take();
    field += static_cast<char>(c);
  }
}

std::string csvField(std::string_view text) {
  const bool plain =
      text.find_first_of(",\"\r\n") == std::string_view::npos && !text.starts_with(' ') && !text.ends_with(' ');
  if (plain) return std::string(text);
  std::string quoted = "\"";
  for (const char c : text) quoted.append(c == '"' ? 2 : 1, c);
  return quoted + '"';
}

}  // namespace clerk::instance::transfer
