#pragma once
// All of the framework.

#include <fastify/body.hpp>
#include <fastify/constraint.hpp>
#include <fastify/content_type_parser.hpp>
#include <fastify/decorator.hpp>
#include <fastify/error.hpp>
#include <fastify/headers.hpp>
#include <fastify/hooks.hpp>
#include <fastify/inject.hpp>
#include <fastify/instance.hpp>
#include <fastify/json.hpp>
#include <fastify/log_controller.hpp>
#include <fastify/logger.hpp>
#include <fastify/options.hpp>
#include <fastify/payload.hpp>
#include <fastify/plugin.hpp>
#include <fastify/raw_request.hpp>
#include <fastify/reply.hpp>
#include <fastify/request.hpp>
#include <fastify/route.hpp>
#include <fastify/schema.hpp>
#include <fastify/task.hpp>
#include <fastify/upgrade.hpp>
