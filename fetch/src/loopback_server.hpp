#pragma once
// A server for tests: one thread, a free port on 127.0.0.1, and a function that answers whatever arrived.

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/write.hpp>

#include <atomic>
#include <functional>
#include <memory>
#include <string>
#include <thread>
#include <vector>

namespace fetch::test {

/// Blocking and simple. `handle` gets the request's head and body and returns the bytes to send; an empty answer keeps
/// the connection open without answering, "close" ends it.
class LoopbackServer {
 public:
  using Handler = std::function<std::string(const std::string& head, const std::string& body)>;

  explicit LoopbackServer(Handler handle)
      : handle_(std::move(handle)),
        acceptor_(context_, {boost::asio::ip::address_v4::loopback(), 0}),
        port_(acceptor_.local_endpoint().port()),
        thread_([this] { acceptAll(); }) {}

  ~LoopbackServer() {
    stopping_ = true;
    // A last connection wakes the thread that waits for one.
    boost::system::error_code ignored;
    boost::asio::ip::tcp::socket socket(context_);
    socket.connect({boost::asio::ip::address_v4::loopback(), port_}, ignored);
    thread_.join();
    for (auto& socket : sockets_) socket->shutdown(boost::asio::ip::tcp::socket::shutdown_both, ignored);
    for (auto& thread : threads_) thread.join();
  }

  std::string url(const std::string& path = "/") const { return "http://127.0.0.1:" + std::to_string(port_) + path; }
  int connections() const { return connections_; }

 private:
  void acceptAll() {
    for (;;) {
      auto socket = std::make_shared<boost::asio::ip::tcp::socket>(context_);
      boost::system::error_code failed;
      acceptor_.accept(*socket, failed);
      if (failed || stopping_) return;
      ++connections_;
      sockets_.push_back(socket);
      threads_.emplace_back([this, socket] { serve(*socket); });
    }
  }

  void serve(boost::asio::ip::tcp::socket& socket) {
    std::string buffer;
    boost::system::error_code failed;
    for (;;) {
      const auto headSize = boost::asio::read_until(socket, boost::asio::dynamic_buffer(buffer), "\r\n\r\n", failed);
      if (failed) return;
      const auto head = buffer.substr(0, headSize);
      buffer.erase(0, headSize);
      std::size_t length = 0;
      if (const auto at = head.find("Content-Length: "); at != std::string::npos)
        length = std::stoul(head.substr(at + 16));
      while (buffer.size() < length && !failed) {
        boost::asio::read(socket, boost::asio::dynamic_buffer(buffer), boost::asio::transfer_at_least(1), failed);
      }
      const auto answer = handle_(head, buffer.substr(0, length));
      buffer.erase(0, length);
      if (answer == "close") {
        socket.shutdown(boost::asio::ip::tcp::socket::shutdown_both, failed);
        return;
      }
      boost::asio::write(socket, boost::asio::buffer(answer), failed);
      if (failed) return;
    }
  }

  Handler handle_;
  boost::asio::io_context context_;
  boost::asio::ip::tcp::acceptor acceptor_;
  std::uint16_t port_;
  std::atomic<bool> stopping_{false};
  std::atomic<int> connections_{0};
  std::vector<std::shared_ptr<boost::asio::ip::tcp::socket>> sockets_;
  std::vector<std::thread> threads_;
  std::thread thread_;
};

inline std::string answer(int status, const std::string& body, const std::string& headers = "") {
  return "HTTP/1.1 " + std::to_string(status) + " Some Text\r\n" + headers +
         "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
}

}  // namespace fetch::test
