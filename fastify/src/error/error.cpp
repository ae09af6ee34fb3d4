#include <fastify/error.hpp>

namespace fastify {

FastifyError::FastifyError(int statusCode, std::string message) : statusCode(statusCode), message(std::move(message)) {}

FastifyError::FastifyError(int statusCode, std::string code, std::string message)
    : name("FastifyError"), code(std::move(code)), statusCode(statusCode), message(std::move(message)) {}

FastifyError FastifyError::from(std::exception_ptr thrown) {
  FastifyError error;
  try {
    std::rethrow_exception(thrown);
  } catch (const FastifyError& own) {
    error = own;
  } catch (const std::exception& other) {
    error.message = other.what();
  } catch (...) {
    // Something that is no std::exception says nothing about itself.
    error.message = "Unknown error";
  }
  error.origin = std::move(thrown);
  return error;
}

}  // namespace fastify
