/** The queue of a real `serve --config` on the command line: shown, tried, paused, dropped, by message, by domain and as a whole. */
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { runCli } from '../support/cli.ts'
import { freePorts } from '../support/peers/ports.ts'
import { listens, mail, noSwaks, queued, type Relay, startInbox, startRelay, swaks } from '../support/relay/serveRelay.ts' // prettier-ignore

/** Everything by this smarthost, where nobody listens at first. */
const rules = (smarthost: number) =>
  listens(`<source 127.0.0.1>\nalways-allow-relaying true\n</source>\n<domain *>\nsmarthost 127.0.0.1:${smarthost} starttls\nretry-after 1h\n</domain>\n`) // prettier-ignore

const relay = ({ data }: Pick<Relay, 'data'>, ...args: string[]) => runCli(['relay', ...args, '--data', data])

interface Listed {
  paused: boolean
  counts: Record<string, number>
  items: { id: string; domain: string; state: string; words: string }[]
}
const listed = async (one: Relay, ...more: string[]): Promise<Listed> => JSON.parse((await relay(one, 'queue', '--json', ...more)).out) as Listed // prettier-ignore
const states = async (one: Relay, ...more: string[]) => (await listed(one, ...more)).items.map(({ domain, state }) => `${domain} ${state}`).toSorted() // prettier-ignore

async function give({ port, cli }: Relay, to: string): Promise<string> {
  const [, id = ''] = queued.exec(await swaks(port, ...mail('a@x.example', to))) ?? []
  await cli.until(new RegExp(`retry {2}a@x\\.example -> ${to.replaceAll('.', '\\.')} `))
  return id
}

describe.skipIf(noSwaks !== '')(`the queue on the command line${noSwaks && ` (${noSwaks})`}`, () => {
  test('shown, held, let go on, tried and dropped, by message and by domain', async () => {
    const { port: smarthost } = await freePorts('port')
    const one = await startRelay(rules(smarthost), '--allow', '127.0.0.1')
    const id = await give(one, 'b@y.example')
    await give(one, 'c@z.example')
    const { items, counts, paused } = await listed(one)
    expect(items.map(({ domain, words }) => `${domain} ${words}`).toSorted()).toEqual([
      `y.example Connection refused on port ${smarthost}`,
      `z.example Connection refused on port ${smarthost}`,
    ])
    expect([paused, counts]).toMatchObject([false, { waiting: 2, held: 0 }])
    const entry = items.find(({ domain }) => domain === 'y.example')!.id
    expect(entry.startsWith(id)).toBe(true)
    const text = await relay(one, 'queue', '--domain', 'y.example')
    expect(text.out).toMatch(new RegExp(`^${entry} +waiting +next \\S+Z +1 try +a@x\\.example -> b@y\\.example +Connection refused[^\\n]*\\n2 waiting, `)) // prettier-ignore
    expect((await relay(one, 'queue', entry)).out).toMatch(/Tries:\n {2}\S+ {2}again {2}127\.0\.0\.1:\d+[^\n]*Connection refused/) // prettier-ignore

    expect(await relay(one, 'pause', id)).toMatchObject({ status: 0, out: '1 entry held.\n', err: '' })
    expect(await relay(one, 'pause', '--domain', 'Z.example')).toMatchObject({ status: 0, out: '1 entry held.\n' }) // prettier-ignore
    expect(await states(one)).toEqual(['y.example held', 'z.example held'])
    expect(await relay(one, 'resume', '--domain', 'z.example')).toMatchObject({ status: 0, out: '1 entry let go on.\n' }) // prettier-ignore
    expect(await relay(one, 'drop', '--domain', 'z.example', '--json')).toMatchObject({ status: 0, err: '' })
    expect(await states(one, '--show', 'all')).toEqual(['y.example held', 'z.example dropped'])
    expect(await relay(one, 'drop', 's9.9')).toMatchObject({ status: 1, out: '0 entries dropped.\n', err: 'Nothing of s9.9 is open; relay queue shows what is.\n' }) // prettier-ignore

    // Now somebody is there.
    const inbox = await startInbox(`127.0.0.1:${smarthost}:starttls`)
    expect(await relay(one, 'pause', '--all')).toMatchObject({ status: 0, out: 'Deliveries are paused, 1 in the queue.\n' }) // prettier-ignore
    const retried = await relay(one, 'retry', entry)
    expect([retried.status, retried.err]).toEqual([0, 'Deliveries are paused: nothing goes before relay resume --all.\n']) // prettier-ignore
    expect((await listed(one)).paused).toBe(true)
    expect(await relay(one, 'resume', '--all')).toMatchObject({ status: 0, out: expect.stringMatching(/^Deliveries go on/) }) // prettier-ignore
    await relay(one, 'retry', id)
    await one.cli.until(/delivered {2}a@x\.example -> b@y\.example/)
    await inbox.cli.until(/a@x\.example -> b@y\.example/)
    expect(await states(one)).toEqual([])
  }, 120_000)

  test('only by its owner’s file, which is gone at the end; a killed relay is told apart from one that runs', async () => {
    const { port: smarthost } = await freePorts('port')
    const one = await startRelay(rules(smarthost), '--allow', '127.0.0.1')
    const file = join(one.data, 'control.json')
    if (process.platform !== 'win32') expect(statSync(file).mode & 0o777).toBe(0o600)
    const { secret } = JSON.parse(readFileSync(file, 'utf8')) as { secret: string }
    const words = `Nothing that runs has the data folder ${one.data}. Start serve --config FILE or the app there, or name the folder of one that runs by --data.\n` // prettier-ignore
    await one.cli.stop('SIGKILL')
    expect(await relay(one, 'queue')).toMatchObject({ status: 2, out: '', err: words })
    const again = await startRelay(rules(smarthost), '--data', one.data)
    expect((await relay(one, 'queue')).status).toBe(0)
    const { err, out } = await again.cli.stop()
    expect(`${err}${out}${one.cli.err}`).not.toContain(secret)
    expect(readdirSync(one.data)).not.toContain('control.json')
    // A server that only keeps mail has no queue.
    const { data } = await startInbox()
    expect(await relay({ data }, 'retry', '--all')).toMatchObject({ status: 2, err: expect.stringMatching(/^The serve that runs there keeps mail and relays none/) }) // prettier-ignore
  }, 60_000)
})
