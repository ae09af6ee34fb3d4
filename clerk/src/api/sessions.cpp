#include <clerk/api/sessions.hpp>

#include "api/method_call.hpp"
#include "api/typed.hpp"
#include "api/typed_call.hpp"

namespace clerk {

BOOST_DESCRIBE_STRUCT(SessionListParams, (), (limit, offset, clientId, userId, status))
BOOST_DESCRIBE_STRUCT(CreateSessionParams, (), (userId))
BOOST_DESCRIBE_STRUCT(RefreshSessionParams, (),
                      (expired_token, refresh_token, request_origin, request_originating_ip, request_headers,
                       suffixed_cookies, format))

using api::call;
using api::paramsOf;

async::Task<PaginatedResourceResponse<Session>> SessionAPI::getSessionList(SessionListParams params) const {
  return call<PaginatedResourceResponse<Session>>(context_, "sessions.getSessionList", {paramsOf(params)});
}
async::Task<Session> SessionAPI::getSession(std::string sessionId) const {
  return call<Session>(context_, "sessions.getSession", {sessionId});
}
async::Task<Session> SessionAPI::createSession(CreateSessionParams params) const {
  return call<Session>(context_, "sessions.createSession", {paramsOf(params)});
}
async::Task<Session> SessionAPI::revokeSession(std::string sessionId) const {
  return call<Session>(context_, "sessions.revokeSession", {sessionId});
}
async::Task<Session> SessionAPI::verifySession(std::string sessionId, std::string token) const {
  return call<Session>(context_, "sessions.verifySession", {sessionId, token});
}
async::Task<Token> SessionAPI::getToken(std::string sessionId, std::string template_,
                                        std::optional<double> expiresInSeconds) const {
  boost::json::array arguments{sessionId, template_};
  if (expiresInSeconds) arguments.emplace_back(*expiresInSeconds);
  return call<Token>(context_, "sessions.getToken", std::move(arguments));
}
async::Task<RefreshedSession> SessionAPI::refreshSession(std::string sessionId, RefreshSessionParams params) const {
  return call<RefreshedSession>(context_, "sessions.refreshSession", {sessionId, paramsOf(params)});
}

}  // namespace clerk
