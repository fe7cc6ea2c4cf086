/**
 * The relay's promise: kill -9 at random moments over a thousand messages, while the next server answers 451 and breaks
 * connections off, and every message that was answered 250 is delivered at least once, or its bounce is. The counts are printed.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { openStore } from '#engine/store/client.ts'
import { type Cli, startCli } from '#test/support/cli.ts'
import { freePorts } from '#test/support/peers/ports.ts'
import { type FaultySink, faultySink } from '#test/support/relay/faultySink.ts'
import { seeded } from '#test/support/relay/seeded.ts'
import { submitAll } from '#test/support/relay/submitter.ts'

const messages = 1000
const connections = 6
const kills = 10
/** Milliseconds after which it is said what is missing. */
const patience = 60_000

const folder = mkdtempSync(join(tmpdir(), 'relayscope-relay-kill-'))
const running = new Set<{ stop(): unknown }>()
afterAll(async () => {
  for (const one of running) await one.stop()
  rmSync(folder, { recursive: true, force: true })
})

const sender = (name: string): string => `from${name}@origin.test`
const recipient = (name: string): string =>
  `${Number(name.split('-')[0]) % 10 === 0 ? 'gone' : 'to'}${name}@next.test`
const isGone = (address: string): boolean => address.startsWith('gone')

/** The last line of the message, or of its bounce the recipient that failed. */
const isWhole = (content: string, to: string, from: string): boolean => {
  const name = to.replace(/^[a-z]+|@.*/g, '')
  return from === ''
    ? content.includes(`Final-Recipient: rfc822; ${recipient(name)}`)
    : content.endsWith(`\nMessage ${name}.`)
}

const rules = (port: number, sink: number): string => `smtp-listener 127.0.0.1:${port}
<source 127.0.0.0/8>
  always-allow-relaying yes
</source>
<domain *>
  use-starttls false
  retry-after 1s
  smarthost 127.0.0.1:${sink} plain
</domain>
`

/** The command line, killed and started again on the same data folder. */
class Killable {
  readonly data = join(folder, 'data')
  readonly #file = join(folder, 'relay.conf')
  readonly #port: number
  #up: Promise<Cli>
  kills = 0

  constructor(port: number, sink: number) {
    this.#port = port
    writeFileSync(this.#file, rules(port, sink))
    this.#up = this.#start()
  }

  async port(): Promise<number> {
    await this.#up
    return this.#port
  }

  async kill(): Promise<void> {
    const cli = await this.#up
    this.#up = cli.stop('SIGKILL').then(() => this.#start())
    this.kills++
    await this.#up
  }

  async stop(): Promise<void> {
    await (await this.#up).stop()
  }

  async #start(): Promise<Cli> {
    const cli = startCli(['serve', '--config', this.#file, '--allow', '127.0.0.1', '--data', this.data])
    await cli.until(/Messages are kept in/)
    return cli
  }
}

/** Kills after a random number of steps, a random number of turns later, as long as there are kills left. */
function killer(random: () => number): { step(): void; of(relay: Killable): void } {
  let relay: Killable | null = null
  let left = 60
  let under = false
  const kill = async (to: Killable): Promise<void> => {
    for (let turns = Math.floor(random() * 12); turns > 0; turns--)
      await new Promise((done) => setImmediate(done))
    await to.kill()
    left = 200 + Math.floor(random() * 320)
    under = false
  }
  return {
    of: (given) => void (relay = given),
    step() {
      if (under || relay === null || relay.kills >= kills || --left > 0) return
      under = true
      void kill(relay)
    },
  }
}

/** Beyond the first of each. */
const copiesIn = (kept: ReadonlyMap<string, number>): number =>
  [...kept.values()].reduce((sum, times) => sum + times - 1, 0)

const isOver = ({ delivered, bounced }: FaultySink, name: string): boolean =>
  isGone(recipient(name)) ? bounced.has(sender(name)) : delivered.has(recipient(name))

test(`${kills} times kill -9 over ${messages} messages: each answered 250 is delivered at least once, or bounced`, async () => {
  const death = killer(seeded(7))
  const sink = await faultySink({ random: seeded(8), refuses: isGone, whole: isWhole, step: death.step })
  running.add({ stop: () => sink.close() })
  const { port } = await freePorts('port')
  const relay = new Killable(port, sink.port)
  running.add(relay)
  death.of(relay)
  const numbers = Array.from({ length: messages }, (_, i) => i + 1)
  const { taken, unanswered } = await submitAll(numbers, connections, { port: () => relay.port(), sender, recipient, step: death.step })
  expect(taken).toHaveLength(messages)

  const missing = () => taken.filter(({ name }) => !isOver(sink, name))
  const late = new Promise<void>((resolve) => void setTimeout(resolve, patience).unref())
  await Promise.race([sink.when(() => missing().length === 0), late])
  expect(missing().map(({ name }) => name)).toEqual([])
  expect(sink.torn).toEqual([])
  expect(relay.kills).toBe(kills)

  running.delete(relay)
  await relay.stop()
  const copies = { delivered: copiesIn(sink.delivered), bounced: copiesIn(sink.bounced) }
  console.log(
    `${messages} messages answered 250, ${kills} times kill -9, ${unanswered} submissions cut off before an answer: ` +
      `${taken.filter(({ name }) => sink.delivered.has(recipient(name))).length} delivered, ${taken.filter(({ name }) => sink.bounced.has(sender(name))).length} bounced, 0 lost; ` +
      `second copies: ${copies.delivered} of messages, ${copies.bounced} of bounces; ` +
      `the next server said 451 ${sink.faults.later} times and broke off ${sink.faults.beforeDot} times before the dot, ${sink.faults.behindDot} times behind it`,
  )
  // The store knows each of them, and says of it what the next server did.
  const store = await openStore({ folder: relay.data })
  try {
    for (const { id, name } of taken) {
      const leg = await store.relay.leg(`${id}/1`)
      expect([leg?.message.sender, leg?.recipients[0]?.address], name).toEqual([sender(name), recipient(name)])
    }
    expect(store.notices).toEqual([])
  } finally {
    await store.close()
  }
}, 150_000) // prettier-ignore
