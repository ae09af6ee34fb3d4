// Typed routes: the structs below are schemas, parsers, validators and serializers of the routes that use them.
//   curl -d '{"title":"Read"}' -H 'content-type: application/json' http://localhost:3000/todos
//   curl 'http://localhost:3000/todos?done=false'
#include <fastify/fastify.hpp>
#include <fastify/typed.hpp>

#include <cstdlib>
#include <vector>

using namespace fastify;

BOOST_DEFINE_ENUM_CLASS(Priority, low, normal, high)

struct NewTodo {
  std::string title;
  Priority priority = Priority::normal;
  std::optional<std::string> note;
};
BOOST_DESCRIBE_STRUCT(NewTodo, (), (title, priority, note))

void annotate(Annotations<NewTodo>& on) {
  on(&NewTodo::title).minLength(1).maxLength(80);
  on(&NewTodo::priority).fallback();
}

struct Todo : NewTodo {
  std::uint32_t id = 0;
  bool done = false;
};
BOOST_DESCRIBE_STRUCT(Todo, (NewTodo), (id, done))

struct Filter {
  std::optional<bool> done;
};
BOOST_DESCRIBE_STRUCT(Filter, (), (done))

struct TodoId {
  std::uint32_t id = 0;
};
BOOST_DESCRIBE_STRUCT(TodoId, (), (id))

int main() {
  Fastify app({.logger = true});
  std::vector<Todo> todos;  // one worker: no lock

  app.post("/todos", [&](Body<NewTodo> todo, Reply& reply) -> Todo {
    reply.code(201);
    return todos.emplace_back(Todo{*todo, static_cast<std::uint32_t>(todos.size() + 1)});
  });

  app.get("/todos", [&](Query<Filter> filter) {
    std::vector<Todo> found;
    for (const auto& todo : todos) {
      if (!filter->done || todo.done == *filter->done) found.push_back(todo);
    }
    return found;
  });

  app.post("/todos/:id/done", [&](Params<TodoId> params) -> Todo {
    if (params->id == 0 || params->id > todos.size()) throw FastifyError(404, "There is no such thing to do");
    auto& todo = todos[params->id - 1];
    todo.done = true;
    return todo;
  });

  const char* port = std::getenv("PORT");
  return app.run({.port = static_cast<std::uint16_t>(port ? std::atoi(port) : 3000)});
}
