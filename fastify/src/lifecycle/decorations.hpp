#pragma once
// The values of request and reply decorations, made when a request first asks for one.

#include "state.hpp"

#include <string>
#include <vector>

namespace fastify {

/// The place of decoration `id` in `slots`, constructed if it is new. Throws FST_ERR_DEC_UNDECLARED.
void* decorationOf(Exchange::State& state, const DecorationTable* table, std::vector<void*>& slots, std::size_t id,
                   const std::string& name);

/// Ends the lives of those that were made.
void destroyDecorations(const DecorationTable* table, std::vector<void*>& slots) noexcept;

}  // namespace fastify
