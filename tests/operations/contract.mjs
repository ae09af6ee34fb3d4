// What Clerk's OpenAPI documents say of each operation of priority P0 and P1: which a request is, whether its answer is right, what was asked.
import { readFileSync } from 'node:fs';
import { Shapes } from './shapes.mjs';
import { isAccepted } from './accepted.mjs';

// Answers of layers below an operation (authentication, routing, limits): right anywhere when they carry errors.
const ANYWHERE = new Set([401, 404, 405, 413, 414, 415, 429, 431]);

/** What is wrong with the body of an error, as a text; null when it is one of Clerk's. */
export function problemOfError(body) {
  if (!Array.isArray(body?.errors) || !body.errors.length) return 'has no list of errors';
  for (const error of body.errors) {
    if (!/^[a-z0-9_]+$/.test(error?.code ?? '')) return 'an error has no code';
    if (!error.message || typeof error.message !== 'string' || typeof error.long_message !== 'string') return 'an error has no message';
  }
  return null;
}

const parsed = text => { try { return JSON.parse(text); } catch { return undefined; } };

function patternOf(key) {
  const [method, path] = key.split(' ');
  const pattern = path.split('/').map(part => part.replace(/[.]/g, '\\.').replace(/\{[^}]+\}/g, '[^/]+')).join('/');
  return { key, method, path, pattern: new RegExp(`^${pattern}/?$`) };
}

class Contract {
  constructor(api) {
    this.api = api;
    const data = JSON.parse(readFileSync(new URL(`data/${api}.json`, import.meta.url), 'utf8'));
    this.shapes = new Shapes(data.schemas);
    this.schemas = data.schemas;
    this.operations = Object.entries(data.operations).map(([key, operation]) => ({ ...patternOf(key), ...operation, succeeded: 0, failed: 0 }));
    // `/users/count` before `/users/{user_id}`.
    this.all = [...this.operations, ...data.others.map(patternOf)].sort((a, b) => a.path.split('{').length - b.path.split('{').length);
  }

  /** Undefined: none of the document's, or one of lower priority. */
  find(method, path) {
    const found = this.all.find(each => each.method === method && each.pattern.test(path));
    return found?.priority ? found : undefined;
  }
}

export class Coverage {
  apis = { frontend: new Contract('frontend'), backend: new Contract('backend') };
  violations = new Map();

  /** Judges one answer; `path` as in the document. */
  record(api, method, path, { status, text }) {
    const contract = this.apis[api];
    const operation = contract.find(method, path);
    if (!operation) return;
    if (status < 400) operation.succeeded++; else operation.failed++;
    for (const [place, message] of this.#problems(contract, operation, status, text)) {
      const what = `${api} ${operation.key} ${status} ${place || 'the answer'} ${message}`;
      if (!isAccepted(what)) this.violations.set(what, text.slice(0, 300));
    }
  }

  *#problems({ shapes }, { path, answers }, status, text) {
    if (status >= 500 && !(status in answers)) yield ['', 'says that the server failed'];
    if (!(status in answers) && !ANYWHERE.has(status)) yield ['', `is not documented; ${Object.keys(answers).join(', ')} are`];
    const body = parsed(text);
    if (status === 204) return void (text && (yield ['', 'has a body']));
    if (answers[status]) {
      if (body === undefined) yield ['', 'is not JSON']; else yield* shapes.problems(answers[status], body);
    }
    // A few errors are documented in a form of their own.
    if (status >= 400 && !path.startsWith('/oauth/') && (!answers[status] || answers[status].ref === 'ClerkErrors')) {
      const problem = problemOfError(body);
      if (problem) yield ['', problem];
    }
  }

  /** Operations that nobody called with success: `api METHOD path`. */
  missing() {
    return Object.values(this.apis).flatMap(({ api, operations }) =>
      operations.filter(({ succeeded }) => !succeeded).map(({ key }) => `${api} ${key}`)).sort();
  }

  /** By API and priority: how many of how many were called with success. */
  summary() {
    return Object.values(this.apis).flatMap(({ api, operations }) => ['P0', 'P1'].map(priority => {
      const all = operations.filter(each => each.priority === priority);
      return `${api} ${priority}: ${all.filter(({ succeeded }) => succeeded).length} of ${all.length}`;
    }));
  }
}
