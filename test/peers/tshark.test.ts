/**
 * Wireshark's own dissector reads every capture: all commands and codes in order, the message, valid checksums, nothing
 * malformed. On every usual port and none, IPv4 and IPv6, in clear, after STARTTLS and inside TLS from the start.
 */
import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { SessionSummary, TranscriptEvent } from '#shared/transcript/event.ts'
import { pcapng } from '#shared/transcript/export/pcapng.ts'
import type { Recorded } from '#shared/transcript/export/types.ts'
import { importText } from '#shared/transcript/import/import.ts'
import { readFile } from '#shared/transcript/reader.ts'
import { summarize } from '#shared/transcript/summarize.ts'
import { runCli, type Serve, startServe } from '../support/cli.ts'
import { postfixVerbose } from '../shared/transcript/import/texts.ts'
import { deliveryOf, headOf, said, whole } from '../support/pcapng.ts'
import { findProgram } from '../support/system.ts'

const exec = promisify(execFile)
const program = findProgram('tshark')
const folder = mkdtempSync(join(tmpdir(), 'relayscope-tshark-'))
afterAll(() => rmSync(folder, { recursive: true }))

let files = 0
function write(recorded: Recorded): string {
  const path = join(folder, `${++files}.pcapng`)
  writeFileSync(path, whole(pcapng.write(recorded, 'relayscope test')))
  return path
}

const checks = ['-o', 'tcp.check_checksum:TRUE', '-o', 'ip.check_checksum:TRUE']

/** Fields of each packet, without those that have none. */
async function fields(path: string, names: readonly string[], filter = ''): Promise<string[][]> {
  const asked = names.flatMap((name) => ['-e', name])
  const args = [
    '-r',
    path,
    '-n',
    ...checks,
    ...(filter === '' ? [] : ['-Y', filter]),
    '-T',
    'fields',
    ...asked,
  ]
  const { stdout } = await exec('tshark', args, { maxBuffer: 64 << 20 })
  const rows = stdout.split('\n').map((row) => row.split('\t'))
  return rows.filter((row) => row.some((value) => value !== ''))
}

const verbsOf = ({ events }: Recorded): string[] =>
  events.flatMap((event) =>
    event.kind === 'line' && /^[A-Z]/.test(event.raw) ? [event.raw.slice(0, 4)] : [],
  )
const codesOf = ({ events }: Recorded): string[] =>
  events.flatMap((event) => (event.kind === 'reply' ? [event.raw.slice(0, 3)] : []))

async function expectWhole(recorded: Recorded): Promise<string> {
  const path = write(recorded)
  const rows = await fields(path, ['smtp.req.command', 'smtp.response.code'], 'smtp')
  // A reply of several lines has its code several times, in one field.
  const commands = rows.flatMap(([command = '']) =>
    command === '' ? [] : [command.toUpperCase().slice(0, 4)],
  )
  const codes = rows.flatMap(([, code = '']) => (code === '' ? [] : [code.split(',')[0]!]))
  expect(commands).toEqual(verbsOf(recorded))
  expect(codes).toEqual(codesOf(recorded))
  const bad =
    '_ws.malformed || tls || tcp.analysis.lost_segment || tcp.analysis.ack_lost_segment || tcp.analysis.retransmission || tcp.analysis.out_of_order'
  expect(await fields(path, ['frame.number'], bad)).toEqual([])
  return path
}

