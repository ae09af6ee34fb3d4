// The quickstart of Clerk's document for Fastify, with Clerk's own SDK: what examples/quickstart/all_routes.cpp is held against.
// TWIN_OPTIONS (JSON) goes to clerkPlugin: Node's plugin does not read CLERK_API_URL, ours does.
import 'dotenv/config'
import Fastify from 'fastify'
import { clerkClient, clerkPlugin, getAuth } from '@clerk/fastify'

const fastify = Fastify({ logger: true })

fastify.register(clerkPlugin, JSON.parse(process.env.TWIN_OPTIONS ?? '{}'))

fastify.get('/', async (request, reply) => {
  const { userId } = getAuth(request)
  if (!userId) return reply.code(403).send({ error: 'Unauthorized request.' })
  const user = await clerkClient.users.getUser(userId)
  return reply.send({ message: 'User retrieved successfully.', user })
})

try {
  await fastify.listen({ port: Number(process.env.PORT) })
} catch (error) {
  fastify.log.error(error)
  process.exit(1)
}
