/** Owns: the floor of the bench: Node's net module, which greets and does nothing else. */
import { createServer } from 'node:net'

createServer({ noDelay: true }, (socket) => {
  socket.on('error', () => {}).on('data', () => {})
  socket.write('220 floor.test ESMTP\r\n')
}).listen({ port: Number(process.argv[2]), host: '127.0.0.1', backlog: 4096 })