describe.skipIf(program === null)(
  program === null ? 'tshark (not installed: apt-get install tshark)' : 'tshark reads the capture',
  () => {
    const modes = ['none', 'starttls', 'implicit'] as const
    const cases = [25, 465, 587, 2525, 2587].flatMap((port, i) =>
      modes.map((tls, j) => ({ port, tls, family: (i + j) % 2 === 0 ? 4 : 6 }) as const),
    )
    test.each(cases)('port $port, TLS $tls, IPv$family', async (delivery) => {
      const path = await expectWhole(deliveryOf(delivery))
      const subjects = await fields(path, ['imf.subject'], 'imf')
      expect(subjects).toEqual([['hi']])
      const sums = await fields(path, ['tcp.checksum.status', 'ip.checksum.status'])
      const good = delivery.family === 4 ? ['1', '1'] : ['1', '']
      expect(sums.filter((row) => row.join() !== good.join())).toEqual([])
    })

    test('a large message of long lines, in stretches, with dots at line starts', async () => {
      const lines = `${'.x'.repeat(490)}\r\n.\r\n..\r\n`.repeat(700)
      const content = `Subject: large\r\n\r\n${lines}`
      const path = await expectWhole(
        deliveryOf({
          port: 587,
          tls: 'starttls',
          content: [content.slice(0, 65_536), content.slice(65_536)],
        }),
      )
      const [row] = await fields(path, ['imf.subject', 'tcp.stream'], 'imf')
      expect(row).toEqual(['large', '1'])
      const longest = await fields(path, ['tcp.len'], 'tcp.len > 1460')
      expect(longest).toEqual([])
    })

    test.each([1000, 1460, 4096])(
      'content that is not there, and a command cut at %i octets',
      async (kept) => {
        const cut = said(`NOOP ${'x'.repeat(kept - 5)}`, false, { cutFrom: 20_000 })
        await expectWhole(deliveryOf({ port: 25, tls: 'none', content: [null, null], more: [cut] }))
      },
    )

    test('a log that tells nothing of the content: QUIT is a command, not content', async () => {
      const [session] = importText(postfixVerbose, { now: Date.UTC(2026, 0, 2) }).sessions
      const { head, events } = session!
      const path = write({ head: summarize(head, events), events })
      const rows = await fields(path, ['smtp.req.command'], 'smtp.req.command')
      expect(rows.flat()).toEqual(['EHLO', 'AUTH', 'MAIL', 'RCPT', 'DATA', 'QUIT'])
    })

    test('a refused connection is a SYN and its RST, and the names are in the file', async () => {
      const { events } = deliveryOf({ port: 587, tls: 'none' })
      const refused = events
        .slice(0, 2)
        .map((event) => (event.kind === 'connect' ? { ...event, outcome: 'refused' as const } : event))
      const path = write({ head: headOf(), events: refused })
      expect(await fields(path, ['tcp.flags.str'])).toEqual([['··········S·'], ['·······A·R··']])
      const { stdout } = await exec('tshark', ['-r', path, '-N', 'n', '-c', '1'])
      expect(stdout).toContain('mx.example')
    })
  },
)

describe.skipIf(program === null)('tshark reads what was recorded from real sessions', () => {
  let serve: Serve
  const data = join(folder, 'data')
  beforeAll(async () => {
    serve = await startServe(data, ['127.0.0.1:0:plain', '127.0.0.1:0:starttls', '127.0.0.1:0:implicit', '[::1]:0:starttls']) // prettier-ignore
  })
  afterAll(() => serve.cli.stop())

  test.each([
    ['none', 0, '127.0.0.1'],
    ['starttls', 1, '127.0.0.1'],
    ['implicit', 2, '127.0.0.1'],
    ['starttls', 3, '::1'],
  ])('%s, listener %i at %s', async (tls, i, host) => {
    const saved = join(folder, `saved-${i}.json`)
    const run = await runCli([
      'send', '--host', host, '--port', String(serve.ports[i]), '--tls', tls, '--server-name', 'localhost',
      '--ca', join(data, 'certs/ca.pem'), '--from', 'a@x.test', '--to', 'b@y.test', '--subject', 'real', '--save', saved,
    ]) // prettier-ignore
    expect(run.err).toContain('Saved as')
    const path = await expectWhole(readCase(readFileSync(saved, 'utf8')))
    expect(await fields(path, ['imf.subject'], 'imf')).toEqual([['real']])
  })
})

function readCase(text: string): Recorded {
  let head: SessionSummary | undefined
  const events: TranscriptEvent[] = []
  for (const item of readFile(text)) {
    if (item.type === 'session') head = headOf(item.session)
    else if (item.type === 'event') events.push(item.event)
  }
  if (head === undefined) throw new Error('no session in the case file')
  return { head, events }
}
