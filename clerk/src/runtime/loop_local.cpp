#include "runtime/loop_local.hpp"

#include <async/asio.hpp>

#include <boost/asio/execution_context.hpp>

#include <unordered_map>

namespace clerk::detail {
namespace {

/// Asio destroys a context's services with the context: what a loop keeps cannot be found by a later loop at its
/// address.
class Slots final : public boost::asio::execution_context::service {
 public:
  static boost::asio::execution_context::id id;
  explicit Slots(boost::asio::execution_context& context) : service(context) {}
  std::unordered_map<std::type_index, std::shared_ptr<void>> slots;

 private:
  void shutdown() noexcept override { slots.clear(); }
};

boost::asio::execution_context::id Slots::id;

}  // namespace

std::shared_ptr<void>& loopSlot(async::EventLoop& loop, std::type_index type) {
  return boost::asio::use_service<Slots>(async::ioContext(loop)).slots[type];
}

}  // namespace clerk::detail
