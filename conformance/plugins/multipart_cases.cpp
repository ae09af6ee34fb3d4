// The apps of apps/multipart.mjs.
#include "recorded.hpp"

#include <fastify/multipart.hpp>

#include <gtest/gtest.h>

namespace {

using namespace fastify;

const MultipartLimits limits{.fieldSize = 10, .fields = 2, .files = 2, .parts = 3, .fileSize = 10};

Task<Json> described(MultipartPartPtr part) {
  JsonObject object{{"type", part->isFile ? "file" : "field"}, {"fieldname", part->fieldname}};
  if (part->filename) object["filename"] = *part->filename;
  object["encoding"] = part->encoding;
  object["mimetype"] = part->mimetype;
  if (part->isFile) {
    object["content"] = co_await part->toBuffer();
  } else {
    object["value"] = part->value;
    object["valueTruncated"] = part->valueTruncated;
  }
  co_return object;
}

Task<Json> allParts(Request& request) {
  JsonArray seen;
  auto form = parts(request);
  while (auto part = co_await form.next()) seen.push_back(co_await described(part));
  co_return seen;
}

Task<Json> firstFile(Request& request) {
  const auto part = co_await file(request);
  if (!part) co_return Json{{"none", true}};
  co_return Json{{"filename", *part->filename}, {"content", co_await part->toBuffer()}};
}

Task<Json> cutFile(Request& request) {
  const auto part = co_await file(request, MultipartOptions{.limits = limits, .throwFileSizeLimit = false});
  auto content = co_await part->toBuffer();
  co_return Json{{"content", std::move(content)}, {"truncated", part->truncated}};
}

TEST(PluginCases, multipart) {
  conformance::play("multipart",
                    {
                        {"values", {[](Fastify& app) {
                           app.registerPlugin(multipart, {.attachFieldsToBody = AttachFieldsToBody::KeyValues});
                           app.post("/", [](Request& request) {
                             return Json{{"body", request.body().json()}, {"multipart", isMultipart(request)}};
                           });
                         }}},
                        {"parts", {[](Fastify& app) {
                           app.registerPlugin(multipart, {.limits = limits});
                           app.post("/", allParts);
                           app.post("/file", firstFile);
                           app.post("/cut", cutFile);
                         }}},
                    });
}

}  // namespace
