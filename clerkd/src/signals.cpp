#include "signals.hpp"

#include <initializer_list>

namespace clerkd {

Signals::Signals() {
  sigemptyset(&held_);
  for (const int signal : {SIGINT, SIGTERM, SIGHUP, SIGCHLD}) sigaddset(&held_, signal);
  pthread_sigmask(SIG_BLOCK, &held_, &before_);
  std::signal(SIGPIPE, SIG_IGN);
}

Signals::Kind Signals::wait() {
  while (true) {
    const int signal = sigwaitinfo(&held_, nullptr);
    if (signal > 0) return signal == SIGCHLD ? Kind::ChildEnded : Kind::Stop;
  }
}

void Signals::restore() noexcept { pthread_sigmask(SIG_SETMASK, &before_, nullptr); }

}  // namespace clerkd
