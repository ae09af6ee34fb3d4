#include <fastify/fastify.hpp>
#include <fastify/multipart.hpp>

#include <gtest/gtest.h>

#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

namespace fastify {
namespace {

InjectRequest form(std::string body) {
  return {.method = "POST",
          .url = "/",
          .headers = {{"content-type", "multipart/form-data; boundary=b"}},
          .payload = std::move(body)};
}
std::string filePart(std::string name, std::string filename, std::string content) {
  return "--b\r\nContent-Disposition: form-data; name=\"" + name + "\"; filename=\"" + filename + "\"\r\n\r\n" +
         content + "\r\n";
}

TEST(Multipart, a_file_comes_as_a_stream_in_pieces) {
  Fastify app;
  app.registerPlugin(multipart);
  app.post("/", [](Request& request) -> Task<Json> {
    const auto part = co_await file(request);
    const auto stream = part->file();
    std::size_t bytes = 0, chunks = 0;
    while (const auto chunk = co_await stream->read()) {
      bytes += chunk->size();
      ++chunks;
    }
    co_return Json{{"bytes", bytes}, {"several", chunks > 0}, {"rest", (co_await parts(request).next()) == nullptr}};
  });
  EXPECT_EQ(app.inject(form(filePart("f", "x", std::string(900'000, 'x')) + "--b--")).body,
            R"({"bytes":900000,"several":true,"rest":true})");
}

TEST(Multipart, a_file_that_nobody_reads_is_skipped) {
  Fastify app;
  app.registerPlugin(multipart);
  app.post("/", [](Request& request) -> Task<std::string> {
    std::string names;
    auto all = files(request);
    while (const auto part = co_await all.next()) names += *part->filename;
    co_return names;
  });
  EXPECT_EQ(app.inject(form(filePart("f", "a", "1") + filePart("f", "b", std::string(100'000, 'x')) +
                            filePart("f", "c", "") + "--b--"))
                .body,
            "abc");
}

TEST(Multipart, a_form_cut_short_is_the_clients_fault) {
  Fastify app;
  app.registerPlugin(multipart, {.attachFieldsToBody = AttachFieldsToBody::KeyValues});
  app.post("/", [](Request& request) { return request.body().json(); });
  for (const std::string& body : {std::string("--b\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nx"),
                                  filePart("f", "x", "1"), std::string("nothing")}) {
    const auto response = app.inject(form(body));
    EXPECT_EQ(response.statusCode, 400);
    EXPECT_EQ(response.json().at("code"), "FST_MP_PREMATURE_CLOSE");
  }
  EXPECT_EQ(app.inject(form("")).statusCode, 200);
  EXPECT_EQ(
      app.inject(
             {.method = "POST", .url = "/", .headers = {{"content-type", "multipart/form-data"}}, .payload = "--b--"})
          .statusCode,
      400);
}

TEST(Multipart, what_readers_disagree_on_is_refused) {
  Fastify app;
  app.registerPlugin(multipart, {.attachFieldsToBody = AttachFieldsToBody::KeyValues});
  app.post("/", [](Request& request) { return request.body().json(); });
  for (const char* headers :
       {"Content-Disposition: form-data; name=\"a\"; name=\"b\"",
        "Content-Disposition: form-data; name=\"a\"\r\nContent-Disposition: form-data; name=\"b\"",
        "Content-Disposition: form-data; name=\"a", "Content-Disposition: form-data;\r\n name=\"a\"",
        "Content-Disposition: form-data; name=a\nX: y"}) {
    const auto response = app.inject(form(std::string("--b\r\n") + headers + "\r\n\r\nx\r\n--b--"));
    EXPECT_EQ(response.statusCode, 400) << headers;
    EXPECT_EQ(response.json().at("code"), "FST_MP_MALFORMED") << headers;
  }
}

TEST(Multipart, saved_files_have_names_of_ours_and_go_with_the_request) {
  const auto folder = std::filesystem::temp_directory_path() / ("multipart-" + std::to_string(::getpid()));
  std::filesystem::create_directory(folder);
  Fastify app;
  app.registerPlugin(multipart);
  std::vector<std::string> paths;
  app.post("/", [&](Request& request) -> Task<std::string> {
    std::string all;
    for (const auto& part : co_await saveRequestFiles(request, folder.string())) {
      struct stat status{};
      EXPECT_EQ(::stat(part->filepath.c_str(), &status), 0);
      EXPECT_EQ(status.st_mode & 0777, 0600u);
      EXPECT_EQ(std::filesystem::path(part->filepath).parent_path(), folder);
      std::ifstream in(part->filepath);
      all += std::string(std::istreambuf_iterator<char>(in), {}) +
             std::filesystem::path(part->filepath).extension().string() + " ";
      paths.push_back(part->filepath);
    }
    co_return all;
  });
  const auto response = app.inject(form(filePart("f", "../../a.txt", "one") + filePart("g", "x.t\\xt:y", "two") +
                                        filePart("h", ".hidden", "three") + "--b--"));
  EXPECT_EQ(response.body, "one.txt two three ");
  EXPECT_EQ(paths.size(), 3u);
  for (const auto& path : paths) EXPECT_FALSE(std::filesystem::exists(path)) << path;
  std::filesystem::remove_all(folder);
}

TEST(Multipart, parts_are_validated_as_a_body) {
  Fastify app;
  app.registerPlugin(multipart, {.attachFieldsToBody = AttachFieldsToBody::Yes, .sharedSchemaId = "part"}).after();
  app.post(
      "/",
      {.schema = {.body = R"({"type": "object", "required": ["f"], "properties": {"f": {"$ref": "part#"}}})"_json}},
      [](Request& request) { return *fieldsOf(request)->find("f")->buffer(); });
  EXPECT_EQ(app.inject(form(filePart("f", "x", "content") + "--b--")).body, "content");
  EXPECT_EQ(app.inject(form(filePart("g", "x", "content") + "--b--")).statusCode, 400);
}

}  // namespace
}  // namespace fastify
