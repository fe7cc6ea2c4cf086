/**
 * Owns: one load of many messages in a process of its own, for the bench: `PORT SESSIONS MESSAGES SIZE KEEP`. Prints seconds
 * and processor seconds as JSON; starting the program is not counted, as it is not with smtp-source.
 */
import { startMany } from '#engine/many/index.ts'
import { composeMessage } from '#engine/message/compose.ts'
import { ManyRequest } from '#shared/rpc/contract/many.ts'

const [port = 0, connections = 1, messages = 1, size = 0, keep = 0] = process.argv.slice(2).map(Number)
const line = `${'x'.repeat(70)}\n`
const plan = ManyRequest.parse({
  request: {
    target: { host: '127.0.0.1', port, tls: 'none' },
    auth: { mechanism: 'none' },
    message: {
      from: 'a@x.test',
      to: ['b@x.test'],
      subject: 'Message {{n}}',
      text: line.repeat(Math.max(1, Math.floor(size / 72))),
    },
  },
  messages,
  connections,
  perConnection: keep ? 0 : 1,
})
const started = await startMany(plan, {
  clock: { now: () => new Date(), micros: () => performance.now() * 1000 },
  log: (_, message) => console.error(message),
  hub: { added: () => undefined },
  store: { putTranscript: () => Promise.resolve() },
  compose: (message, given, context) =>
    composeMessage(message, { ...context, envelopeFrom: given.envelopeFrom, envelopeTo: given.envelopeTo }),
})
if (!started.ok) throw new Error(JSON.stringify(started.problems))
const began = performance.now()
const cpu = process.cpuUsage()
const { accepted } = await started.result
const { user, system } = process.cpuUsage(cpu)
if (accepted !== messages) throw new Error(`${accepted} of ${messages} were accepted`)
console.log(JSON.stringify({ seconds: (performance.now() - began) / 1000, cpu: (user + system) / 1e6 }))
