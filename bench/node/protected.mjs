// Twin of bench/protected.cpp.
import Fastify from 'fastify'
import { clerkPlugin, getAuth } from '@clerk/fastify'

const app = Fastify()
app.register(async scope => {
  scope.register(clerkPlugin)
  scope.get('/protected', (request, reply) => {
    const { userId } = getAuth(request)
    if (!userId) return reply.code(401).send({ error: 'Unauthorized' })
    reply.send({ userId })
  })
})
process.on('SIGTERM', () => process.exit(0))
await app.listen({ port: Number(process.env.PORT), host: '127.0.0.1' })
