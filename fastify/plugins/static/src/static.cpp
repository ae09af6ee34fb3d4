#include <fastify/static.hpp>

#include "conditions.hpp"
#include "file_access.hpp"
#include "folder_list.hpp"
#include "lookup.hpp"
#include "media_types.hpp"
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

using detail::FileAccess;
using detail::Finding;
using detail::OpenFile;
using detail::Patience;

/// A registration of the plugin.
struct Registered {
  StaticOptions options;
  std::shared_ptr<FileAccess> access = std::make_shared<FileAccess>();
};

const Decorator<std::shared_ptr<const Registered>> registered{"sendFile"};

[[noreturn]] void forbid() { throw FastifyError(403, "FST_STATIC_FORBIDDEN_PATH", "Forbidden"); }
[[noreturn]] void refuse(const char* code, const std::string& message) { throw FastifyError(500, code, message); }

/// One answer: what is asked for, and of what.
struct Sending {
  Request& request;
  Reply& reply;
  const Registered& plugin;
  const SendFileOptions& options;
  const std::vector<std::string>& roots;
  /// How long the file system may keep this thread. Contents are read without waiting in any case.
  Patience patience = Patience::FromCache;
};

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

void sendFound(const Sending& sending, Finding found) {
  auto& [request, reply, registered, options, roots, patience] = sending;
  const auto& plugin = registered.options;
  const auto& file = found.file;
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
  if (!found.encoding.empty()) reply.header("content-encoding", found.encoding);
  int status = 200;
  if (unchanged) {
    status = 304;
    reply.removeHeader("content-encoding");
  } else {
    if (options.contentType) reply.header("content-type", detail::mediaTypeOf(found.path));
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
  reply.send(detail::streamOf(registered.access, file, at, length));
}

/// To the same URL with a slash at the end of its path; one slash at its beginning, or it would name another host.
void redirectToFolder(const Sending& sending) {
  const auto url = sending.request.url();
  const auto query = url.find('?');
  auto path = url.substr(0, query);
  while (path.starts_with("//") || path.starts_with("/\\")) path.remove_prefix(1);
  sending.reply.redirect(std::string(path) + "/" + std::string(query == url.npos ? "" : url.substr(query)), 301);
}

detail::Wanted wantedOf(const Sending& sending, const std::string& root, std::string_view pathname) {
  const auto& plugin = sending.plugin.options;
  detail::Wanted wanted{.root = root,
                        .pathname = std::string(pathname),
                        .index = sending.options.index,
                        .extensions = sending.options.extensions,
                        .tellFolders = plugin.redirect || plugin.list};
  if (plugin.preCompressed) {
    for (const auto encoding : detail::acceptedEncodings(sending.request.headers()["accept-encoding"].value_or("")))
      wanted.encodings.emplace_back(encoding);
  }
  return wanted;
}

bool isAllowed(const Sending& sending, const std::string& root, std::string_view pathname) {
  const auto& allowed = sending.plugin.options.allowedPath;
  return !allowed || allowed(pathname, root, sending.request);
}

/// What was found may have another name than what was asked for.
bool foundIsAllowed(const Sending& sending, const std::string& root, std::string_view pathname, const Finding& found) {
  const auto below = std::string_view(found.path).substr(detail::joinedPath(root, "").size());
  const auto name = pathname.starts_with('/') ? "/" + std::string(below) : std::string(below);
  return name == pathname || isAllowed(sending, root, name);
}

/// Does the work from the kernel's memory, or else beside the loop.
template <class Work>
Task<std::invoke_result_t<Work&, Patience>> atOnceOrLater(const Sending& sending, Work work) {
  if (sending.patience == Patience::Blocking) co_return work(Patience::Blocking);
  if (auto result = FileAccess::now(work)) co_return std::move(*result);
  co_return co_await sending.plugin.access->later(std::move(work));
}

std::string_view lastSegment(std::string_view path) {
  while (path.ends_with('/')) path.remove_suffix(1);
  return path.substr(path.rfind('/') + 1);
}

/// Whether a path that names no file stands for the list of its folder.
bool namesList(const ListOptions& list, std::string_view pathname) {
  return std::ranges::any_of(list.names, [&](const std::string& name) {
    return name == lastSegment(pathname) || (name == "/" && pathname.ends_with('/'));
  });
}

/// encodeURI, and what would end a path.
std::string hrefOf(std::string_view path) {
  constexpr std::string_view kept = "/;,:@&=+$";
  std::string href;
  while (!path.empty()) {
    const auto next = std::min(path.find_first_of(kept), path.size());
    href += ecmascript::encodeUriComponent(path.substr(0, next));
    if (next == path.size()) break;
    href += path[next];
    path.remove_prefix(next + 1);
  }
  return href;
}

/// The list of `folder`, which stands for `pathname`.
Task<> sendList(Sending sending, std::string folder, std::string pathname) {
  const auto& plugin = sending.plugin.options;
  const auto& list = *plugin.list;
  const auto* asked = sending.request.query().if_contains("format");
  const auto format = asked && asked->is_string() ? std::string(asked->get_string()) : list.format;
  if (format == "html" && !list.render)
    refuse("FST_STATIC_INVALID_OPTION_VALUE",
           "\"list.render\" option must be a function and is required with the URL parameter `format=html`");
  auto entries = co_await atOnceOrLater(sending, [folder, hidden = sending.options.dotfiles == "allow",
                                                  extended = list.extendedFolderInfo](Patience patience) {
    if (patience == Patience::FromCache) throw detail::WouldBlock();
    return detail::listFolder(folder, hidden, extended);
  });
  if (!entries) co_return sending.reply.callNotFound();
  if (format != "html") co_return sending.reply.send(detail::jsonOf(*entries, list.jsonFormat == "extended"));
  auto base = detail::joinedPath(plugin.prefix, pathname);
  while (base.ends_with('/')) base.pop_back();
  if (!pathname.ends_with('/') && std::ranges::find(list.names, lastSegment(base)) != list.names.end())
    base.resize(base.rfind('/'));
  for (auto* some : {&entries->folders, &entries->files}) {
    for (auto& entry : *some) entry.href = hrefOf(base + "/" + entry.name);
  }
  sending.reply.type("text/html").send(list.render(entries->folders, entries->files));
}

/// The folder that a path lies in, or is.
std::string folderOf(const std::string& root, std::string_view pathname) {
  return detail::joinedPath(root, pathname.substr(0, pathname.rfind('/') + 1));
}

/// True when it has answered, or will.
Task<bool> answerFrom(Sending sending, std::string root, std::string pathname) {
  const auto& plugin = sending.plugin.options;
  auto found = co_await atOnceOrLater(sending, [wanted = wantedOf(sending, root, pathname)](Patience patience) {
    return detail::lookUp(wanted, patience);
  });
  switch (found.kind) {
    case Finding::Kind::File:
      if (!foundIsAllowed(sending, root, pathname, found)) co_return false;
      sendFound(sending, std::move(found));
      co_return true;
    case Finding::Kind::Folder:
      if (plugin.list) {
        co_await sendList(sending, found.path, pathname);
      } else {
        redirectToFolder(sending);
      }
      co_return true;
    case Finding::Kind::Unnamed:
      if (!plugin.list) throw FastifyError(403, "Forbidden");
      co_await sendList(sending, found.path, pathname);
      co_return true;
    case Finding::Kind::Nothing: break;
  }
  if (!plugin.list || !namesList(*plugin.list, pathname)) co_return false;
  co_await sendList(sending, folderOf(root, pathname), pathname);
  co_return true;
}

Task<> sendPathname(Sending sending, std::string pathname) {
  if (!detail::isCanonicalPathname(pathname)) forbid();
  if (detail::hasDotFile(pathname)) {
    if (sending.options.dotfiles == "deny") throw FastifyError(403, "Forbidden");
    if (sending.options.dotfiles == "ignore") co_return sending.reply.callNotFound();
  }
  for (const auto& root : sending.roots) {
    if (isAllowed(sending, root, pathname) && co_await answerFrom(sending, root, pathname)) co_return;
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

void check(const ListOptions& list, std::size_t roots) {
  const auto wrong = [](const char* message) { refuse("FST_STATIC_INVALID_OPTION_VALUE", message); };
  if (roots > 1) refuse("FST_STATIC_MULTIROOT_LIST_CONFLICT", "multi-root with list option is not supported");
  if (list.format != "json" && list.format != "html") wrong("\"list.format\" option must be json or html");
  if (list.jsonFormat != "names" && list.jsonFormat != "extended")
    wrong("\"list.jsonFormat\" option must be names or extended");
  if (list.format == "html" && !list.render)
    wrong("\"list.render\" option must be a function and is required with html format");
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
  if (options.list) check(*options.list, folders.size());
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

Sending sendingOf(Request& request, Reply& reply, const Registered& plugin) {
  return {request, reply, plugin, plugin.options.send, plugin.options.root.folders()};
}

Handler handlerFor(const Registered& plugin, std::string pathname) {
  return [&plugin, pathname = std::move(pathname)](Request& request, Reply& reply) -> Task<> {
    return sendPathname(sendingOf(request, reply, plugin), pathname);
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

void addRouteForEachFile(Fastify& instance, const Registered& plugin, const std::string& prefix) {
  const auto& options = plugin.options;
  std::set<std::string> seen;
  const auto add = [&](const std::string& pathname) {
    const auto pattern = patternOf(prefix + pathname.substr(1));
    if (pattern && seen.insert(pathname).second)
      instance.route(routeFor(options, *pattern, handlerFor(plugin, pathname)));
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
  const auto& plugin = *reply.server()[registered];
  const auto& roots = root.folders().empty() ? plugin.options.root.folders() : root.folders();
  if (detail::goesUp(path)) throw FastifyError(403, "Forbidden");
  sendPathname({reply.request(), reply, plugin, options ? *options : plugin.options.send, roots, Patience::Blocking},
               std::string(path))
      .take();
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
  const auto plugin = std::make_shared<const Registered>(Registered{given});
  const auto& options = plugin->options;
  if (!instance.hasDecorator(registered.name())) instance.decorate(registered, plugin);
  instance.addHook(onClose, [plugin] { plugin->access->stop(); });  // and lives as long as the app
  if (!options.serve) return Task<>();
  auto prefix = options.prefix;
  if (!options.prefixAvoidTrailingSlash && !prefix.ends_with('/')) prefix += '/';
  if (!options.wildcard) {
    addRouteForEachFile(instance, *plugin, prefix);
    return Task<>();
  }
  instance.route(routeFor(options, prefix + "*", [plugin](Request& request, Reply& reply) -> Task<> {
    auto pathname = askedPathname(request);
    if (pathname) return sendPathname(sendingOf(request, reply, *plugin), std::move(*pathname));
    reply.callNotFound();
    return Task<>();
  }));
  if (options.redirect && prefix != options.prefix) {
    instance.get(options.prefix, RouteOptions(routeFor(options, "", {})),
                 [plugin](Request& request, Reply& reply) { redirectToFolder(sendingOf(request, reply, *plugin)); });
  }
  return Task<>();
}

}  // namespace detail
}  // namespace fastify
