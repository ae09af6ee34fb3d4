#pragma once
// What most sources of the instance include of one another, parsed once (cmake/precompiled_headers.cmake).

#include "sources.hpp"

#include "api/answer.hpp"
#include "api/text_fields.hpp"
#include "backend_api/operation.hpp"
#include "flows/core.hpp"
#include "model/errors.hpp"
#include "wire/json.hpp"
