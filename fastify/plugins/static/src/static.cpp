#include <fastify/static.hpp>

#include "conditions.hpp"
#include "media_types.hpp"
#include "open_file.hpp"
#include "pathname.hpp"

#include <fastify/instance.hpp>
#include <fastify/reply.hpp>
#include <fastify/request.hpp>

#include <ecmascript/uri.hpp>
#include <ecmascript/utc_date.hpp>

#include <algorithm>
#include <array>
#include <cstdio>
#include <memory>
#include <set>

namespace fastify {
namespace {

using detail::OpenFile;

const Decorator<StaticOptions> staticOptions{"sendFile"};

[[noreturn]] void forbid() { throw FastifyError(403, "FST_STATIC_FORBIDDEN_PATH", "Forbidden"); }
[[noreturn]] void refuse(const char* code, const std::string& message) { throw FastifyError(500, code, message); }

/// One answer: what is asked for, and of what.
struct Sending {
  Request& request;
  Reply& reply;
  const StaticOptions& plugin;
  const SendFileOptions& options;
  const std::vector<std::string>& roots;
};

std::string joined(std::string_view root, std::string_view pathname) {
  std::string path(root);
  if (!path.ends_with('/')) path += '/';
  return path += pathname.starts_with('/') ? pathname.substr(1) : pathname;
}

std::string etagOf(const OpenFile& file) {
  std::array<char, 48> text{};
  std::snprintf(text.data(), text.size(), "W/\"%llx-%llx\"", static_cast<unsigned long long>(file.size()),
                static_cast<unsigned long long>(file.modified()));
  return text.data();
}

void addVary(Reply& reply) {
  const auto vary = reply.getHeader("vary").value_or("");
  if (vary.empty())
    reply.header("vary", "accept-encoding");
  else if (vary.find("accept-encoding") == vary.npos && vary.find('*') == vary.npos)
    reply.header("vary", vary + ", accept-encoding");
}

std::string cacheControlOf(const SendFileOptions& options) {
  const auto seconds =
      std::clamp<std::int64_t>(std::chrono::floor<std::chrono::seconds>(options.maxAge).count(), 0, 365 * 24 * 3600);
  return "public, max-age=" + std::to_string(seconds) + (options.immutable ? ", immutable" : "");
}

/// `encoding` is empty for a file that is sent as it is; `logicalPath` names what it contains.
void sendOpened(const Sending& sending, std::shared_ptr<OpenFile> file, const std::string& logicalPath,
                std::string_view encoding) {
  auto& [request, reply, plugin, options, roots] = sending;
  detail::Validators validators;
  if (options.etag) validators.etag = etagOf(*file);
  if (options.lastModified) validators.modified = file->modified() / 1000 * 1000;
  if (detail::preconditionFails(request.headers(), validators)) throw FastifyError(412, "Precondition Failed");

  std::uint64_t at = 0, length = file->size();
  const bool unchanged = detail::notModified(request.headers(), validators);
  detail::ByteRange range;
  auto kind = detail::RangeKind::Whole;
  if (const auto wanted = request.headers()["range"];
      wanted && !unchanged && options.acceptRanges && detail::rangeIsFresh(request.headers(), validators)) {
    kind = detail::parseRange(*wanted, file->size(), range);
  }
  if (kind == detail::RangeKind::None) {
    reply.header("content-range", "bytes */" + std::to_string(file->size()));
    throw FastifyError(416, "Range Not Satisfiable");
  }

  if (options.acceptRanges) reply.header("accept-ranges", "bytes");
  if (options.cacheControl) reply.header("cache-control", cacheControlOf(options));
  if (validators.modified) reply.header("last-modified", ecmascript::toUtcString(*validators.modified));
  if (options.etag) reply.header("etag", validators.etag);
  if (plugin.preCompressed) addVary(reply);
  if (!encoding.empty()) reply.header("content-encoding", encoding);
  int status = 200;
  if (unchanged) {
    status = 304;
    reply.removeHeader("content-encoding");
  } else {
    if (options.contentType) reply.header("content-type", detail::mediaTypeOf(logicalPath));
    if (kind == detail::RangeKind::One) {
      status = 206;
      at = range.first;
      length = range.last - range.first + 1;
      reply.header("content-range", "bytes " + std::to_string(range.first) + "-" + std::to_string(range.last) + "/" +
                                        std::to_string(file->size()));
    }
    reply.header("content-length", std::to_string(length));
  }
  if (reply.statusCode() == 200) reply.code(status);
  if (plugin.setHeaders) plugin.setHeaders(reply, file->path());
  if (unchanged) return reply.send();
  if (request.method() == "HEAD") length = 0;
  reply.send(detail::streamOf(std::move(file), at, length));
}

constexpr std::string_view extensionOf(std::string_view encoding) {
  return encoding == "br" ? ".br" : encoding == "gzip" ? ".gz" : ".deflate";
}

/// Sends the file `path`, or what is compressed beside it. False when there is no such file.
bool sendPath(const Sending& sending, const std::string& path) {
  std::shared_ptr<OpenFile> file;
  if (sending.plugin.preCompressed) {
    for (const auto encoding : detail::acceptedEncodings(sending.request.headers()["accept-encoding"].value_or(""))) {
      if (OpenFile::open(path + std::string(extensionOf(encoding)), file) != OpenFile::Found::File) continue;
      sendOpened(sending, std::move(file), path, encoding);
      return true;
    }
  }
  if (OpenFile::open(path, file) != OpenFile::Found::File) return false;
  sendOpened(sending, std::move(file), path, {});
  return true;
}

bool sendIndex(const Sending& sending, const std::string& folder) {
  return std::ranges::any_of(sending.options.index, [&](const std::string& index) {
    std::shared_ptr<OpenFile> file;
    const auto path = joined(folder, index);
    return OpenFile::open(path, file) == OpenFile::Found::File && sendPath(sending, path);
  });
}

/// To the same URL with a slash at the end of its path; one slash at its beginning, or it would name another host.
void redirectToFolder(const Sending& sending) {
  const auto url = sending.request.url();
  const auto query = url.find('?');
  auto path = url.substr(0, query);
  while (path.starts_with("//") || path.starts_with("/\\")) path.remove_prefix(1);
  sending.reply.redirect(std::string(path) + "/" + std::string(query == url.npos ? "" : url.substr(query)), 301);
}

bool sendFrom(const Sending& sending, const std::string& root, std::string_view pathname) {
  const auto path = joined(root, pathname);
  std::shared_ptr<OpenFile> file;
  if (pathname.ends_with('/')) {
    const bool listing = sending.options.index.empty() && OpenFile::open(path, file) == OpenFile::Found::Folder;
    if (listing) throw FastifyError(403, "Forbidden");
    return sendIndex(sending, path);
  }
  const auto found = OpenFile::open(path, file);
  if (found == OpenFile::Found::Folder) {
    if (!sending.plugin.redirect) return sendIndex(sending, path);
    redirectToFolder(sending);
    return true;
  }
  if (sendPath(sending, path)) return true;
  const auto name = pathname.substr(pathname.rfind('/') + 1);
  if (name.find('.') != name.npos) return false;
  return std::ranges::any_of(sending.options.extensions,
                             [&](const std::string& extension) { return sendPath(sending, path + "." + extension); });
}

void sendPathname(const Sending& sending, std::string_view pathname) {
  if (!detail::isCanonicalPathname(pathname)) forbid();
  if (detail::hasDotFile(pathname)) {
    if (sending.options.dotfiles == "deny") throw FastifyError(403, "Forbidden");
    if (sending.options.dotfiles == "ignore") return sending.reply.callNotFound();
  }
  for (const auto& root : sending.roots) {
    if (sending.plugin.allowedPath && !sending.plugin.allowedPath(pathname, root, sending.request)) continue;
    if (sendFrom(sending, root, pathname)) return;
  }
  sending.reply.callNotFound();
}

/// What a wildcard route was asked for. nullopt: 404.
std::optional<std::string> askedPathname(Request& request) {
  const auto url = request.url();
  const auto whole = url.substr(0, url.find('?'));
  // The router's own idea of the path decides what is below the prefix; the bytes of the URL decide which file it is.
  const auto decoded = detail::decodePathname(whole);
  if (!decoded) return std::nullopt;
  if (!detail::isCanonicalPathname(*decoded)) forbid();
  const auto& pattern = request.routeOptions().url.value();
  const auto segments = std::ranges::count(std::string_view(pattern), '/');  // before the wildcard
  std::size_t at = 0;
  for (std::ptrdiff_t i = 0; i < segments; ++i) {
    at = decoded->find('/', i == 0 ? 0 : at + 1);
    if (at == std::string::npos) return std::nullopt;
  }
  return decoded->substr(at);
}

void check(const StaticOptions& options, Fastify& instance) {
  const auto& folders = options.root.folders();
  if (folders.empty() && options.serve) refuse("FST_STATIC_INVALID_OPTION", "\"root\" option is required");
  if (std::set<std::string>(folders.begin(), folders.end()).size() != folders.size())
    refuse("FST_STATIC_INVALID_OPTION", "\"root\" option array contains duplicate paths");
  for (const auto& folder : folders) {
    const std::filesystem::path path(folder);
    if (!path.is_absolute()) refuse("FST_STATIC_INVALID_OPTION", "\"root\" option must be an absolute path");
    std::error_code failed;
    const auto status = std::filesystem::status(path, failed);
    if (!std::filesystem::exists(status))
      instance.log().warn("\"root\" path \"" + folder + "\" must exist");
    else if (!std::filesystem::is_directory(status))
      refuse("FST_STATIC_INVALID_OPTION", "\"root\" option must be a directory");
  }
  constexpr std::array<std::string_view, 3> dotfiles{"allow", "ignore", "deny"};
  if (std::ranges::find(dotfiles, options.send.dotfiles) == dotfiles.end()) {
    refuse("FST_STATIC_INVALID_OPTION_VALUE", "\"dotfiles\" option must be \"allow\", \"deny\", or \"ignore\"");
  }
}

RouteOptions routeFor(const StaticOptions& options, std::string url, Handler handler) {
  RouteOptions route{.method = {"HEAD", "GET"},
                     .url = std::move(url),
                     .logLevel = options.logLevel,
                     .constraints = options.constraints,
                     .handler = std::move(handler)};
  route.schema.documentation["hide"] = options.schemaHide;
  return route;
}

Handler handlerFor(const StaticOptions& options, std::string pathname) {
  return [&options, pathname = std::move(pathname)](Request& request, Reply& reply) {
    sendPathname({request, reply, options, options.send, options.root.folders()}, pathname);
  };
}

/// Colons begin parameters in patterns; two are one that does not.
std::optional<std::string> patternOf(const std::string& path) {
  std::string pattern;
  for (const char c : path) {
    if (c == '*' || c == '?') return std::nullopt;  // a pattern cannot say these
    pattern += c;
    if (c == ':') pattern += c;
  }
  return pattern;
}

void addRouteForEachFile(Fastify& instance, const StaticOptions& options, const std::string& prefix) {
  std::set<std::string> seen;
  const auto add = [&](const std::string& pathname) {
    const auto pattern = patternOf(prefix + pathname.substr(1));
    if (pattern && seen.insert(pathname).second)
      instance.route(routeFor(options, *pattern, handlerFor(options, pathname)));
  };
  for (const auto& root : options.root.folders()) {
    std::error_code failed;
    std::filesystem::recursive_directory_iterator files(
        root, std::filesystem::directory_options::follow_directory_symlink, failed);
    for (; !failed && files != std::filesystem::end(files); files.increment(failed)) {
      if (!files->is_regular_file(failed)) continue;
      const auto relative = "/" + files->path().lexically_relative(root).generic_string();
      if (detail::hasDotFile(relative)) continue;  // as the pattern ** does
      add(relative);
      const auto& name = files->path().filename().string();
      if (std::ranges::find(options.send.index, name) != options.send.index.end())
        add(relative.substr(0, relative.size() - name.size()));
    }
  }
}

/// A token, or a quoted string, and what old readers cannot read once more in UTF-8 (RFC 6266).
std::string dispositionOf(std::string_view filename) {
  const auto name = filename.substr(filename.find_last_of('/') + 1);
  const auto isToken = [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
           std::string_view("!#$%&'*+-.^_`|~").find(c) != std::string_view::npos;
  };
  if (!name.empty() && std::ranges::all_of(name, isToken)) return "attachment; filename=" + std::string(name);
  std::string quoted;
  bool plain = true;
  for (const char c : name) {
    const bool visible = c >= 0x20 && c < 0x7F;
    plain &= visible;
    if (c == '"' || c == '\\') quoted += '\\';
    quoted += visible ? c : '?';
  }
  return "attachment; filename=\"" + quoted + "\"" +
         (plain ? "" : "; filename*=UTF-8''" + ecmascript::encodeUriComponent(name));
}

void sendNamed(Reply& reply, std::string_view path, const SendFileOptions* options, const StaticRoot& root) {
  const auto& plugin = reply.server()[staticOptions];
  const auto& roots = root.folders().empty() ? plugin.root.folders() : root.folders();
  if (detail::goesUp(path)) throw FastifyError(403, "Forbidden");
  sendPathname({reply.request(), reply, plugin, options ? *options : plugin.send, roots}, path);
}

}  // namespace

void sendFile(Reply& reply, std::string_view path) { sendNamed(reply, path, nullptr, {}); }
void sendFile(Reply& reply, std::string_view path, const StaticRoot& root) { sendNamed(reply, path, nullptr, root); }
void sendFile(Reply& reply, std::string_view path, const SendFileOptions& options, const StaticRoot& root) {
  sendNamed(reply, path, &options, root);
}

void download(Reply& reply, std::string_view path, std::string_view filename, const StaticRoot& root) {
  reply.header("content-disposition", dispositionOf(filename.empty() ? path : filename));
  sendNamed(reply, path, nullptr, root);
}

namespace detail {

Task<> startStatic(Fastify& instance, const StaticOptions& given) {
  check(given, instance);
  // A second registration in one scope has routes of its own; `sendFile` is the first one's, as with decorateReply:
  // false.
  const auto kept = std::make_shared<const StaticOptions>(given);
  const auto& options = *kept;
  if (!instance.hasDecorator(staticOptions.name())) instance.decorate(staticOptions, options);
  instance.addHook(onClose, [kept] {});  // lives as long as the app
  if (!options.serve) return Task<>();
  auto prefix = options.prefix;
  if (!options.prefixAvoidTrailingSlash && !prefix.ends_with('/')) prefix += '/';
  if (!options.wildcard) {
    addRouteForEachFile(instance, options, prefix);
    return Task<>();
  }
  instance.route(routeFor(options, prefix + "*", [kept](Request& request, Reply& reply) {
    const auto pathname = askedPathname(request);
    if (!pathname) return reply.callNotFound();
    sendPathname({request, reply, *kept, kept->send, kept->root.folders()}, *pathname);
  }));
  if (options.redirect && prefix != options.prefix) {
    instance.get(options.prefix, RouteOptions(routeFor(options, "", {})), [kept](Request& request, Reply& reply) {
      redirectToFolder({request, reply, *kept, kept->send, kept->root.folders()});
    });
  }
  return Task<>();
}

}  // namespace detail
}  // namespace fastify
