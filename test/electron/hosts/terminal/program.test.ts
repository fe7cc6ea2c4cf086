import { CommanderError } from 'commander'
import { expect, test } from 'vitest'
import { createProgram } from '../../../../electron/hosts/terminal/program.ts'

interface Run {
  called: [name: string, ...args: unknown[]][]
  text: string
  error: unknown
}

/** Parses a command line; nothing is carried out. */
async function parse(...args: string[]): Promise<Run> {
  const run: Run = { called: [], text: '', error: null }
  const keep =
    (name: string) =>
    (...given: unknown[]): Promise<void> => {
      run.called.push([name, ...given])
      return Promise.resolve()
    }
  const commands = { probe: keep('probe'), send: keep('send'), serve: keep('serve'), show: keep('show'), diff: keep('diff'), replay: keep('replay'), explain: keep('explain'), versus: keep('versus'), authority: keep('authority'), clientCertificate: keep('client-certificate'), relayCheck: keep('relay-check'), relayQueue: keep('relay-queue'), relayAct: keep('relay-act') } // prettier-ignore
  const program = createProgram('1.2.3', commands)
  const write = (text: string): void => void (run.text += text)
  for (const command of [program, ...program.commands]) {
    command.exitOverride().configureOutput({ writeOut: write, writeErr: write })
  }
  await program.parseAsync(args, { from: 'user' }).catch((error: unknown) => (run.error = error))
  return run
}

const off = {
  json: false,
  markdown: false,
  tlsScan: false,
  validating: false,
  control: [],
  mx: false,
  ptr: false,
}

test('probe: defaults, and everything said', async () => {
  const { called } = await parse('probe', 'mx.test')
  expect(called).toEqual([['probe', 'mx.test', { ...off, family: 0, timeout: 10_000 }]])
  const all = [
    '--tls-scan',
    '--resolver',
    '192.0.2.53',
    '--validating',
    '--control',
    'a:25',
    '--control',
    'b:587',
    '--mx',
    '--ptr',
    '--relay-trial',
    'b@x.test',
    '--relay-trial-from',
    'a@y.test',
    '--ports',
    '25,465:implicit',
    '--family',
    '4',
    '--ca',
    'f',
    '--timeout',
    '50',
    '--connect-timeout',
    '7',
    '--json',
    '--data',
    'd',
  ]
  expect((await parse('probe', 'mx.test', ...all)).called[0]![2]).toEqual({
    ports: [{ port: 25 }, { port: 465, mode: 'implicit' }],
    family: 4,
    ca: 'f',
    timeout: 50,
    connectTimeout: 7,
    json: true,
    markdown: false,
    data: 'd',
    tlsScan: true,
    resolver: '192.0.2.53',
    validating: true,
    control: ['a:25', 'b:587'],
    mx: true,
    ptr: true,
    relayTrial: 'b@x.test',
    relayTrialFrom: 'a@y.test',
  })
})

test('explain: a file, or standard input', async () => {
  expect((await parse('explain', '-', '--json')).called).toEqual([['explain', '-', { json: true }]])
  expect((await parse('explain')).called).toEqual([['explain', '-', { json: false }]])
})

test('send: defaults', async () => {
  const { called } = await parse('send', '--host', 'h', '--to', 'a@b', '--to', 'c@d')
  expect(called).toEqual([
    [
      'send',
      {
        host: 'h',
        via: 'smtp',
        port: 587,
        tls: 'starttls',
        insecure: false,
        family: 0,
        auth: 'auto',
        allowCleartextAuth: false,
        to: ['a@b', 'c@d'],
        cc: [],
        bcc: [],
        replyTo: [],
        envelopeTo: [],
        attach: [],
        inline: [],
        header: [],
        var: [],
        dsnOrcpt: [],
        requireTls: false,
        pipelining: 'on',
        stopAfter: { stopAfter: 'end' },
        json: false,
      },
    ],
  ])
})

test('serve: listeners and users may be repeated', async () => {
  const listen = ['--listen', '127.0.0.1:2525', '--listen', '[::1]:2465:implicit']
  const { called } = await parse('serve', ...listen, '--auth', 'u:p', '--require-auth', '--allow-outside')
  expect(called[0]![1]).toMatchObject({
    listen: [
      { address: '127.0.0.1', port: 2525, tls: 'starttls' },
      { address: '::1', port: 2465, tls: 'implicit' },
    ],
    auth: [{ user: 'u', password: 'p' }],
    token: [],
    requireAuth: true,
    allowOutside: true,
    browser: false,
    json: false,
  })
})

