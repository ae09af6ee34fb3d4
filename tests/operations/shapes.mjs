// Holds a value against a condensed OpenAPI schema (see condense.mjs): what is missing, of another type, or not a field.

const typeOf = value => (value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value);
const has = (object, name) => Object.hasOwn(object, name);
const fits = {
  integer: value => Number.isInteger(value), number: value => typeof value === 'number', string: value => typeof value === 'string',
  boolean: value => typeof value === 'boolean', array: value => Array.isArray(value), object: value => typeOf(value) === 'object',
};

/** Two schemas that both hold, as one. */
function both(a, b) {
  const properties = { ...a.properties };
  for (const [name, schemas] of Object.entries(b.properties)) properties[name] = [...(has(properties, name) ? properties[name] : []), ...schemas];
  return {
    types: [...a.types, ...b.types], enums: [...a.enums, ...b.enums], required: [...a.required, ...b.required], properties,
    items: [...a.items, ...b.items], others: [...a.others, ...b.others], closed: a.closed || b.closed, nullable: a.nullable || b.nullable,
  };
}

export class Shapes {
  #schemas;
  #variants = new Map();

  constructor(schemas) { this.#schemas = schemas; }

  /** The schema without references and compositions: a list, of which a value must fit one. */
  variants(schema) {
    if (this.#variants.has(schema)) return this.#variants.get(schema);
    if (schema.ref) {
      const named = this.variants(this.#schemas[schema.ref]);
      return schema.nullable ? named.map(each => ({ ...each, nullable: true })) : named;
    }
    const others = typeof schema.additionalProperties === 'object' ? [schema.additionalProperties] : [];
    let variants = [{
      types: schema.type ? [schema.type] : [], enums: schema.enum ? [schema.enum] : [], required: schema.required ?? [],
      properties: Object.fromEntries(Object.entries(schema.properties ?? {}).map(([name, each]) => [name, [each]])),
      items: schema.items ? [schema.items] : [], others, closed: schema.additionalProperties === false, nullable: schema.nullable === true,
    }];
    const cross = list => { variants = variants.flatMap(one => list.map(other => both(one, other))); };
    for (const part of schema.allOf ?? []) cross(this.variants(part));
    // Branches overlap in the documents: one of them is enough.
    for (const branches of [schema.oneOf, schema.anyOf]) if (branches) cross(branches.flatMap(branch => this.variants(branch)));
    this.#variants.set(schema, variants);
    return variants;
  }

  /** What is wrong with `value`: [[place, message], …], of the variant that it is nearest to. */
  problems(schema, value, place = '') {
    let best = null;
    for (const variant of this.variants(schema)) {
      const found = this.#problemsOf(variant, value, place);
      if (!found.length) return found;
      const cost = found.reduce((sum, [, message]) => sum + (message.startsWith('must be') ? 20 : 1), 0);
      if (!best || cost < best.cost) best = { cost, found };
    }
    return best.found;
  }

  #problemsOf(variant, value, place) {
    if (value === null && (variant.nullable || !variant.types.length)) return [];
    for (const type of variant.types) if (!fits[type](value)) return [[place, `must be ${type}, is ${typeOf(value)}`]];
    for (const values of variant.enums) if (!values.includes(value)) return [[place, `must be one of ${values.slice(0, 8).join(', ')}`]];
    if (Array.isArray(value)) return value.flatMap(each => variant.items.flatMap(items => this.problems(items, each, `${place}/*`)));
    return typeOf(value) === 'object' ? this.#problemsOfMembers(variant, value, place) : [];
  }

  #problemsOfMembers(variant, value, place) {
    const problems = [];
    for (const name of new Set(variant.required)) if (!has(value, name)) problems.push([`${place}/${name}`, 'is required']);
    for (const [name, member] of Object.entries(value)) {
      const known = has(variant.properties, name);
      const schemas = known ? variant.properties[name] : variant.others;
      if (!known && !schemas.length && variant.closed) problems.push([`${place}/${name}`, 'is not a field']);
      for (const schema of schemas) problems.push(...this.problems(schema, member, `${place}/${name}`));
    }
    return problems;
  }
}
