/**
 * Owns: the articles' relay on its own address 10.0.1.22, in a network namespace where that is one of this machine's, and
 * clients of 10.0.5.20 and 10.0.5.21 that send through it: `namespaced.ts FOLDER`. Prints what each of them was told, and
 * what was decided, as one line of JSON.
 */
import { connect } from 'node:net'
import { openCertificates } from '#engine/certs/certificates.ts'
import { createIntake } from '#engine/relay/intake.ts'
import { createLocalServer } from '#engine/server/localServer.ts'
import { openStore } from '#engine/store/client.ts'
import { createHub } from '#engine/transcripts/hub.ts'
import type { RelayAttemptRow } from '#shared/rpc/contract/relay.ts'
import { hashes } from '../hashes.ts'
import { articlesPolicy } from './articles.ts'

const folder = process.argv[2]
if (folder === undefined) throw new Error('usage: namespaced.ts FOLDER')
const clock = { now: () => new Date(), micros: () => Math.round(performance.now() * 1000) }
const log = (): void => {}
const secrets = {
  kind: 'memory' as const,
  get: async () => null,
  set: async () => {},
  remove: async () => {},
}
const store = await openStore({ folder })
const hub = createHub({ store, clock, log })
const certs = await openCertificates({ folder, clock, log })
const rules = {
  policy: articlesPolicy(),
  secrets: new Map([['user foo', 'barbaz']]),
  settings: { delivery: { to: 'allowed' as const }, paused: false },
  allowed: [],
  name: 'relay.test',
}
const rows: RelayAttemptRow[] = []
const relaying = createIntake({
  rules: () => rules,
  queue: { added: () => {} },
  store: store.relay,
  clock,
  log,
  hashes,
  attempted: (row) => void rows.push(row),
  arrived: () => {},
})
const server = createLocalServer({ hub, store, certs, clock, log, secrets, hashes, relaying })
const listener = { address: '10.0.1.22', port: 587, allowOutside: true, relay: true } as const
const { status } = await server.start({ name: rules.name, listeners: [listener] })

const lines = ['EHLO client.test', 'MAIL FROM:<app@shop.example>', 'RCPT TO:<ann@gannet.example>', 'DATA', 'Subject: x\r\n\r\nbody\r\n.', 'QUIT'] // prettier-ignore

/** Says the next line when the one before was answered; a refusal is followed by QUIT. Answers with all codes. */
function say(localAddress: string): Promise<string[]> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host: '10.0.1.22', port: 587, localAddress })
    const codes: string[] = []
    const rest = [...lines]
    let text = ''
    socket.on('error', reject)
    socket.on('close', () => resolve(codes))
    socket.on('data', (chunk: Buffer) => {
      text += chunk.toString('latin1')
      const code = /^(\d{3}) [^\n]*\n$/m.exec(text)?.[1]
      if (code === undefined) return
      text = ''
      codes.push(code)
      const next = code >= '4' ? 'QUIT' : rest.shift()
      if (next !== undefined) socket.write(`${next}\r\n`)
      if (next === 'QUIT') rest.length = 0
    })
  })
}

const told: Record<string, string[]> = {}
for (const client of ['10.0.5.20', '10.0.5.21']) told[client] = await say(client)
const decided = rows.map(({ attempt, decision }) => [attempt.client, decision.because])
const legs = (await store.relay.openLegs(null, 10)).map(({ domain, message }) => [message.client, domain])
await server.stop()
relaying.flush()
await hub.stop()
await store.close()
console.log(JSON.stringify({ state: status.listeners[0]?.state, told, decided, legs }))
