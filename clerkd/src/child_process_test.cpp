#include "child_process.hpp"

#include <gtest/gtest.h>

#include <system_error>

#include <sys/wait.h>

namespace clerkd {
namespace {

using namespace std::chrono_literals;

/// Waits for the end without taking the exit code away from the object.
int ended(ChildProcess& child) {
  siginfo_t info{};
  waitid(P_ALL, 0, &info, WEXITED | WNOWAIT);
  return child.poll().value_or(-1);
}

TEST(ChildProcess, the_exit_code_is_passed_on) {
  ChildProcess child({"sh", "-c", "exit 7"}, {});
  EXPECT_EQ(ended(child), 7);
}

TEST(ChildProcess, the_environment_is_added_to_the_own_one) {
  ::setenv("CHILD_TEST_INHERITED", "yes", 1);
  ::setenv("CHILD_TEST_REPLACED", "old", 1);
  ChildProcess child(
      {"sh", "-c", "test \"$CHILD_TEST_INHERITED-$CHILD_TEST_REPLACED-$CHILD_TEST_LINES\" = \"yes-new-a\nb\""},
      {{"CHILD_TEST_REPLACED", "new"}, {"CHILD_TEST_LINES", "a\nb"}});
  EXPECT_EQ(ended(child), 0);
}

TEST(ChildProcess, a_signal_is_told_as_a_shell_tells_it) {
  ChildProcess child({"sh", "-c", "kill -KILL $$"}, {});
  EXPECT_EQ(ended(child), 128 + 9);
}

TEST(ChildProcess, stopping_asks_first) {
  ChildProcess child({"sh", "-c", "trap 'exit 3' TERM; echo; while :; do sleep 0.05; done"}, {});
  // The trap may not be set yet; either way the child ends, and soon.
  const int code = child.stop(10s);
  EXPECT_TRUE(code == 3 || code == 128 + 15) << code;
}

TEST(ChildProcess, one_that_does_not_listen_is_killed) {
  ChildProcess child({"sh", "-c", "trap '' TERM; exec sleep 60"}, {});
  const int code = child.stop(300ms);
  EXPECT_TRUE(code == 128 + 9 || code == 128 + 15) << code;
}

TEST(ChildProcess, a_command_that_is_not_there_is_an_error_here) {
  try {
    ChildProcess child({"no-such-command-anywhere"}, {});
    FAIL();
  } catch (const std::system_error& error) {
    EXPECT_EQ(error.code().value(), ENOENT);
  }
}

}  // namespace
}  // namespace clerkd
