#pragma once
// The tables, read: what the outputs say in C++.

#include "api/classes.hpp"
#include "api/endpoints.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace generator {

/// A member of a struct.
struct Member {
  std::string name;  // in C++
  std::string type;
  std::string initializer;  // with its ` = `, or nothing
};

struct Struct {
  std::string name;
  std::vector<Member> members;
};

/// One argument of a method in C++.
struct Argument {
  std::string type;
  std::string name;
  bool isOptional = false;
};

struct Method {
  const clerk::api::Endpoint* endpoint = nullptr;
  std::string name;  // in C++
  std::string result;
  std::vector<Argument> arguments;
  std::vector<Struct> structs;  // those that it is the first to use
  std::string note;
};

/// `client.<cppName>`.
struct Api {
  const clerk::api::ResourceRow* row = nullptr;
  std::string file;
  std::vector<Method> methods;
  std::vector<Struct> shapes;  // that its structs contain and no earlier one does
};

/// In the table's order.
std::vector<Api> apis();

struct Class {
  const clerk::api::ClassRow* row = nullptr;
  Struct definition;
  std::vector<std::string> contains;  // other classes
};

/// Each behind those that it contains.
std::vector<Class> orderedClasses();

}  // namespace generator
