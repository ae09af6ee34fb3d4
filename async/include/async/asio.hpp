#pragma once
// For those who use Asio themselves: the io_context below an EventLoop. The only header here that includes Asio.

#include <async/event_loop.hpp>

#include <boost/asio/io_context.hpp>

namespace async {

/// The io_context that `loop` runs; lives as long as the loop.
boost::asio::io_context& ioContext(EventLoop& loop) noexcept;

}  // namespace async
