#pragma once
// What most tests include: GoogleTest, on top of what the sources do.

#include "sources.hpp"

#include <gtest/gtest.h>
