// Twin of bench/sdk.cpp with Clerk's own SDK. Prints nanoseconds of CPU and bytes taken from V8's heap for each call.
import crypto from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createClerkClient, verifyToken } from '@clerk/backend'

const tokens = readFileSync(process.argv[2], 'utf8').trim().split('\n')
const seconds = Number(process.argv[3])
const env = process.env
const one = tokens[0]

const cpuSeconds = () => { const { user, system } = process.cpuUsage(); return (user + system) / 1e6 }

async function measure(name, call, { batch = 64 } = {}) {
  let done = 0
  const run = async times => { for (let i = 0; i < times; ++i) await call(done++) }
  const warmed = cpuSeconds()
  while (cpuSeconds() - warmed < Math.max(seconds / 4, 0.3)) await run(batch)  // Node compiles what it runs often
  const before = done, started = cpuSeconds()
  let taken
  while ((taken = cpuSeconds() - started) < seconds) await run(batch)
  const ns = taken * 1e9 / (done - before)
  // Few enough that no collection comes between.
  gc()
  const heap = process.memoryUsage().heapUsed
  await run(batch)
  console.log(JSON.stringify({ name, ns, bytes: (process.memoryUsage().heapUsed - heap) / batch }))
}
const require = (condition, what) => { if (!condition) { console.error(what); process.exit(1) } }

const key = crypto.createPublicKey(env.CLERK_JWT_KEY)
const [signed, signature] = [Buffer.from(one.slice(0, one.lastIndexOf('.'))), Buffer.from(one.split('.')[2], 'base64url')]
await measure('RSA verification alone', () => require(crypto.verify('RSA-SHA256', signed, key, signature), 'wrong signature'))

const options = { jwtKey: env.CLERK_JWT_KEY }
const verify = async token => require((await verifyToken(token, options)).sub, 'no subject')
await measure('verifyToken, token seen first', i => verify(tokens[i % tokens.length]))
await measure('verifyToken, token seen again', () => verify(one))

const client = createClerkClient({
  secretKey: env.CLERK_SECRET_KEY, publishableKey: env.CLERK_PUBLISHABLE_KEY, jwtKey: env.CLERK_JWT_KEY, apiUrl: env.CLERK_API_URL,
})
const requestOf = headers => new Request('http://app.example.com/page?tab=1', { headers: { accept: '*/*', 'user-agent': 'bench', ...headers } })
const authenticate = async (request, isSignedIn) =>
  require((await client.authenticateRequest(request)).toAuth().isAuthenticated === isSignedIn, 'decided wrongly')
const byHeader = tokens.map(token => requestOf({ authorization: `Bearer ${token}` }))
const byCookie = tokens.map(token => requestOf({ cookie: `theme=dark; __session=${token}; __client_uat=1` }))
const nobody = requestOf({})
await measure('authenticateRequest by header, seen first', i => authenticate(byHeader[i % byHeader.length], true))
await measure('authenticateRequest by header, seen again', () => authenticate(byHeader[0], true))
await measure('authenticateRequest by cookie, seen first', i => authenticate(byCookie[i % byCookie.length], true))
await measure('authenticateRequest by cookie, seen again', () => authenticate(byCookie[0], true))
await measure('authenticateRequest, nobody', () => authenticate(nobody, false))
await measure('getUser through loopback', () => client.users.getUser('user_1'), { batch: 8 })
process.exit(0)
