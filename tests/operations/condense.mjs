// Writes data/<api>.json: what of Clerk's OpenAPI documents the suite needs (priorities, parameters, fields, shapes of answers), without
// their prose. Run by hand when the documents change:
//   node condense.mjs frontend operations.tsv document.json > data/frontend.json       (document.json: the YAML document as JSON)
import { readFileSync } from 'node:fs';

const [api, table, file] = process.argv.slice(2);
const document = JSON.parse(readFileSync(file, 'utf8'));
const METHODS = ['get', 'post', 'put', 'patch', 'delete'];
// What the suite reads of a schema; the rest is prose, examples and hints to generators.
const KEPT = ['type', 'format', 'enum', 'nullable', 'required', 'additionalProperties', 'minimum', 'maximum', 'minLength', 'maxLength', 'maxItems', 'pattern'];

const priorities = new Map();
for (const line of readFileSync(table, 'utf8').trim().split('\n').slice(1)) {
  const [owner, method, path, , , priority] = line.split('\t');
  if (owner === api) priorities.set(`${method} ${path}`, priority);
}

const resolve = ref => ref.slice(2).split('/').reduce((node, key) => node[key.replaceAll('~1', '/').replaceAll('~0', '~')], document);
const deref = node => { while (node?.$ref) node = resolve(node.$ref); return node; };
const schemas = {};

function condense(schema) {
  if (typeof schema !== 'object' || schema === null) return schema;
  if (schema.$ref) {
    const name = schema.$ref.split('/').at(-1);
    if (!(name in schemas)) {
      schemas[name] = null;  // recursion ends here
      schemas[name] = condense(resolve(schema.$ref));
    }
    return { ref: name, ...(schema.nullable && { nullable: true }) };
  }
  const out = {};
  for (const key of KEPT) if (schema[key] !== undefined) out[key] = key === 'additionalProperties' ? condense(schema[key]) : schema[key];
  if (schema.items) out.items = condense(schema.items);
  for (const key of ['allOf', 'oneOf', 'anyOf']) if (schema[key]) out[key] = schema[key].map(condense);
  if (schema.properties) out.properties = Object.fromEntries(Object.entries(schema.properties).map(([name, each]) => [name, condense(each)]));
  return out;
}

const operations = {};
/** Operations of lower priority: a path of theirs may look like an id of ours. */
const others = [];
for (const [path, item] of Object.entries(document.paths)) {
  for (const method of METHODS) {
    const key = `${method.toUpperCase()} ${path}`;
    const priority = priorities.get(key);
    if (!item[method]) continue;
    if (priority !== 'P0' && priority !== 'P1') {
      others.push(key);
      continue;
    }
    const parameters = [...(item.parameters ?? []), ...(item[method].parameters ?? [])].map(deref);
    const body = deref(item[method].requestBody)?.content ?? {};
    operations[key] = {
      priority,
      query: Object.fromEntries(parameters.filter(each => each.in === 'query').map(each => [each.name, condense(each.schema)])),
      body: Object.fromEntries(Object.entries(body).map(([type, { schema }]) => [type, condense(schema)])),
      answers: Object.fromEntries(Object.entries(item[method].responses).map(([status, each]) => {
        const content = Object.entries(deref(each).content ?? {}).find(([type]) => /json/.test(type));
        return [status, content?.[1].schema ? condense(content[1].schema) : null];
      })),
    };
  }
}
const lines = (name, map) => `"${name}":{\n${Object.entries(map).sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, value]) => `${JSON.stringify(key)}:${JSON.stringify(value)}`).join(',\n')}\n}`;
process.stdout.write(`{"document":${JSON.stringify(`${document.info.title} ${document.info.version}`)},\n"others":${JSON.stringify(others.sort())},\n${lines('operations', operations)},\n${lines('schemas', schemas)}}\n`);
