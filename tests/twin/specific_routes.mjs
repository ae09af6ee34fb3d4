// The document's second program: the plugin on the protected routes only. Twin of examples/quickstart/specific_routes.cpp.
import 'dotenv/config'
import Fastify from 'fastify'
import { clerkClient, clerkPlugin, getAuth } from '@clerk/fastify'

const fastify = Fastify({ logger: true })

const protectedRoutes = (instance, options, done) => {
  instance.register(clerkPlugin, JSON.parse(process.env.TWIN_OPTIONS ?? '{}'))
  instance.get('/protected', async (request, reply) => {
    const { userId } = getAuth(request)
    if (!userId) return reply.code(403).send({ message: 'Access denied. Authentication required.' })
    const user = await clerkClient.users.getUser(userId)
    reply.send({ message: 'This is a protected route.', user })
  })
  done()
}

const publicRoutes = (instance, options, done) => {
  instance.get('/', async (request, reply) => {
    reply.send({ message: 'This is a public route.' })
  })
  done()
}

fastify.register(protectedRoutes)
fastify.register(publicRoutes)

try {
  await fastify.listen({ port: Number(process.env.PORT) })
} catch (error) {
  fastify.log.error(error)
  process.exit(1)
}
