// Records what Fastify's own plugins answer: `npm install && node record.mjs [name …]` writes cases/<name>.json from apps/<name>.mjs.
// The C++ apps of the same names are in <name>_cases.cpp; requests of one app run in order on one instance.
import { readdirSync, writeFileSync } from 'node:fs';
import Fastify from 'fastify';

const unrecorded = new Set(['date', 'connection', 'keep-alive']);
const folder = new URL('apps/', import.meta.url);
const names = process.argv.slice(2).length ? process.argv.slice(2)
  : readdirSync(folder).filter(name => name.endsWith('.mjs')).map(name => name.slice(0, -4));

const headersOf = headers => Object.entries(headers).filter(([name]) => !unrecorded.has(name))
  .flatMap(([name, value]) => [value].flat().map(line => [name, String(line)]));

for (const name of names) {
  const { apps, requests, options = {} } = await import(new URL(`${name}.mjs`, folder));
  const running = {}, cases = [];
  for (const { app: appName, ...request } of requests) {
    if (!running[appName]) {
      running[appName] = Fastify(options[appName] ?? {});
      await apps[appName](running[appName]);
      await running[appName].ready();
    }
    const { headers = {}, ...rest } = request;
    const response = await running[appName].inject({ ...rest, headers });
    cases.push({ app: appName, request, response: { statusCode: response.statusCode, headers: headersOf(response.headers), body: response.payload } });
  }
  for (const app of Object.values(running)) await app.close();
  writeFileSync(new URL(`cases/${name}.json`, import.meta.url), `[\n${cases.map(each => JSON.stringify(each)).join(',\n')}\n]\n`);
  console.log(`${name}: ${cases.length} cases`);
}
