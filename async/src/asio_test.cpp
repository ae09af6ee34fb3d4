#include <async/asio.hpp>

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/write.hpp>

#include <gtest/gtest.h>

#include <chrono>
#include <string>

namespace asio = boost::asio;
using async::EventLoop;
using async::Task;
using async::useTask;
using asio::ip::tcp;

TEST(UseTask, waits_for_an_operation) {
  bool waited = false;
  async::blockOn([&]() -> Task<> {
    asio::steady_timer timer(async::ioContext(EventLoop::current()), std::chrono::milliseconds(1));
    co_await timer.async_wait(useTask);
    waited = true;
  });
  EXPECT_TRUE(waited);
}

TEST(UseTask, gives_the_result_of_an_operation) {
  const auto received = async::blockOn([]() -> Task<std::string> {
    auto& context = async::ioContext(EventLoop::current());
    tcp::acceptor acceptor(context, {asio::ip::address_v4::loopback(), 0});
    tcp::socket client(context);
    auto connecting = client.async_connect(acceptor.local_endpoint(), useTask);
    auto server = co_await acceptor.async_accept(useTask);
    co_await connecting;
    co_await asio::async_write(client, asio::buffer("hello", 5), useTask);
    std::string text(5, '\0');
    const std::size_t size = co_await asio::async_read(server, asio::buffer(text), useTask);
    text.resize(size);
    co_return text;
  });
  EXPECT_EQ(received, "hello");
}

TEST(UseTask, throws_the_error_of_an_operation) {
  EXPECT_THROW(async::blockOn([]() -> Task<> {
                 auto& context = async::ioContext(EventLoop::current());
                 std::uint16_t port = 0;
                 {
                   tcp::acceptor closed(context, {asio::ip::address_v4::loopback(), 0});
                   port = closed.local_endpoint().port();
                 }
                 tcp::socket socket(context);
                 co_await socket.async_connect({asio::ip::address_v4::loopback(), port}, useTask);
               }),
               boost::system::system_error);
}
