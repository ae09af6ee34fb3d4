#include "form_reader.hpp"

#include <fastify/error.hpp>

#include <ecmascript/text.hpp>

#include <boost/json/parse.hpp>

#include <algorithm>
#include <array>
#include <map>

namespace fastify {
namespace detail {
namespace {

/// The names of JavaScript's Object.prototype: refused, as Fastify refuses them, so that forms go from one server to
/// another.
constexpr std::array<std::string_view, 12> prototypeNames{
    "__proto__", "constructor", "hasOwnProperty",   "isPrototypeOf",    "propertyIsEnumerable", "toLocaleString",
    "toString",  "valueOf",     "__defineGetter__", "__defineSetter__", "__lookupGetter__",     "__lookupSetter__"};

const std::string* headerOf(const PartHeaders& headers, std::string_view name) {
  const std::string* found = nullptr;
  for (const auto& [key, value] : headers) {
    if (key != name) continue;
    if (found)
      throw FastifyError(400, "FST_MP_MALFORMED", "the multipart body is malformed: a header of a part comes twice");
    found = &value;
  }
  return found;
}

std::string validText(const std::string& text) {
  return ecmascript::isValidUtf8(text) ? text : ecmascript::repairUtf8(text);
}

std::string baseName(const std::string& path) {
  const auto slash = path.find_last_of("/\\");
  auto name = slash == std::string::npos ? path : path.substr(slash + 1);
  return name == "." || name == ".." ? std::string() : name;
}

std::string fromLatin1(const std::string& bytes) {
  std::string text;
  for (const char c : bytes) ecmascript::appendCodePoint(text, static_cast<unsigned char>(c));
  return text;
}

std::string decoded(std::string bytes, std::string_view charset) {
  if (charset == "latin1" || charset == "iso-8859-1" || charset == "us-ascii" || charset == "ascii")
    return fromLatin1(bytes);
  return ecmascript::isValidUtf8(bytes) ? std::move(bytes) : ecmascript::repairUtf8(bytes);
}

[[noreturn]] void refuseJson() {
  throw FastifyError(406, "FST_INVALID_JSON_FIELD_ERROR",
                     "a request field is not a valid JSON as declared by its Content-Type");
}

/// Keys that would poison a JavaScript object are refused, as secure-json-parse does.
void checkPoison(const Json& value) {
  if (const auto* object = value.if_object()) {
    for (const auto& [key, member] : *object) {
      const bool prototype = key == "constructor" && member.is_object() && member.get_object().contains("prototype");
      if (key == "__proto__" || prototype) refuseJson();
      checkPoison(member);
    }
  } else if (const auto* list = value.if_array()) {
    for (const auto& each : *list) checkPoison(each);
  }
}

Json jsonField(const std::string& text) {
  boost::system::error_code failed;
  auto value = boost::json::parse(text, failed);
  if (failed) refuseJson();
  checkPoison(value);
  return value;
}

/// A file's bytes, as a stream.
class FileStream final : public Readable {
 public:
  FileStream(std::shared_ptr<FormReader> reader, MultipartPartPtr part)
      : reader_(std::move(reader)), part_(std::move(part)) {}
  Task<std::optional<std::string>> read() override { return reader_->readFile(part_); }

