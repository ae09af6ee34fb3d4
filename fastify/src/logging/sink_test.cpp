#include "logging/sink.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <thread>
#include <vector>

#include <fcntl.h>
#include <sys/resource.h>
#include <unistd.h>

namespace fastify::logging {
namespace {

class TemporaryFile {
 public:
  TemporaryFile() { ::close(::mkstemp(path_.data())); }
  ~TemporaryFile() { std::filesystem::remove(path_); }
  std::string path() const { return path_.c_str(); }
  std::string content() const {
    std::stringstream text;
    text << std::ifstream(path()).rdbuf();
    return text.str();
  }

 private:
  std::string path_ = (std::filesystem::temp_directory_path() / "sink-test-XXXXXX").string();
};

TEST(Sink, a_line_is_written_at_once_and_files_are_appended_to) {
  const TemporaryFile file;
  openSink(LogDestination::File{file.path()})->append("one\n");
  const auto sink = openSink(LogDestination::File{file.path()});
  sink->append("two\n");
  EXPECT_EQ(file.content(), "one\ntwo\n");
}

TEST(Sink, a_file_that_cannot_be_opened_is_an_error) {
  EXPECT_THROW(openSink(LogDestination::File{"/nowhere/at/all.log"}), std::system_error);
}

TEST(Sink, deferred_lines_wait_for_the_flush) {
  const TemporaryFile file;
  const auto sink = openSink(LogDestination::File{file.path()});
  {
    const Deferral deferral;
    sink->append("one\n");
    sink->append("two\n");
    EXPECT_EQ(file.content(), "");
    flushDeferred();
    EXPECT_EQ(file.content(), "one\ntwo\n");
    sink->append("three\n");
    EXPECT_EQ(file.content(), "one\ntwo\n");
  }
  EXPECT_EQ(file.content(), "one\ntwo\nthree\n");
}

TEST(Sink, a_full_buffer_is_written_although_lines_are_deferred) {
  const TemporaryFile file;
  const auto sink = openSink(LogDestination::File{file.path()});
  const Deferral deferral;
  const std::string line(1023, 'x');
  for (std::size_t i = 0; i < sinkBufferSize / 1024; ++i) sink->append(line + "\n");
  EXPECT_EQ(file.content().size(), sinkBufferSize);
}

TEST(Sink, a_line_of_another_thread_takes_the_deferred_ones_with_it_in_order) {
  const TemporaryFile file;
  const auto sink = openSink(LogDestination::File{file.path()});
  const Deferral deferral;
  sink->append("first\n");
  std::thread([&] { sink->append("second\n"); }).join();
  EXPECT_EQ(file.content(), "first\nsecond\n");
}

TEST(Sink, lines_of_several_threads_are_never_mixed) {
  int ends[2];
  ASSERT_EQ(::pipe(ends), 0);
  std::string text;
  std::thread reader([&] {
    char buffer[4096];
    for (ssize_t count; (count = ::read(ends[0], buffer, sizeof buffer)) > 0;)
      text.append(buffer, static_cast<std::size_t>(count));
  });
  constexpr int threadCount = 4;
  constexpr int lineCount = 300;
  {
    const auto sink = openSink(ends[1]);
    std::vector<std::thread> threads;
    for (int t = 0; t < threadCount; ++t) {
      threads.emplace_back([&, t] {
        const Deferral deferral;
        const std::string line(100 + 997 * static_cast<std::size_t>(t), static_cast<char>('a' + t));
        for (int i = 0; i < lineCount; ++i) {
          sink->append(line + "\n");
          if (i % 7 == 0) flushDeferred();
        }
      });
    }
    for (auto& thread : threads) thread.join();
  }
  ::close(ends[1]);
  reader.join();
  ::close(ends[0]);

  int seen[threadCount] = {};
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    ASSERT_FALSE(line.empty());
    const int t = line[0] - 'a';
    ASSERT_EQ(line, std::string(100 + 997 * static_cast<std::size_t>(t), line[0]));
    ++seen[t];
  }
  for (const int count : seen) EXPECT_EQ(count, lineCount);
}

TEST(Sink, a_closed_pipe_does_not_end_the_program) {
  const auto before = std::signal(SIGPIPE, SIG_DFL);
  int ends[2];
  ASSERT_EQ(::pipe(ends), 0);
  ::close(ends[0]);
  const auto sink = openSink(ends[1]);
  for (int i = 0; i < 3; ++i) sink->append("into the void\n");
  ::close(ends[1]);
  std::signal(SIGPIPE, before);
}

TEST(Sink, a_full_disk_does_not_end_the_program) {
  const int full = ::open("/dev/full", O_WRONLY);
  ASSERT_GE(full, 0);
  {
    const auto sink = openSink(full);
    const std::string line(100'000, 'x');
    for (std::size_t i = 0; i < 3 * sinkBacklogLimit / line.size(); ++i) sink->append(line);
  }
  ::close(full);
}

TEST(Sink, what_a_full_disk_refused_is_written_when_there_is_room_again) {
  const TemporaryFile file;
  const int full = ::open("/dev/full", O_WRONLY);
  const int target = ::open(file.path().c_str(), O_WRONLY | O_APPEND);
  const int descriptor = ::dup(full);
  const auto sink = openSink(descriptor);
  sink->append("kept\n");
  ::dup2(target, descriptor);
  sink->append("next\n");
  EXPECT_EQ(file.content(), "kept\nnext\n");
  ::close(full);
  ::close(target);
  ::close(descriptor);
}

TEST(Sink, a_file_that_may_not_grow_does_not_end_the_program) {
  const TemporaryFile file;
  const auto logBeyondTheLimit = [&] {
    rlimit limit{};
    ::getrlimit(RLIMIT_FSIZE, &limit);
    const auto before = limit.rlim_cur;
    limit.rlim_cur = 10;
    ::setrlimit(RLIMIT_FSIZE, &limit);
    const auto sink = openSink(LogDestination::File{file.path()});
    sink->append("a line of its own\n");
    sink->append("another line\n");
    const bool full = file.content() == "a line of ";
    limit.rlim_cur = before;
    ::setrlimit(RLIMIT_FSIZE, &limit);
    sink->append("the last\n");
    std::exit(full && file.content() == "a line of its own\nanother line\nthe last\n" ? 0 : 1);
  };
  GTEST_FLAG_SET(death_test_style, "threadsafe");
  EXPECT_EXIT(logBeyondTheLimit(), testing::ExitedWithCode(0), "");
}

TEST(Sink, a_slow_reader_of_a_non_blocking_pipe_gets_everything) {
  int ends[2];
  ASSERT_EQ(::pipe2(ends, O_NONBLOCK), 0);
  ASSERT_EQ(::fcntl(ends[0], F_SETFL, 0), 0);  // the reader's end blocks
  std::size_t total = 0;
  std::thread reader([&] {
    char buffer[1000];
    for (ssize_t count; (count = ::read(ends[0], buffer, sizeof buffer)) > 0;) total += static_cast<std::size_t>(count);
  });
  openSink(ends[1])->append(std::string(1 << 20, 'x'));
  ::close(ends[1]);
  reader.join();
  ::close(ends[0]);
  EXPECT_EQ(total, std::size_t{1} << 20);
}

TEST(Sink, loggers_of_the_same_descriptor_share_a_buffer) {
  const auto one = openSink(2);
  const auto two = openSink(2);
  EXPECT_EQ(one, two);
}

TEST(Sink, what_a_running_thread_has_deferred_is_written_at_exit) {
  const TemporaryFile file;
  const auto exitWhileDeferring = [&] {
    const auto sink = openSink(LogDestination::File{file.path()});
    std::atomic<bool> appended = false;
    std::thread worker([&] {
      const Deferral deferral;
      sink->append("deferred\n");
      appended = true;
      appended.notify_one();
      ::pause();
    });
    appended.wait(false);
    std::exit(0);
  };
  GTEST_FLAG_SET(death_test_style, "threadsafe");
  EXPECT_EXIT(exitWhileDeferring(), testing::ExitedWithCode(0), "");
}

TEST(Sink, what_is_deferred_is_written_when_the_program_crashes) {
  const auto crashWhileDeferring = [] {
    writeLinesAtCrash();
    const auto sink = openSink(2);
    const Deferral deferral;
    sink->append("the last line\n");
    std::abort();
  };
  GTEST_FLAG_SET(death_test_style, "threadsafe");
  EXPECT_EXIT(crashWhileDeferring(), testing::KilledBySignal(SIGABRT), "the last line");
}

}  // namespace
}  // namespace fastify::logging
