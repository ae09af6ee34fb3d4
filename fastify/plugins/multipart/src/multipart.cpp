#include <fastify/multipart.hpp>

#include "form_reader.hpp"

#include <fastify/instance.hpp>
#include <fastify/reply.hpp>
#include <fastify/request.hpp>

#include <crypto/digest.hpp>
#include <crypto/random.hpp>

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>

namespace fastify {
namespace {

using detail::FormReader;

/// What a request has of a form.
struct Form {
  Stream body;
  std::shared_ptr<FormReader> reader;
  std::vector<std::string> saved;
};
const Decorator<Form> formOf{"multipart"};
const Decorator<MultipartOptions> optionsOf{"multipartOptions"};

std::shared_ptr<FormReader> readerOf(Request& request, std::optional<MultipartOptions> options) {
  auto& form = request[formOf];
  if (!form.body) throw FastifyError(406, "FST_INVALID_MULTIPART_CONTENT_TYPE", "the request is not multipart");
  if (!form.reader) {
    auto chosen = options ? std::move(*options) : request.server()[optionsOf];
    if (!chosen.limits.fileSize)
      chosen.limits.fileSize = static_cast<std::size_t>(request.server().initialConfig().bodyLimit);
    form.reader = std::make_shared<FormReader>(
        form.body, detail::boundaryOf(request.headers()["content-type"].value_or("")), std::move(chosen));
  }
  return form.reader;
}

Task<> attach(Request& request, const MultipartOptions& options) {
  const auto reader = readerOf(request, std::nullopt);
  while (auto part = co_await reader->next()) {
    if (!part->isFile) continue;
    if (options.onFile)
      co_await options.onFile(request, *part);
    else
      co_await part->toBuffer();
  }
  request.body() = RequestBody(detail::bodyOf(*reader->fields(), options.attachFieldsToBody));
}

/// Short, letters and digits: anything else of a client's name may mean something to a file system.
std::string safeExtension(const std::string& filename) {
  const auto dot = filename.rfind('.');
  if (dot == std::string::npos || dot == 0) return {};
  const auto extension = filename.substr(dot);
  const auto isWord = [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
  const bool safe =
      extension.size() > 1 && extension.size() <= 17 && std::all_of(extension.begin() + 1, extension.end(), isWord);
  return safe ? extension : std::string();
}

/// A new file that only this user can read.
class TemporaryFile {
 public:
  explicit TemporaryFile(const std::string& path)
      : descriptor_(::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600)) {
    if (descriptor_ < 0) fail();
  }
  ~TemporaryFile() { ::close(descriptor_); }
  TemporaryFile(const TemporaryFile&) = delete;
  TemporaryFile& operator=(const TemporaryFile&) = delete;
  void write(std::string_view bytes) {
    while (!bytes.empty()) {
      const auto written = ::write(descriptor_, bytes.data(), bytes.size());
      if (written < 0 && errno == EINTR) continue;
      if (written < 0) fail();
      bytes.remove_prefix(static_cast<std::size_t>(written));
    }
  }

 private:
  [[noreturn]] static void fail() {
    throw FastifyError(500, std::string("an uploaded file cannot be saved: ") + std::strerror(errno));
  }
  int descriptor_;
};

Task<> save(MultipartPartPtr part, std::string path) {
  TemporaryFile target(path);
  part->filepath = path;
  if (const auto* bytes = part->buffer()) {
    target.write(*bytes);
    co_return;
  }
  const auto stream = part->file();
  while (const auto chunk = co_await stream->read()) target.write(*chunk);
}

std::string newPath(const std::string& folder, const MultipartPart& part) {
  return (std::filesystem::path(folder) /
          (crypto::hexEncode(crypto::randomBytes(16)) + safeExtension(part.filename.value_or(""))))
      .string();
}

}  // namespace

bool isMultipart(Request& request) { return request[formOf].body != nullptr; }

MultipartParts parts(Request& request, std::optional<MultipartOptions> options) {
  return {readerOf(request, std::move(options)), false};
}
MultipartParts files(Request& request, std::optional<MultipartOptions> options) {
  return {readerOf(request, std::move(options)), true};
}

Task<MultipartPartPtr> file(Request& request, std::optional<MultipartOptions> options) {
  auto form = files(request, std::move(options));
  co_return co_await form.next();
}

std::shared_ptr<const MultipartFields> fieldsOf(Request& request) { return readerOf(request, std::nullopt)->fields(); }

Task<std::vector<MultipartPartPtr>> saveRequestFiles(Request& request, std::string folder,
                                                     std::optional<MultipartOptions> options) {
  const auto reader = readerOf(request, std::move(options));
  const auto gone = request.signal();
  if (folder.empty()) folder = std::filesystem::temp_directory_path().string();
  std::vector<MultipartPartPtr> files;
  std::exception_ptr failed;
  try {
    const auto keep = [&](MultipartPartPtr part) -> Task<> {
      auto path = newPath(folder, *part);
      request[formOf].saved.push_back(path);
      files.push_back(part);
      return save(part, std::move(path));
    };
    // Those that attachFieldsToBody has read, then those that are still to come.
    const auto known = reader->fields()->all();
    for (const auto& part : known) {
      if (part->isFile && part->buffer()) co_await keep(part);
    }
    while (auto part = co_await reader->next()) {
      if (part->isFile) co_await keep(part);
    }
  } catch (...) {
    failed = std::current_exception();
  }
  if (failed) {
    cleanRequestFiles(request);
    std::rethrow_exception(failed);
  }
  // The hooks that clean up have run already when the client left meanwhile.
  if (gone.stop_requested()) cleanRequestFiles(request);
  co_return files;
}

void cleanRequestFiles(Request& request) {
  for (const auto& path : std::exchange(request[formOf].saved, {})) ::unlink(path.c_str());
}

namespace detail {

Task<> startMultipart(Fastify& instance, const MultipartOptions& options) {
  instance.decorate(optionsOf, options);
  instance.decorateRequest(formOf);
  instance.addContentTypeParser("multipart/form-data", [](Request& request, Stream body) {
    request[formOf].body = std::move(body);
    return RequestBody();
  });
  const bool attaches = options.attachFieldsToBody != AttachFieldsToBody::No;
  if (attaches && !options.sharedSchemaId.empty()) {
    auto schema = R"({"type": "object", "properties": {"fieldname": {"type": "string"}, "encoding": {"type": "string"},
      "filename": {"type": "string"}, "mimetype": {"type": "string"}}})"_json;
    schema.as_object()["$id"] = options.sharedSchemaId;
    instance.addSchema(std::move(schema));
  }
  if (attaches) {
    instance.addHook(preValidation, [&options = instance[optionsOf]](Request& request, Reply&) -> Task<> {
      return isMultipart(request) ? attach(request, options) : Task<>();
    });
  }
  const auto clean = [](Request& request, Reply&) { cleanRequestFiles(request); };
  instance.addHook(onResponse, clean);
  instance.addHook(onRequestAbort, clean);
  return Task<>();
}

}  // namespace detail
}  // namespace fastify
