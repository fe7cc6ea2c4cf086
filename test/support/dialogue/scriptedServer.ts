/** Owns: small mail servers for tests, each doing exactly what its script says, on a free port of loopback. */
import { createServer, type Server, type Socket } from 'node:net'
import { createServer as createTlsServer, createSecureContext, TLSSocket, type TlsOptions } from 'node:tls'
import type { KeyPair } from '#engine/certs/make.ts'

export interface TestServer {
  port: number
  /** Octets received on all connections, as a byte string. */
  received(): string
  /** Connections accepted so far. */
  connections(): number
  close(): Promise<void>
}

type OnConnection = (socket: Socket, received: (text: string) => void) => void

/** A server whose script is called with each socket. Errors of sockets are what these tests are about. */
export async function listen(script: OnConnection, pair?: TlsOptions): Promise<TestServer> {
  let received = ''
  let count = 0
  const sockets = new Set<Socket>()
  const accept = (socket: Socket): void => {
    count++
    socket.setNoDelay(true)
    sockets.add(socket)
    socket.on('error', () => {})
    socket.on('close', () => sockets.delete(socket))
    script(socket, (text) => {
      received += text
    })
  }
  const server: Server = pair ? createTlsServer(pair, accept) : createServer(accept)
  server.on('tlsClientError', () => {})
  // With TLS the socket below lives on its own.
  server.on('connection', (socket: Socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    port: portOf(server),
    received: () => received,
    connections: () => count,
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy()
        server.close(() => resolve())
      }),
  }
}

function portOf(server: Server): number {
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('not listening on TCP')
  return address.port
}

/** Says this on connection and then only listens. */
export const says =
  (text: string): OnConnection =>
  (socket, received) => {
    socket.on('data', (chunk) => received(chunk.toString('latin1')))
    if (text !== '') socket.write(text, 'latin1')
  }

export interface MailScript {
  banner?: string
  /** Replies by upper-case verb (`.` for the end of data); what is missing is answered 250. */
  replies?: Record<string, string>
  ehlo?: string[]
  /** EHLO lines once TLS is made; `ehlo` without STARTTLS by default. */
  ehloAfterTls?: string[]
  /** For STARTTLS. */
  pair?: KeyPair
  /** Called instead of starting TLS after the 220. */
  onStartTls?: (socket: Socket) => void
}

/** A plain, line by line mail server: enough SMTP for a whole message, with STARTTLS and AUTH PLAIN and LOGIN. */
export const mail =
  (script: MailScript = {}): OnConnection =>
  (socket, received) => {
    socket.write(script.banner ?? '220 test.example ESMTP\r\n')
    converse(socket, script, false, received)
  }

function converse(
  socket: Socket,
  script: MailScript,
  sealed: boolean,
  received: (text: string) => void,
): void {
  const state = { rest: '', content: false, login: 0 }
  const onData = (chunk: Buffer): void => {
    received(chunk.toString('latin1'))
    state.rest += chunk.toString('latin1')
    for (let end = state.rest.indexOf('\r\n'); end >= 0; end = state.rest.indexOf('\r\n')) {
      const line = state.rest.slice(0, end)
      state.rest = state.rest.slice(end + 2)
      const reply = answer(line, state, script, sealed)
      if (reply !== null) socket.write(reply, 'latin1')
      if (line.toUpperCase() === 'QUIT') socket.end()
      if (line.toUpperCase() === 'STARTTLS' && reply?.startsWith('220')) {
        socket.off('data', onData)
        if (script.onStartTls) script.onStartTls(socket)
        else upgrade(socket, script, received)
        return
      }
    }
  }
  socket.on('data', onData)
}

function upgrade(socket: Socket, script: MailScript, received: (text: string) => void): void {
  const context = createSecureContext({ cert: script.pair!.cert, key: script.pair!.key })
  const sealed = new TLSSocket(socket, { isServer: true, secureContext: context })
  sealed.on('error', () => {})
  converse(sealed, script, true, received)
}

interface State {
  content: boolean
  login: number
}

function answer(line: string, state: State, script: MailScript, sealed: boolean): string | null {
  const { replies = {} } = script
  if (state.content) {
    if (line !== '.') return null
    state.content = false
    return replies['.'] ?? '250 2.0.0 kept as 42\r\n'
  }
  if (state.login > 0)
    return --state.login > 0 ? '334 UGFzc3dvcmQ6\r\n' : (replies['LOGIN'] ?? '235 2.7.0 in\r\n')
  const verb = line.split(' ')[0]!.toUpperCase()
  if (verb === 'EHLO' && !replies['EHLO']) return ehlo(script, sealed)
  const reply = replies[verb]
  if (verb === 'DATA' && (reply ?? '354').startsWith('354')) state.content = true
  if (reply !== undefined) return reply
  if (verb === 'DATA') return '354 go on\r\n'
  if (verb === 'STARTTLS') return '220 2.0.0 begin\r\n'
  if (verb === 'QUIT') return '221 2.0.0 bye\r\n'
  if (verb === 'AUTH' && line.toUpperCase() === 'AUTH LOGIN') {
    state.login = 2
    return '334 VXNlcm5hbWU6\r\n'
  }
  return verb === 'AUTH' ? '235 2.7.0 in\r\n' : '250 2.1.0 ok\r\n'
}

function ehlo(script: MailScript, sealed: boolean): string {
  const plain = script.ehlo ?? [
    'PIPELINING',
    ...(script.pair || script.onStartTls ? ['STARTTLS'] : []),
    'AUTH PLAIN LOGIN',
  ]
  const lines = sealed ? (script.ehloAfterTls ?? plain.filter((line) => line !== 'STARTTLS')) : plain
  const all = ['test.example', ...lines]
  return all.map((text, i) => `250${i === all.length - 1 ? ' ' : '-'}${text}\r\n`).join('')
}
