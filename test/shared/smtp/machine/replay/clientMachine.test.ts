import { array, assert, boolean, constantFrom, property } from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Answer, Input, Question } from '#shared/smtp/machine/types.ts'
import { createReplayClient } from '#shared/smtp/machine/replay/clientMachine.ts'
import type { ClientScript, ReplayClientOptions } from '#shared/smtp/machine/replay/types.ts'
import type { ClientOptions, ServerOptions } from '#shared/smtp/machine/options.ts'
import {
  auth,
  bytes,
  clientOptions,
  password,
  Pump,
  pump,
  serverOptions,
  text,
  transaction,
} from '#test/support/smtp/pump.ts'
import type { PumpOptions } from '#test/support/smtp/pump.ts'
import { moves, play, replyLines } from '#test/support/smtp/fuzz.ts'
import { numbered, recordingOf } from '#test/support/smtp/recorded.ts'
import { clientScriptFrom, recordings } from '#test/support/smtp/recordings.ts'

const message = 'Subject: hi\r\n\r\n.dot\r\n..two\r\nend\r\n'
const oneByOne = () => 1

function replay(
  script: ClientScript,
  change: Partial<ReplayClientOptions> = {},
  more: Partial<PumpOptions> = {},
): Pump {
  const tls = change.tls ?? 'none'
  const machine = createReplayClient({
    script,
    tls,
    auth: null,
    waits: false,
    ehloName: 'own.example',
    ...change,
  })
  const client = clientOptions({ tls })
  return new Pump({ client, server: serverOptions(), content: bytes(message), ...more, machine }).run()
}

/** The lines of a client without its content. */
const lines = ({ said }: Pump): string[] => said.map((line) => line.slice(0, line.indexOf('\n') + 1))

const verbs = (again: Pump): string[] => lines(again).map((line) => line.trim().split(' ')[0]!)

const refuse = (kind: string) => ({
  policy: (question: Question): Answer =>
    question.kind === kind
      ? { accept: false, reply: { code: 550, enhanced: '5.1.1', text: ['no'] } }
      : { accept: true },
})

const sessions: [string, Partial<ClientOptions>, Partial<ServerOptions>][] = [
  ['a message', {}, {}],
  ['a message without pipelining', { pipelining: false }, {}],
  ['a message to three', { transaction: transaction(['a@x.test', 'b@x.test', 'c@x.test']) }, {}],
  [
    'a message by BDAT',
    { chunking: true, transaction: transaction(undefined, { size: message.length }) },
    {},
  ],
  ['no message', { transaction: null }, {}],
  ['STARTTLS', { tls: 'starttls' }, { tls: 'offered' }],
  ['implicit TLS', { tls: 'implicit' }, { tls: 'implicit' }],
  ['PLAIN inside STARTTLS', { tls: 'starttls', auth: auth('plain') }, { tls: 'offered' }],
  ['LOGIN', { auth: auth('login') }, {}],
  ['CRAM-MD5', { auth: auth('cram-md5') }, {}],
  ['a wrong password', { auth: { ...auth('plain'), password: 'wrong' } }, {}],
  ['a stop after RCPT', { stopAfter: 'rcpt' }, {}],
  ['a stop before the final dot', { stopAfter: 'body' }, {}],
]

describe('a recording said again to the same server', () => {
  for (const [name, client, server] of sessions) {
    for (const side of ['client', 'server'] as const) {
      test(`${name}, recorded by the ${side}, whole and octet by octet`, () => {
        const first = pump(client, { server: serverOptions(server), content: bytes(message) })
        const script = recordingOf(first, side)
        const change = { tls: client.tls ?? 'none', auth: client.auth ?? null }
        for (const cut of [undefined, oneByOne]) {
          const again = replay(script, change, { server: serverOptions(server), ...(cut ? { cut } : {}) })
          expect(lines(again)).toEqual(lines(first))
          expect(again.messages).toEqual(first.messages)
          expect(again.codes('client')).not.toContain('replay-differs')
          expect(again.clientOutcome?.how).toBe(
            'completed' === first.clientOutcome?.how ? 'completed' : first.clientOutcome?.how,
          )
        }
      })
    }
  }
})

