/**
 * Owns: the real local server and store as a process of its own, to be killed: `killable.ts FOLDER`. Prints its port.
 * It runs until it is killed.
 */
import { openCertificates } from '#engine/certs/certificates.ts'
import { createLocalServer } from '#engine/server/localServer.ts'
import { openStore } from '#engine/store/client.ts'
import { createHub } from '#engine/transcripts/hub.ts'
import { hashes } from '../hashes.ts'

const folder = process.argv[2]
if (folder === undefined) throw new Error('usage: killable.ts FOLDER')
const clock = { now: () => new Date(), micros: () => Math.round(performance.now() * 1000) }
const log = () => {}
const secrets = {
  kind: 'memory' as const,
  get: async () => null,
  set: async () => {},
  remove: async () => {},
}
const store = await openStore({ folder })
const hub = createHub({ store, clock, log })
const certs = await openCertificates({ folder, clock, log })
const server = createLocalServer({ hub, store, certs, clock, log, secrets, hashes })
const { status } = await server.start({ name: 'mx.test', listeners: [{ port: 0, tls: 'plain' }] })
console.log(`port ${status.listeners[0]?.actualPort}`)
