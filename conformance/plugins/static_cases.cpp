// The apps of apps/static.mjs, on the same files.
#include "recorded.hpp"

#include <fastify/static.hpp>

#include <gtest/gtest.h>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

namespace {

using namespace fastify;
using Files = std::map<std::string, std::string>;

const Files firstFiles{{"index.html", "<p>index</p>"},
                       {"text.txt", "0123456789"},
                       {"empty.txt", ""},
                       {"data.json", "{}"},
                       {"a b#c?.txt", "odd"},
                       {".hidden", "hidden"},
                       {"x.unknown", "x"},
                       {"page.html", "page"},
                       {"script.js", "1"},
                       {"deep/index.html", "deep index"},
                       {"deep/.secret/a.txt", "secret"},
                       {"bare/only.txt", "only"},
                       {"\xC3\xA9.txt", "accent"},
                       {"zip.txt", "plain"},
                       {"zip.txt.gz", "gzipped"},
                       {"zip.txt.br", "brotli"},
                       {"only.txt", "plain only"},
                       {"dir/index.html", "plain index"},
                       {"dir/index.html.br", "brotli index"},
                       {"image.svg", "<svg/>"}};
const Files secondFiles{{"second.txt", "from the second"}, {"text.txt", "never"}};

/// Two folders of files that were written at 1700000000; gone at the end.
struct Folders {
  std::filesystem::path base = std::filesystem::temp_directory_path() / ("static-cases-" + std::to_string(::getpid()));
  Folders() {
    lay("first", firstFiles);
    lay("second", secondFiles);
  }
  ~Folders() { std::filesystem::remove_all(base); }
  void lay(const char* root, const Files& files) const {
    for (const auto& [name, content] : files) {
      const auto path = base / root / name;
      std::filesystem::create_directories(path.parent_path());
      std::ofstream(path, std::ios::binary) << content;
      const timespec times[2]{{1700000000, 0}, {1700000000, 0}};
      ::utimensat(AT_FDCWD, path.c_str(), times, 0);
    }
  }
};

std::string namesAndAddresses(const std::vector<ListedEntry>& folders, const std::vector<ListedEntry>& files) {
  std::string text;
  for (const auto* entries : {&folders, &files}) {
    for (const auto& entry : *entries) text += (text.empty() ? "" : "\n") + entry.name + " " + entry.href;
  }
  return text;
}

TEST(PluginCases, static_files) {
  const Folders folders;
  const auto root = (folders.base / "first").string(), second = (folders.base / "second").string();
  const auto with = [&](StaticOptions options) {
    if (options.root.folders().empty()) options.root = root;
    return conformance::App{[options](Fastify& app) { app.registerPlugin(fastifyStatic, options).after(); }};
  };
  conformance::play(
      "static",
      {
          {"default", with({})},
          {"prefixed", with({.prefix = "/public", .redirect = true})},
          {"careful", with({.send = {.acceptRanges = false,
                                     .cacheControl = false,
                                     .contentType = false,
                                     .dotfiles = "ignore",
                                     .etag = false,
                                     .lastModified = false,
                                     .index = {}}})},
          {"denied", with({.send = {.dotfiles = "deny",
                                    .maxAge = std::chrono::hours(1),
                                    .immutable = true,
                                    .extensions = {"html", "txt"}}})},
          {"two", with({.root = {root, second}})},
          {"compressed", with({.preCompressed = true})},
          {"listed", with({.prefix = "/files/", .wildcard = false})},
          {"allowed",
           with({.allowedPath = [](std::string_view path, std::string_view, Request&) { return path != "/data.json"; },
                 .setHeaders = [](Reply& reply, const std::filesystem::path&) { reply.header("x-set", "yes"); }})},
          {"folders", with({.list = ListOptions{}})},
          {"named", with({.prefix = "/public",
                          .send = {.dotfiles = "ignore", .index = {}},
                          .list = ListOptions{.names = {"index", "index.json", "/"}}})},
          {"page", with({.prefix = "/public/",
                         .send = {.index = {}},
                         .list = ListOptions{.format = "html", .names = {"list", "/"}, .render = namesAndAddresses}})},
          {"narrow", with({.send = {.extensions = {"html"}},
                           .allowedPath = [](std::string_view path, std::string_view,
                                             Request&) { return !path.ends_with(".html"); }})},
          {"sends", {[&](Fastify& app) {
             app.registerPlugin(fastifyStatic, {.root = root, .serve = false}).after();
             app.get("/file", [](Request&, Reply& reply) { sendFile(reply, "text.txt"); });
             app.get("/other", [second](Request&, Reply& reply) { sendFile(reply, "second.txt", StaticRoot(second)); });
             app.get("/aged", [](Request&, Reply& reply) {
               sendFile(reply, "text.txt", SendFileOptions{.maxAge = std::chrono::seconds(10)});
             });
             app.get("/up", [](Request&, Reply& reply) { sendFile(reply, "../second/second.txt"); });
             app.get("/missing", [](Request&, Reply& reply) { sendFile(reply, "nope.txt"); });
             app.get("/download",
                     [](Request&, Reply& reply) { download(reply, "text.txt", "name with \"quotes\".txt"); });
             app.get("/download-plain", [](Request&, Reply& reply) { download(reply, "text.txt"); });
             app.get("/teapot", [](Request&, Reply& reply) { sendFile(reply.code(418), "text.txt"); });
           }}},
      });
}

}  // namespace