test('pipelined lines are said without waiting, as they were recorded', () => {
  const script = recordingOf(pump())
  const machine = createReplayClient({ script, tls: 'none', auth: null, waits: false, ehloName: 'x' })
  const said: string[] = []
  const feed = (input: Parameters<typeof machine.handle>[0]): void => {
    for (const effect of machine.handle(input)) {
      if (effect.type !== 'send') continue
      said.push(effect.line.verb ?? '')
      feed({ type: 'sent', id: effect.line.id })
    }
  }
  feed({ type: 'opened' })
  feed({ type: 'bytes', bytes: bytes('220 hi\r\n') })
  expect(said).toEqual(['EHLO'])
  feed({ type: 'bytes', bytes: bytes('250 hi\r\n') })
  expect(said).toEqual(['EHLO', 'MAIL', 'RCPT', 'DATA'])
})

test('the password stands in nothing that a replay says of itself', () => {
  const script = recordingOf(pump({ auth: auth('plain') }))
  const again = replay(script, { auth: auth('plain') })
  expect(again.said.some((line) => line.startsWith('AUTH PLAIN '))).toBe(true)
  expect(JSON.stringify(again.notes.client)).not.toContain(password)
  expect(again.messages).toHaveLength(1)
})

test('without a user AUTH is left out, in words, and the rest is said', () => {
  const again = replay(recordingOf(pump({ auth: auth('plain') })))
  expect(lines(again).map((line) => line.slice(0, 4))).toEqual([
    'EHLO',
    'MAIL',
    'RCPT',
    'DATA',
    message.slice(0, 4),
    '.\r\n',
    'QUIT',
  ])
  expect(again.codes('client')).toContain('replay-left-out')
})

test('no password travels in clear without consent', () => {
  const again = replay(recordingOf(pump({ auth: auth('plain') })), { auth: auth('plain', false) })
  expect(lines(again).map((line) => line.slice(0, 4))).toEqual(['EHLO', 'QUIT'])
  expect(again.codes('client')).toContain('auth-needs-tls')
})

describe('TLS is made as the target wants it', () => {
  const clear = recordingOf(pump())
  const sealed = recordingOf(pump({ tls: 'starttls' }, { server: serverOptions({ tls: 'offered' }) }))

  test('a recording in clear gets its STARTTLS and EHLO before the message', () => {
    const again = replay(clear, { tls: 'starttls' }, { server: serverOptions({ tls: 'offered' }) })
    expect(verbs(again).slice(0, 4)).toEqual(['EHLO', 'STARTTLS', 'EHLO', 'MAIL'])
    expect(again.messages).toHaveLength(1)
  })
  test('a recorded STARTTLS is left out where none is wanted, with the EHLO behind it', () => {
    for (const tls of ['none', 'implicit'] as const) {
      const server = serverOptions({ tls: tls === 'none' ? 'off' : 'implicit' })
      const again = replay(sealed, { tls }, { server })
      expect(verbs(again).slice(0, 2)).toEqual(['EHLO', 'MAIL'])
      expect(again.messages).toHaveLength(1)
    }
  })
  test('where it is required and not offered nothing of the message is said', () => {
    for (const script of [clear, sealed]) {
      const again = replay(script, { tls: 'starttls' })
      expect(verbs(again)).toEqual(['EHLO', 'QUIT'])
      expect(again.codes('client')).toContain('starttls-not-offered')
    }
  })
  test('where it is wanted if offered the replay goes on in clear', () => {
    for (const script of [clear, sealed])
      expect(replay(script, { tls: 'opportunistic' }).messages).toHaveLength(1)
  })
})

