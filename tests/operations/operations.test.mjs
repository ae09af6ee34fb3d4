// Every operation of priority P0 and P1 of both APIs, as people and backends use it, and what of each may go wrong; then everything that is
// wrong (bad_input.mjs). Answers are held against Clerk's documents (data/); what was never called with success, and is not in unsupported.mjs,
// is a failure. Once on SQLite and once on PostgreSQL, unless DATABASE names one.
//   node operations.test.mjs [RESOURCE …]         starts `clerkd dev` from build/release (or CLERK_BIN)
import { readdirSync } from 'node:fs';
import assert from 'node:assert/strict';
import { startPostgres } from '../harness/postgres.mjs';
import { Steps } from '../harness/steps.mjs';
import { sweep } from './bad_input.mjs';
import { Coverage } from './contract.mjs';
import { UNSUPPORTED } from './unsupported.mjs';
import { World } from './world.mjs';

const EVERYTHING = { phone_number: true, username: true, passkey: true, multi_session: true, password: 'optional' };
const engines = process.env.DATABASE ? [process.env.DATABASE] : ['sqlite', 'postgres'];
const seed = Number(process.env.SEED ?? 1), limit = Number(process.env.LIMIT ?? 4000);
const wanted = process.argv.slice(2);
const resources = readdirSync(new URL('resources', import.meta.url)).sort().map(file => file.replace('.mjs', ''))
  .filter(name => !wanted.length || wanted.includes(name));
const steps = new Steps('operations');

/** Runs one step; one that needs an operation of unsupported.mjs must fail. */
async function step(what, body, needs) {
  const lacking = needs.filter(each => each in UNSUPPORTED);
  if (!lacking.length) return steps.check(what, body);
  return steps.check(`${what} (not supported)`, () => assert.rejects(body, undefined, `works: take ${lacking} out of unsupported.mjs`));
}

async function runOn(engine) {
  const coverage = new Coverage();
  let postgres, world;
  await steps.run(`${engine}: the instance starts`, async () => {
    if (engine === 'postgres') postgres = await startPostgres();
    world = await World.start(coverage, { settings: { ...EVERYTHING }, social: true, args: postgres ? ['--database', postgres.url] : [] });
  });
  for (const name of resources) {
    const { default: walk } = await import(`./resources/${name}.mjs`);
    await walk({ step: (what, body, ...needs) => step(`${engine}: ${name}: ${what}`, body, needs), world, coverage });
  }
  await steps.check(`${engine}: every answer is as documented`, () => {
    assert.ok(!coverage.violations.size, `${coverage.violations.size} are not:\n${[...coverage.violations].map(pair => pair.join('\n    ')).join('\n')}`);
  });
  if (!wanted.length) {
    await steps.check(`${engine}: every operation was called with success`, () => {
      console.log(coverage.summary().join('\n'));
      const missing = coverage.missing();
      assert.deepEqual(missing.filter(key => !(key in UNSUPPORTED)), [], 'neither called with success nor in unsupported.mjs');
      assert.deepEqual(Object.keys(UNSUPPORTED).filter(key => !missing.includes(key)), [], 'works: take it out of unsupported.mjs');
    });
    await steps.check(`${engine}: nothing that is wrong does harm`, async () => {
      const { requests, of, problems } = await sweep(world, { seed, limit });
      console.log(`${requests} of ${of} wrong requests (SEED=${seed})`);
      assert.deepEqual(problems, []);
    });
  }
  await steps.check(`${engine}: the instance ends well`, async () => {
    assert.equal(await world.stop(), 0);
    await postgres?.stop();
  });
}

for (const engine of engines) await runOn(engine);
steps.finish();
