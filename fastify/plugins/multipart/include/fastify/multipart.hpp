#pragma once
// Bodies of forms with files (`multipart/form-data`, RFC 7578); @fastify/multipart for C++.

#include <fastify/json.hpp>
#include <fastify/payload.hpp>
#include <fastify/plugin.hpp>
#include <fastify/task.hpp>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace fastify {

class Request;

struct MultipartLimits {
  static constexpr std::size_t unlimited = std::numeric_limits<std::size_t>::max();
  /// Bytes of a field's value; a longer one is cut, and says so.
  std::size_t fieldSize = 1024 * 1024;
  /// FST_FIELDS_LIMIT, FST_FILES_LIMIT, FST_PARTS_LIMIT when there are more.
  std::size_t fields = unlimited;
  std::size_t files = unlimited;
  std::size_t parts = 1000;
  /// Bytes of a file; absent: the server's bodyLimit.
  std::optional<std::size_t> fileSize;
  /// Of one part; a request with more is refused.
  std::size_t headerPairs = 2000;
  std::size_t headerSize = 80 * 1024;
};

class MultipartPart;
using MultipartPartPtr = std::shared_ptr<MultipartPart>;

/// The parts that came so far, in their order.
class MultipartFields {
 public:
  const std::vector<MultipartPartPtr>& all() const noexcept { return parts_; }
  /// The first part of that name, or nullptr.
  MultipartPartPtr find(std::string_view name) const;
  void add(MultipartPartPtr part) { parts_.push_back(std::move(part)); }

 private:
  std::vector<MultipartPartPtr> parts_;
};

namespace detail {
class FormReader;
}

/// One field or file of a form.
class MultipartPart {
 public:
  bool isFile = false;
  std::string fieldname;
  /// Without the folders that some browsers put before it; absent for a field.
  std::optional<std::string> filename;
  /// Content-Transfer-Encoding, "7bit" when there is none. Nothing is decoded.
  std::string encoding;
  std::string mimetype;
  /// A field's text, or what it says when its type is application/json.
  Json value;
  bool valueTruncated = false;
  /// Where `saveRequestFiles` put the file.
  std::string filepath;

  /// A file's bytes as they arrive: reading slowly slows the sender. Once only; read it before the next part is asked
  /// for (which skips what is left). Throws FST_REQ_FILE_TOO_LARGE, and FST_MP_PREMATURE_CLOSE when the form is cut
  /// short or the request is over.
  Stream file();
  /// All bytes of a file; the same again when called again.
  Task<std::string> toBuffer();
  /// The bytes that `toBuffer` has read, or nullptr.
  const std::string* buffer() const noexcept { return buffer_ ? &*buffer_ : nullptr; }
  /// The file was longer than allowed (seen without an error when `throwFileSizeLimit` is false).
  bool truncated = false;
  std::size_t bytesRead = 0;
  /// All parts so far, this one included; nullptr when the request is over.
  std::shared_ptr<const MultipartFields> fields() const;

 private:
  friend class detail::FormReader;
  std::weak_ptr<detail::FormReader> reader_;  // it lives with the request, which the parts may outlive
  std::optional<std::string> buffer_;
};

enum class AttachFieldsToBody { No, Yes, KeyValues };

struct MultipartOptions {
  MultipartLimits limits;
  /// False: a file that is too long ends at its limit, with `truncated` set.
  bool throwFileSizeLimit = true;
  /// Reads the whole form before validation. Yes: the body maps names to what is known of each part, and
  /// `fieldsOf(request)` has the files' bytes. KeyValues: to their values; a file's is a string of its bytes.
  AttachFieldsToBody attachFieldsToBody = AttachFieldsToBody::No;
  /// With Yes: adds a schema of a part under this $id.
  std::string sharedSchemaId;
  /// With attachFieldsToBody: called for each file, instead of `toBuffer`.
  std::function<Task<>(Request& request, MultipartPart& part)> onFile;
  /// Which parts are files; empty: those with a filename or of type application/octet-stream.
  std::function<bool(std::string_view fieldname, std::string_view contentType,
                     const std::optional<std::string>& filename)>
      isPartAFile;
  /// Keeps folders in filenames. Never use such a name as a path.
  bool preservePath = false;
};

/// `for await (const part of request.parts())`: `auto form = parts(request); while (auto part = co_await form.next())
/// …`
class MultipartParts {
 public:
  MultipartParts(std::shared_ptr<detail::FormReader> reader, bool filesOnly)
      : reader_(std::move(reader)), filesOnly_(filesOnly) {}
  /// nullptr at the end of the form. Throws FastifyError: FST_PARTS_LIMIT, FST_FILES_LIMIT, FST_FIELDS_LIMIT,
  /// FST_PROTO_VIOLATION, FST_INVALID_JSON_FIELD_ERROR, FST_MP_PREMATURE_CLOSE, FST_MP_MALFORMED.
  Task<MultipartPartPtr> next();

 private:
  std::shared_ptr<detail::FormReader> reader_;
  bool filesOnly_;
};

// Throw FST_INVALID_MULTIPART_CONTENT_TYPE when the request is no form. `options` replaces the plugin's for this
// request. The form can be read once.

/// `request.isMultipart()`.
bool isMultipart(Request& request);
/// `request.parts()`.
MultipartParts parts(Request& request, std::optional<MultipartOptions> options = std::nullopt);
/// `request.files()`: fields are read, but not given.
MultipartParts files(Request& request, std::optional<MultipartOptions> options = std::nullopt);
/// `request.file()`: the first file, nullptr when there is none.
Task<MultipartPartPtr> file(Request& request, std::optional<MultipartOptions> options = std::nullopt);
/// The parts that were read so far; with `attachFieldsToBody`, all of them.
std::shared_ptr<const MultipartFields> fieldsOf(Request& request);

/// `request.saveRequestFiles()`: writes all files into `folder` (empty: the system's for temporary files) under random
/// names that only this user can read; they are deleted when the answer is sent, or the client has gone. Give
/// `filepath` of each.
Task<std::vector<MultipartPartPtr>> saveRequestFiles(Request& request, std::string folder = {},
                                                     std::optional<MultipartOptions> options = std::nullopt);
/// Deletes them now.
void cleanRequestFiles(Request& request);

namespace detail {
Task<> startMultipart(Fastify& instance, const MultipartOptions& options);
}

/// `app.registerPlugin(fastify::multipart)`.
inline constexpr Plugin<MultipartOptions> multipart{detail::startMultipart, "@fastify/multipart", "5.x"};

}  // namespace fastify
