// Counts what a hello world takes from the heap for each request on a connection that is kept alive, once everything
// that is kept is there. The client below allocates nothing. Prints `allocations per request: N`.
#include <fastify/fastify.hpp>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <new>
#include <string_view>

namespace {

std::atomic<std::size_t> allocations = 0;

void* counted(std::size_t size) {
  allocations.fetch_add(1, std::memory_order_relaxed);
  if (void* memory = std::malloc(size)) return memory;
  throw std::bad_alloc();
}

}  // namespace

void* operator new(std::size_t size) { return counted(size); }
void* operator new[](std::size_t size) { return counted(size); }
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete[](void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }
void operator delete[](void* memory, std::size_t) noexcept { std::free(memory); }

namespace {

constexpr std::string_view request = "GET / HTTP/1.1\r\nHost: localhost\r\nUser-Agent: bench\r\nAccept: */*\r\n\r\n";
constexpr int warmUp = 1000;
constexpr int measured = 10000;

int connectTo(std::uint16_t port) {
  const int fd = ::socket(AF_INET, SOCK_STREAM, 0);
  const sockaddr_in address{
      .sin_family = AF_INET, .sin_port = htons(port), .sin_addr = {htonl(INADDR_LOOPBACK)}, .sin_zero = {}};
  if (::connect(fd, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) std::exit(1);
  return fd;
}

/// One request and its answer, which fits one segment.
void ask(int fd) {
  std::array<char, 4096> buffer;
  if (::send(fd, request.data(), request.size(), MSG_NOSIGNAL) < 0) std::exit(1);
  std::size_t size = 0;
  while (!std::string_view(buffer.data(), size).ends_with("{\"hello\":\"world\"}")) {
    const auto more = ::recv(fd, buffer.data() + size, buffer.size() - size, 0);
    if (more <= 0) std::exit(1);
    size += static_cast<std::size_t>(more);
  }
}

}  // namespace

int main() {
  using namespace fastify;
  Fastify app;
  app.get("/", [](Request&, Reply& reply) { reply.send({{"hello", "world"}}); });
  app.listen({.port = 0, .host = "127.0.0.1"});
  const int fd = connectTo(app.addresses().at(0).port);
  for (int i = 0; i < warmUp; ++i) ask(fd);
  const auto before = allocations.load();
  for (int i = 0; i < measured; ++i) ask(fd);
  const auto taken = allocations.load() - before;
  ::close(fd);
  app.close();
  std::printf("allocations per request: %.3f\n", static_cast<double>(taken) / measured);
}
