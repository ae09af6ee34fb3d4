// Twin of bench/hello.cpp.
import Fastify from 'fastify'

const app = Fastify()
app.get('/', (request, reply) => { reply.send({ hello: 'world' }) })
process.on('SIGTERM', () => process.exit(0))
await app.listen({ port: Number(process.env.PORT), host: '127.0.0.1' })