test('show takes a format and what to keep, and names what is wrong', async () => {
  const { called } = await parse('show', 'x', '--format', 'markdown', '--keep', 'names,bodies', '--pick', '2', '--out', 'y')
  expect(called).toEqual([['show', 'x', { json: false, format: 'markdown', keep: ['names', 'bodies'], pick: 2, out: 'y' }]])
  expect((await parse('show', 'x', '--no-redact')).called).toEqual([['show', 'x', { json: false, redact: false }]])
}) // prettier-ignore

test('show takes a file or standard input', async () => {
  expect((await parse('show', '-', '--json')).called).toEqual([['show', '-', { json: true }]])
})

test.each([
  [['send'], "required option '--host <name>' not specified"],
  [['probe'], "missing required argument 'host'"],
  [['probe', 'h', '--bogus'], "unknown option '--bogus'"],
  [['prob', 'h'], "unknown command 'prob'"],
  [['send', '--host', 'h', '--tls', 'ssl'], 'Allowed choices are none, starttls, opportunistic, implicit.'],
  [['probe', 'h', '--family', '5'], '"5" is not 4, 6 or both.'],
  [['probe', 'h', '--ports', '70000'], '"70000" is not a port: write a number from 1 to 65535.'],
])('%j is refused in words', async (args, words) => {
  const { error, text, called } = await parse(...args)
  expect(error).toBeInstanceOf(CommanderError)
  expect(text).toContain(words)
  expect(text).toContain('--help tells more')
  expect(called).toEqual([])
})

test.each(['probe', 'send', 'serve', 'show'])(
  '%s --help names its options and the exit status',
  async (name) => {
    const { text, error } = await parse(name, '--help')
    expect(error).toMatchObject({ exitCode: 0 })
    expect(text).toContain(`Usage: relayscope ${name}`)
    expect(text).toContain('--json')
    expect(text).toContain('Exit status: 0 nothing wrong')
    expect(text).toContain('3 cancelled')
    expect(text).not.toMatch(/default: (?:false|\[\])/)
  },
)

test('a password given with --auth is never repeated', async () => {
  const { text, error } = await parse('serve', '--auth', 'hunter2')
  expect(String(error)).toContain('--auth: expected USER:PASSWORD')
  expect(text + String(error)).not.toContain('hunter2')
})

test('--version', async () => expect((await parse('--version')).text).toBe('1.2.3\n'))

test('diff: two files, and which dialogue of each', async () => {
  expect((await parse('diff', 'a', 'b')).called).toEqual([['diff', 'a', 'b', { pick: [1, 1], json: false }]])
  const all = await parse('diff', 'a', '-', '--pick', '2,1', '--json')
  expect(all.called).toEqual([['diff', 'a', '-', { pick: [2, 1], json: true }]])
  const wrong = await parse('diff', 'a', 'b', '--pick', '0')
  expect(wrong.text).toContain('"0" is not LEFT,RIGHT: write two numbers from 1, such as 1,2.')
  expect((await parse('diff', 'a')).text).toContain("missing required argument 'right'")
})

test('replay: a file, and where to; the address of either place is read', async () => {
  const [called] = (await parse('replay', 'a', '--to', '[::1]:2525')).called
  expect(called).toMatchObject([
    'replay',
    'a',
    { to: { host: '::1', port: 2525 }, tls: 'starttls', pace: 'fast', pick: 1 },
  ])
  const [listening] = (await parse('replay', 'a', '--listen', '127.0.0.1:0')).called
  expect(listening).toMatchObject(['replay', 'a', { listen: { address: '127.0.0.1', port: 0 } }])
  expect((await parse('replay', 'a', '--to', 'nowhere')).text).toContain('"nowhere" is not HOST:PORT')
})

test('versus: switches, and numbers that are none', async () => {
  expect((await parse('versus', '--rtt', '0', '--reuse', '--pipelining', 'on')).called).toEqual([
    ['versus', { messages: 1, rtt: 0, tls: 'starttls', tlsVersion: '1.3', pipelining: 'on', reuse: true, api: 'json', plainHttp: false, json: false }],
  ]) // prettier-ignore
  expect((await parse('versus', '--rtt', '501')).called).toEqual([])
  for (const [option, value] of [
    ['--messages', '0'],
    ['--messages', '201'],
    ['--rtt', '501'],
  ])
    expect((await parse('versus', option!, value!)).called).toEqual([])
})

test('relay check is a command below relay', async () => {
  const { called } = await parse('relay', 'check', 'rules', '--client', '10.0.5.20', '--to', 'a@b.example')
  expect(called[0]?.slice(0, 2)).toEqual(['relay-check', 'rules'])
})