describe('a server that answers otherwise', () => {
  const plain = recordingOf(pump({ pipelining: false }))

  test('a refused recipient: neither DATA nor content follows', () => {
    const again = replay(plain, {}, refuse('rcpt'))
    expect(verbs(again)).toEqual(['EHLO', 'MAIL', 'RCPT', 'QUIT'])
    expect(again.codes('client')).toContain('replay-differs')
    expect(again.clientOutcome).toMatchObject({ how: 'refused', by: 'server' })
  })
  test('where DATA was pipelined only the end of data follows (RFC 2920 §3.1)', () => {
    const again = replay(recordingOf(pump()), {}, refuse('rcpt'))
    expect(again.messages).toEqual([])
    expect(again.said.join('')).not.toContain('Subject')
  })
  test('a refused sender: no recipient is named', () => {
    const again = replay(plain, {}, refuse('mail'))
    expect(verbs(again)).toEqual(['EHLO', 'MAIL', 'QUIT'])
  })
  test('a refused message is told, with the place', () => {
    const again = replay(plain, {}, refuse('commit'))
    expect(verbs(again).at(-1)).toBe('QUIT')
    expect(again.clientOutcome).toMatchObject({ how: 'refused' })
    const found = again.notes.client.find((note) => note.kind === 'finding' && note.code === 'replay-differs')
    expect(found).toMatchObject({
      message: expect.stringContaining('At the message the server answered otherwise than recorded: 550'),
    })
  })
  test('what was refused in the recording and is accepted now goes on without content', () => {
    const again = replay(recordingOf(pump({ pipelining: false }, refuse('rcpt'))))
    expect(verbs(again)).toEqual(['EHLO', 'MAIL', 'RCPT', 'QUIT'])
    expect(again.codes('client')).toContain('replay-differs')
  })
  test('a recording that was refused is refused again without a word about it', () => {
    const again = replay(recordingOf(pump({ pipelining: false }, refuse('rcpt'))), {}, refuse('rcpt'))
    expect(again.codes('client')).not.toContain('replay-differs')
    expect(again.clientOutcome).toBeDefined()
  })
})

test('content that is not kept stops the replay before DATA', () => {
  const script = recordingOf(pump({ pipelining: false }))
  for (const step of script.steps) if (step.kind === 'content') step.kept = false
  const again = replay(script)
  expect(lines(again).map((line) => line.slice(0, 4))).toEqual(['EHLO', 'MAIL', 'RCPT', 'QUIT'])
  expect(again.clientOutcome).toMatchObject({
    by: 'this-computer',
    message: expect.stringContaining('Stopped before DATA'),
  })
})

test('a BDAT is not said to a server that would take its content for commands', () => {
  const script = recordingOf(
    pump({ chunking: true, transaction: transaction(undefined, { size: message.length }) }),
  )
  const again = replay(script, {}, { server: serverOptions({ extensions: ['PIPELINING', 'SIZE'] }) })
  expect(again.said.join('')).not.toContain('BDAT')
  expect(again.codes('client')).toContain('extension-missing')
})

test('recorded waits are asked for as a timer before each line', () => {
  const script = recordingOf(pump({ pipelining: false }))
  for (const step of script.steps) step.wait = 700
  const machine = createReplayClient({ script, tls: 'none', auth: null, waits: true, ehloName: 'x' })
  machine.handle({ type: 'opened' })
  const effects = machine.handle({ type: 'bytes', bytes: bytes('220 hi\r\n') })
  expect(effects).toContainEqual({ type: 'arm', timer: 'idle', ms: 700 })
  expect(effects.some(({ type }) => type === 'send')).toBe(false)
  expect(machine.handle({ type: 'elapsed', timer: 'idle' }).map(({ type }) => type)).toContain('send')
})

test('a person who ends it gets a QUIT and no more of the recording', () => {
  const machine = createReplayClient({
    script: recordingOf(pump()),
    tls: 'none',
    auth: null,
    waits: false,
    ehloName: 'x',
  })
  machine.handle({ type: 'opened' })
  const [hello] = machine
    .handle({ type: 'bytes', bytes: bytes('220 hi\r\n') })
    .flatMap((effect) => (effect.type === 'send' ? [effect.line] : []))
  machine.handle({ type: 'finish' })
  const effects = machine.handle({ type: 'skipped', id: hello!.id })
  expect(effects).toContainEqual(
    expect.objectContaining({ type: 'send', line: expect.objectContaining({ verb: 'QUIT' }) }),
  )
})

const given = (change: Partial<ReplayClientOptions>, script: ClientScript): ReplayClientOptions => ({
  script,
  tls: 'none',
  auth: null,
  waits: false,
  ehloName: 'own.example',
  ...change,
})
const modes = constantFrom('none' as const, 'starttls' as const, 'opportunistic' as const)

