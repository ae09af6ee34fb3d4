#include "close_request.hpp"

#include <poll.h>
#include <sys/eventfd.h>
#include <sys/signalfd.h>
#include <unistd.h>
#include <cerrno>
#include <cstdint>

#include <system_error>

namespace fastify {

namespace {
int checked(int fileDescriptor, const char* what) {
  if (fileDescriptor < 0) throw std::system_error(errno, std::generic_category(), what);
  return fileDescriptor;
}

sigset_t closingSignals() noexcept {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGINT);
  sigaddset(&signals, SIGTERM);
  return signals;
}
}  // namespace

HeldSignals::HeldSignals() {
  const auto signals = closingSignals();
  fileDescriptor_ = checked(::signalfd(-1, &signals, SFD_CLOEXEC), "signalfd");
  pthread_sigmask(SIG_BLOCK, &signals, &before_);
}

HeldSignals::~HeldSignals() {
  ::close(fileDescriptor_);
  pthread_sigmask(SIG_SETMASK, &before_, nullptr);
}

CloseRequest::CloseRequest() : fileDescriptor_(checked(::eventfd(0, EFD_CLOEXEC), "eventfd")) {}
CloseRequest::~CloseRequest() { ::close(fileDescriptor_); }

void CloseRequest::ask() noexcept {
  const std::uint64_t one = 1;
  while (::write(fileDescriptor_, &one, sizeof one) < 0 && errno == EINTR) {
  }
}

void CloseRequest::wait(const HeldSignals& signals) noexcept {
  pollfd entries[]{{fileDescriptor_, POLLIN, 0}, {signals.fileDescriptor(), POLLIN, 0}};
  while (::poll(entries, 2, -1) < 0 && errno == EINTR) {
  }
  // Taken, so that it does not end the program when it is no longer held.
  signalfd_siginfo signal;
  if (entries[1].revents & POLLIN) [[maybe_unused]]
    const auto read = ::read(signals.fileDescriptor(), &signal, sizeof signal);
}

}  // namespace fastify