 private:
  std::shared_ptr<FormReader> reader_;
  MultipartPartPtr part_;
};

}  // namespace

FormReader::FormReader(Stream source, const std::optional<std::string>& boundary, MultipartOptions options)
    : source_(std::move(source)), options_(std::move(options)) {
  if (boundary) parser_.emplace(*boundary, options_.limits.headerPairs, options_.limits.headerSize);
}

Task<PartParser::Event> FormReader::nextEvent() {
  if (!parser_) throw FastifyError(400, "FST_MP_MALFORMED", "Multipart: Boundary not found");
  while (true) {
    const auto event = parser_->next();
    if (event != PartParser::Event::NeedMore) co_return event;
    std::optional<std::string> bytes;
    try {
      bytes = co_await source_->read();
    } catch (const FastifyError& error) {
      // A body that the server refuses keeps its reason; one that broke off is told as the plugin does.
      if (error.statusCode.value_or(500) < 500) throw;
      throw FastifyError(400, "FST_MP_PREMATURE_CLOSE",
                         "the request was closed before the multipart data was fully parsed");
    }
    if (bytes)
      parser_->feed(*bytes);
    else
      parser_->finish();
  }
}

MultipartPartPtr FormReader::partFrom(const PartHeaders& headers) const {
  const auto* disposition = headerOf(headers, "content-disposition");
  if (!disposition) return nullptr;
  const auto form = parseParameterised(*disposition);
  if (!form)
    throw FastifyError(400, "FST_MP_MALFORMED",
                       "the multipart body is malformed: a Content-Disposition cannot be read");
  const auto* name = form->find("name");
  if (form->value != "form-data" || !name) return nullptr;
  auto part = std::make_shared<MultipartPart>();
  part->fieldname = validText(*name);
  if (const auto* filename = form->find("filename")) {
    const auto text = validText(*filename);
    part->filename = options_.preservePath ? text : baseName(text);
  }
  const auto* type = headerOf(headers, "content-type");
  const auto parsed = type ? parseParameterised(*type) : std::nullopt;
  part->mimetype = parsed && !parsed->value.empty() ? parsed->value : "text/plain";
  const auto* encoding = headerOf(headers, "content-transfer-encoding");
  part->encoding = encoding ? *encoding : "7bit";
  part->isFile = options_.isPartAFile ? options_.isPartAFile(part->fieldname, part->mimetype, part->filename)
                                      : part->filename.has_value() || part->mimetype == "application/octet-stream";
  return part;
}

void FormReader::admit(const MultipartPart& part) {
  const auto& limits = options_.limits;
  if (part.isFile && ++fileCount_ > limits.files) throw FastifyError(413, "FST_FILES_LIMIT", "reach files limit");
  if (!part.isFile && ++fieldCount_ > limits.fields) throw FastifyError(413, "FST_FIELDS_LIMIT", "reach fields limit");
  if (std::ranges::find(prototypeNames, part.fieldname) != prototypeNames.end()) {
    throw FastifyError(400, "FST_PROTO_VIOLATION", "prototype property is not allowed as field name");
  }
}

Task<MultipartPartPtr> FormReader::next() {
  while (!ended_) {
    const auto event = co_await nextEvent();
    if (event == PartParser::Event::End) {
      ended_ = true;
    } else if (event == PartParser::Event::PartEnd) {
      open_ = nullptr;
    }
    if (event != PartParser::Event::Part) continue;  // bytes that nobody read
    if (++partCount_ > options_.limits.parts) throw FastifyError(413, "FST_PARTS_LIMIT", "reach parts limit");
    auto part = partFrom(parser_->headers());
    if (!part) continue;
    admit(*part);
    const auto* type = headerOf(parser_->headers(), "content-type");
    const auto parsed = type ? parseParameterised(*type) : std::nullopt;
    const auto* charset = parsed ? parsed->find("charset") : nullptr;
    part->reader_ = weak_from_this();
    if (part->isFile) {
      open_ = part;
    } else {
      co_await readField(part, charset ? *charset : "utf-8");
    }
    fields_->add(part);
    co_return part;
  }
  co_return nullptr;
}

Task<> FormReader::readField(MultipartPartPtr part, std::string charset) {
  std::ranges::transform(charset, charset.begin(),
                         [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  std::string bytes;
  while (co_await nextEvent() != PartParser::Event::PartEnd) {
    const auto room = options_.limits.fieldSize - bytes.size();
    part->valueTruncated |= parser_->data().size() > room;
    bytes += parser_->data().substr(0, room);
  }
  auto text = decoded(std::move(bytes), charset);
  if (part->mimetype != "application/json") {
    part->value = text;
  } else {
    if (part->valueTruncated) refuseJson();
    part->value = jsonField(text);
  }
}

Task<std::optional<std::string>> FormReader::readFile(MultipartPartPtr part) {
  if (open_ != part) co_return std::nullopt;
  const auto limit = options_.limits.fileSize.value_or(MultipartLimits::unlimited);
  while (true) {
    if (co_await nextEvent() == PartParser::Event::PartEnd) {
      open_ = nullptr;
      co_return std::nullopt;
    }
    const auto data = parser_->data().substr(0, limit - part->bytesRead);
    const bool tooLarge = data.size() < parser_->data().size();
    part->bytesRead += data.size();
    if (tooLarge) {
      part->truncated = true;
      if (options_.throwFileSizeLimit) throw FastifyError(413, "FST_REQ_FILE_TOO_LARGE", "request file too large");
    }
    // A file that was cut is read to its end, but what is too much is not given.
    if (!data.empty()) co_return std::string(data);
  }
}

Json jsonOf(const MultipartPart& part) {
  JsonObject object{{"type", part.isFile ? "file" : "field"}, {"fieldname", part.fieldname}};
  if (part.isFile) {
    if (part.filename) object["filename"] = *part.filename;
    object["encoding"] = part.encoding;
    object["mimetype"] = part.mimetype;
  } else {
    object["mimetype"] = part.mimetype;
    object["encoding"] = part.encoding;
    object["value"] = part.value;
    object["fieldnameTruncated"] = false;
    object["valueTruncated"] = part.valueTruncated;
  }
  return object;
}

JsonObject bodyOf(const MultipartFields& fields, AttachFieldsToBody how) {
  JsonObject body;
  std::map<std::string_view, std::size_t> seen;
  for (const auto& part : fields.all()) {
    Json value;
    if (how == AttachFieldsToBody::Yes)
      value = jsonOf(*part);
    else if (!part->isFile)
      value = part->value;
    else if (part->buffer())
      value = *part->buffer();
    else
      continue;
    auto& known = body[part->fieldname];
    switch (++seen[part->fieldname]) {
      case 1: known = std::move(value); break;
      case 2: known = JsonArray{std::move(known), std::move(value)}; break;
      default: known.get_array().push_back(std::move(value));
    }
  }
  return body;
}

}  // namespace detail

MultipartPartPtr MultipartFields::find(std::string_view name) const {
  const auto found =
      std::ranges::find(parts_, name, [](const auto& part) { return std::string_view(part->fieldname); });
  return found == parts_.end() ? nullptr : *found;
}

std::shared_ptr<const MultipartFields> MultipartPart::fields() const {
  const auto reader = reader_.lock();
  return reader ? reader->fields() : nullptr;
}

Stream MultipartPart::file() {
  auto reader = reader_.lock();
  if (!reader)
    throw FastifyError(400, "FST_MP_PREMATURE_CLOSE",
                       "the request was closed before the multipart data was fully parsed");
  for (const auto& part : reader->fields()->all()) {
    if (part.get() == this) return std::make_shared<detail::FileStream>(reader, part);
  }
  return Readable::from(std::vector<std::string>{});
}

Task<std::string> MultipartPart::toBuffer() {
  if (buffer_) co_return *buffer_;
  auto stream = file();
  std::string bytes;
  while (auto chunk = co_await stream->read()) bytes += *chunk;
  buffer_ = std::move(bytes);
  co_return *buffer_;
}

Task<MultipartPartPtr> MultipartParts::next() {
  while (auto part = co_await reader_->next()) {
    if (part->isFile || !filesOnly_) co_return part;
  }
  co_return nullptr;
}

}  // namespace fastify