test('a content that was never recorded ends the replay, and nothing comes after that', () => {
  const said = { kind: 'line', phase: 'other', direction: 'to-server' } as const
  const greeting = {
    kind: 'reply',
    phase: 'other',
    direction: 'to-client',
    raw: '220 hi\r\n',
    code: 220,
  } as const
  const events = numbered([{ ...said, raw: 'DATA\r\n' }, greeting, { ...said, raw: 'BDAT 5 LAST' }])
  const machine = createReplayClient(given({ tls: 'starttls' }, clientScriptFrom(events, false)))
  const made = [
    ...machine.handle({ type: 'opened' }),
    ...machine.handle({ type: 'sent', id: 1 }),
    ...['220 hi\r\n', '354 go\r\n'].flatMap((reply) =>
      machine.handle({ type: 'bytes', bytes: bytes(reply) }),
    ),
  ]
  expect(machine.state).toBe('done')
  expect(made.slice(-3).map(({ type }) => type)).toEqual(['disarm', 'close', 'done'])
})

test('whatever was recorded and whatever a server says: it keeps to the rules of any machine', () => {
  assert(
    property(
      recordings,
      moves(replyLines),
      boolean(),
      modes,
      boolean(),
      (events, list, kept, mode, waits) => {
        const script = clientScriptFrom(events, kept)
        play(createReplayClient(given({ tls: mode, waits }, script)), [], list, { accept: true })
      },
    ),
    { numRuns: 400 },
  )
})

test('to a server that answers anything to each line it comes to an end, sends no content unasked and no password in clear', () => {
  const codes = array(constantFrom(...replyLines.filter((line) => !line.includes('-open'))), { minLength: 1, maxLength: 12 }) // prettier-ignore
  assert(
    property(recordings, codes, boolean(), modes, (events, replies, kept, mode) => {
      const script = clientScriptFrom(events, kept)
      const options = given({ tls: mode, auth: { ...auth('plain', false), mechanism: 'auto' } }, script)
      const { wire, unasked } = converse(createReplayClient(options), replies, 40 + 20 * script.steps.length)
      expect(unasked).toBe(0)
      expect(wire).not.toContain(password)
      expect(wire).not.toContain('********')
      for (const [secret] of wire.matchAll(/[A-Za-z0-9+/]{8,}={0,2}/g)) {
        expect(Buffer.from(secret, 'base64').toString('latin1')).not.toContain(password)
      }
    }),
    { numRuns: 400 },
  )
})

/** Every line that is owed one gets the next reply; TLS fails. Fails where more than `most` inputs do not end it. */
function converse(machine: ReturnType<typeof createReplayClient>, replies: string[], most: number) {
  const queue: Input[] = [{ type: 'opened' }]
  let [wire, unasked, turn, over, last] = ['', 0, 0, false, '']
  const answer = (): string => (last = replies[turn++ % replies.length]!) + '\r\n'
  for (let steps = 0; !over; steps++) {
    if (steps > most) throw new Error(`it goes on after ${most} inputs: ${wire.slice(-200)}`)
    const input = queue.shift() ?? { type: 'bytes', bytes: bytes(answer()) }
    for (const effect of machine.handle(input)) {
      if (effect.type === 'done') over = true
      else if (effect.type === 'pull')
        queue.push({ type: 'content', bytes: bytes('a: b\r\n'.repeat(20).slice(0, effect.max)), last: false })
      else if (effect.type === 'secure') queue.push({ type: 'ended', how: 'failed', message: 'no TLS' })
      else if (effect.type === 'arm' && effect.timer === 'idle')
        queue.push({ type: 'elapsed', timer: 'idle' })
      else if (effect.type === 'send') {
        const { id, kind, verb, bytes: said } = effect.line
        if (kind === 'body' && verb !== 'BDAT' && !last.startsWith('354')) unasked++
        if (kind !== 'body' || verb === 'BDAT') wire += text(said)
        queue.push({ type: 'sent', id })
        if (kind === 'body') queue.push({ type: 'drained' })
      }
    }
  }
  return { wire, unasked }
}
