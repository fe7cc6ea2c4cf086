import { assert, boolean, property } from 'fast-check'
import { expect, test } from 'vitest'
import { toByteString } from '#shared/bytes/bytes.ts'
import type { Effect, Input } from '#shared/smtp/machine/types.ts'
import { createReplayServer } from '#shared/smtp/machine/replay/serverMachine.ts'
import type { ServerScript } from '#shared/smtp/machine/replay/types.ts'
import { ServerScriptReader } from '#shared/transcript/replay/serverScript.ts'
import type { EventBody, SessionHead } from '#shared/transcript/event.ts'
import { bytes, tls } from '#test/support/smtp/pump.ts'
import { commandLines, moves, play } from '#test/support/smtp/fuzz.ts'
import { numbered } from '#test/support/smtp/recorded.ts'
import { recordings, serverScriptFrom } from '#test/support/smtp/recordings.ts'

type Line = string | EventBody
const body = (line: Line): EventBody =>
  typeof line !== 'string'
    ? line
    : line.startsWith('S: ')
      ? {
          kind: 'reply',
          phase: 'other',
          direction: 'to-client',
          raw: `${line.slice(3)}\r\n`,
          ...(/^\d{3}/.test(line.slice(3)) ? { code: Number(line.slice(3, 6)) } : {}),
        }
      : { kind: 'line', phase: 'other', direction: 'to-server', raw: `${line.slice(3)}\r\n` }
const ended = (outcome: 'closed' | 'reset' | 'timeout' | 'completed', by: 'server' | 'client' | 'network' = 'server'): EventBody => ({
  kind: 'end', phase: 'other', direction: 'none', outcome, by, message: '',
}) // prettier-ignore
const content = (size: number, last = true): EventBody => ({ kind: 'chunk', phase: 'body', direction: 'to-server', body: 1, offset: 0, size, last, encoding: 'data' }) // prettier-ignore

function script(
  lines: Line[],
  head: Pick<SessionHead, 'tls' | 'role'> = { tls: 'none', role: 'client' },
): ServerScript {
  const reader = new ServerScriptReader(head)
  for (const event of numbered(lines.map(body))) reader.push(event)
  const made = reader.script()
  if (typeof made === 'string') throw new Error(made)
  return made
}

const sends = (effects: readonly Effect[]): number[] =>
  effects.flatMap((effect) => (effect.type === 'send' ? [effect.line.id] : []))

interface Heard {
  said: string
  done: Extract<Effect, { type: 'done' }>['outcome'] | undefined
  ending: string
  content: string
  findings: string[]
  secured: number
  armed: string[]
}

/** A client's octets against the script, whole and octet by octet; both must come to the same. */
function talk(made: ServerScript, lines: (string | Input)[], waits = false): Heard {
  const [whole, single] = [false, true].map((each) => talkOnce(made, lines, each, waits))
  expect({ ...single, armed: [] }).toEqual({ ...whole, armed: [] })
  return whole!
}

function talkOnce(made: ServerScript, lines: (string | Input)[], each: boolean, waits: boolean): Heard {
  const machine = createReplayServer({ script: made, waits })
  const heard: Heard = {
    said: '',
    done: undefined,
    ending: '',
    content: '',
    findings: [],
    secured: 0,
    armed: [],
  }
  const feed = (input: Input): void => {
    for (const effect of machine.handle(input)) {
      expect(heard.done).toBeUndefined()
      if (effect.type === 'send') {
        heard.said += toByteString(effect.line.bytes)
        feed({ type: 'sent', id: effect.line.id })
      } else if (effect.type === 'done') heard.done = effect.outcome
      else if (effect.type === 'content') heard.content += toByteString(effect.bytes)
      else if (effect.type === 'note' && effect.note.kind === 'finding')
        heard.findings.push(effect.note.message)
      else if (effect.type === 'secure') heard.secured++
      else if (effect.type === 'arm') heard.armed.push(`${effect.timer} ${effect.ms}`)
    }
  }
  feed({ type: 'opened' })
  for (const line of lines) {
    if (typeof line !== 'string') feed(line)
    else if (each) for (const octet of bytes(line)) feed({ type: 'bytes', bytes: Uint8Array.of(octet) })
    else feed({ type: 'bytes', bytes: bytes(line) })
  }
  heard.ending = machine.ending
  return heard
}

const start = [
  'S: 220 mx ESMTP',
  'C: EHLO a',
  'S: 250-mx\r\n250 PIPELINING',
  'C: MAIL FROM:<a@x.test>',
  'S: 250 2.1.0 Ok',
]

test('replies come back octet for octet, by recipient first and by order after that', () => {
  const made = script([
    ...start,
    'C: RCPT TO:<one@x.test>',
    'S: 550 5.1.1 no one',
    'C: RCPT TO:<two@x.test>',
    'S: 451 4.7.1 greylisted',
    'C: QUIT',
    'S: 221 bye',
    ended('completed', 'client'),
  ])
  const { said, done } = talk(made, [
    'EHLO other\r\nMAIL FROM:<z@z.test>\r\n',
    'RCPT TO:<TWO@x.test>\r\nRCPT TO:<new@x.test>\r\nQUIT\r\n',
  ])
  expect(said).toBe(
    '220 mx ESMTP\r\n250-mx\r\n250 PIPELINING\r\n250 2.1.0 Ok\r\n451 4.7.1 greylisted\r\n550 5.1.1 no one\r\n221 bye\r\n',
  )
  expect(done).toMatchObject({ how: 'completed' })
})

test('a broken reply comes back as broken as it was', () => {
  const made = script([
    'S: 220 mx',
    'C: EHLO a',
    { kind: 'reply', phase: 'ehlo', direction: 'to-client', raw: 'wh\0at\n', malformed: 'x' },
  ])
  expect(talk(made, ['EHLO a\r\n']).said).toBe('220 mx\r\nwh\0at\n')
})

test('content is taken to its end and answered as it was', () => {
  const made = script([
    ...start,
    'C: RCPT TO:<b@x.test>',
    'S: 250 ok',
    'C: DATA',
    'S: 354 go',
    content(9),
    'C: .',
    'S: 552 5.3.4 too big',
    'C: QUIT',
    'S: 221 bye',
  ])
  const heard = talk(made, [
    'EHLO a\r\n',
    'MAIL FROM:<a@x.test>\r\n',
    'RCPT TO:<b@x.test>\r\n',
    'DATA\r\n',
    'hi\r\n..dot\r\n.\r\n',
    'QUIT\r\n',
  ])
  expect(heard.said.endsWith('354 go\r\n552 5.3.4 too big\r\n221 bye\r\n')).toBe(true)
  expect(heard.content).toBe('hi\r\n.dot\r\n')
})

test('BDAT takes its octets before it is answered', () => {
  const made = script([
    ...start,
    'C: RCPT TO:<b@x.test>',
    'S: 250 ok',
    'C: BDAT 4 LAST',
    { ...content(4), encoding: 'bdat' } as EventBody,
    'S: 250 kept',
  ])
  const heard = talk(made, [
    'EHLO a\r\n',
    'MAIL FROM:<a@x.test>\r\n',
    'RCPT TO:<b@x.test>\r\n',
    'BDAT 6 LAST\r\nQUIT\r\nNOOP\r\n',
  ])
  expect(heard.content).toBe('QUIT\r\n')
  expect(heard.said.endsWith('250 ok\r\n250 kept\r\n250 2.0.0 Nothing done, not in the recording\r\n')).toBe(
    true,
  )
})

test('it leaves where the recorded server left, in the same way', () => {
  for (const [outcome, ending, how] of [
    ['closed', 'close', 'closed'],
    ['reset', 'reset', 'reset'],
  ] as const) {
    const made = script([...start, 'C: RCPT TO:<b@x.test>', ended(outcome)])
    const heard = talk(made, ['EHLO a\r\n', 'MAIL FROM:<a@x.test>\r\n', 'RCPT TO:<b@x.test>\r\n'])
    expect(heard).toMatchObject({ ending, done: { how, by: 'server' } })
  }
  const silent = talk(script([...start, 'C: RCPT TO:<b@x.test>', ended('timeout')]), [
    'EHLO a\r\nMAIL FROM:<a@x.test>\r\nRCPT TO:<b@x.test>\r\nQUIT\r\n',
  ])
  expect(silent.said.endsWith('250 2.1.0 Ok\r\n')).toBe(true)
  expect(silent.done).toBeUndefined()
})

test('before the greeting, after a 421 and inside the content too', () => {
  expect(talk(script([ended('closed')]), []).done).toMatchObject({ how: 'closed' })
  expect(talk(script(['S: 421 busy', ended('closed')]), []).said).toBe('421 busy\r\n')
  expect(talk(script([ended('timeout')]), ['EHLO a\r\n'])).toMatchObject({ said: '', done: undefined })
  const made = script([
    ...start,
    'C: RCPT TO:<b@x.test>',
    'S: 250 ok',
    'C: DATA',
    'S: 354 go',
    content(3, false),
    ended('reset', 'network'),
  ])
  const heard = talk(made, ['EHLO a\r\nMAIL FROM:<a@x.test>\r\nRCPT TO:<b@x.test>\r\nDATA\r\n', 'abc'])
  expect(heard).toMatchObject({ ending: 'reset', done: { how: 'reset' } })
})

test('AUTH is answered whether or not the client sends its first response at once', () => {
  const auth = (line: string, ...more: Line[]) => script([...start.slice(0, 3), line, ...more])
  const masked: EventBody = {
    kind: 'line',
    phase: 'auth',
    direction: 'to-server',
    raw: '********\r\n',
    masked: [{ start: 0, end: 8 }],
  }
  const initial: EventBody = {
    kind: 'line',
    phase: 'auth',
    verb: 'AUTH',
    direction: 'to-server',
    raw: 'AUTH PLAIN ********\r\n',
    masked: [{ start: 11, end: 19 }],
  }
  const oneStep = script([...start.slice(0, 3), initial, 'S: 535 5.7.8 no'])
  const twoSteps = auth('C: AUTH PLAIN', 'S: 334 ', masked, 'S: 535 5.7.8 no')
  for (const made of [oneStep, twoSteps]) {
    expect(
      talk(made, ['EHLO a\r\n', 'AUTH PLAIN AGEAYg==\r\n']).said.endsWith('PIPELINING\r\n535 5.7.8 no\r\n'),
    ).toBe(true)
    expect(
      talk(made, ['EHLO a\r\n', 'AUTH PLAIN\r\n', 'AGEAYg==\r\n']).said.endsWith('334 \r\n535 5.7.8 no\r\n'),
    ).toBe(true)
  }
  expect(
    talk(twoSteps, ['EHLO a\r\n', 'AUTH PLAIN\r\n', '*\r\n']).said.endsWith(
      '334 \r\n501 5.7.0 Cancelled\r\n',
    ),
  ).toBe(true)
})

const hidden = (at: number) => ({ phase: 'auth' as const, masked: [{ start: at, end: at + 8 }] })

test('a client that chooses another mechanism than the recorded one stays in step', () => {
  const challenge: EventBody = { kind: 'reply', direction: 'to-client', code: 334, raw: '334 ********\r\n', ...hidden(4) } // prettier-ignore
  const response: EventBody = { kind: 'line', direction: 'to-server', raw: '********\r\n', ...hidden(0) }
  const made = script([
    ...start.slice(0, 3), 'C: AUTH SCRAM-SHA-256 ********', challenge, response, challenge, response, 'S: 235 ok',
    'C: QUIT', 'S: 221 bye',
  ]) // prettier-ignore
  expect(made.notes.join()).toContain('asked anew')
  const plain = talk(made, ['EHLO a\r\n', 'AUTH PLAIN AGEAYg==\r\n', 'QUIT\r\n'])
  expect(plain.said.endsWith('PIPELINING\r\n235 ok\r\n221 bye\r\n')).toBe(true)
  expect(plain.findings).toEqual(['AUTH PLAIN is answered in the place of the recorded AUTH SCRAM-SHA-256.'])
  const scram = talk(made, ['EHLO a\r\n', 'AUTH SCRAM-SHA-256 biws\r\n', 'QUIT\r\n'])
  expect(scram.said).toMatch(/504 5\.5\.4 [^\r]*\r\n221 bye\r\n$/)
})

test('a sign-in that did not come to its recorded end can be begun again in the same session', () => {
  const challenge: EventBody = { kind: 'reply', direction: 'to-client', code: 334, raw: '334 ********\r\n', ...hidden(4) }
  const made = script([...start.slice(0, 3), 'C: AUTH SCRAM-SHA-256 ********', challenge, 'S: 235 ok', 'C: AUTH PLAIN ********', 'S: 503 twice'])
  const heard = (...lines: string[]) => talk(made, ['EHLO a\r\n', ...lines]).said.split('\r\n').slice(3, -1)
  // As clients do that try what is offered one after the other.
  expect(heard('AUTH SCRAM-SHA-256 biws\r\n', 'AUTH LOGIN\r\n', 'dQ==\r\n', 'cA==\r\n')).toEqual([
    expect.stringMatching(/^504 /), '334 VXNlcm5hbWU6', '334 UGFzc3dvcmQ6', '235 ok',
  ])
  expect(heard('AUTH LOGIN\r\n', '*\r\n', 'AUTH PLAIN AGEAYg==\r\n', 'AUTH PLAIN AGEAYg==\r\n', 'AUTH PLAIN AGEAYg==\r\n')).toEqual([
    '334 VXNlcm5hbWU6', '501 5.7.0 Cancelled', '235 ok', '503 twice', expect.stringMatching(/^454 /),
  ])
  const closing = script([...start.slice(0, 3), 'C: AUTH SCRAM-SHA-256 ********', challenge, 'S: 235 ok', ended('closed')])
  const two = talk(closing, ['EHLO a\r\n', 'AUTH SCRAM-SHA-256 biws\r\n', 'AUTH PLAIN AGEAYg==\r\n'])
  expect(two).toMatchObject({ said: expect.stringMatching(/\r\n504 [^\r]*\r\n235 ok\r\n$/), done: { how: 'closed' } })
  const given = script([...start.slice(0, 3), 'C: AUTH LOGIN', 'S: 334 VXNlcm5hbWU6', 'C: *', 'S: 501 5.7.0 no', 'C: AUTH PLAIN ********', 'S: 235 ok'])
  expect(talk(given, ['EHLO a\r\n', 'AUTH LOGIN\r\n', '*\r\n', 'AUTH LOGIN\r\n', 'dQ==\r\n', 'cA==\r\n']).said).toMatch(/235 ok\r\n$/)
}) // prettier-ignore

test('where the recorded client left inside a sign-in, the new one hears that no more is known', () => {
  const made = script([
    ...start.slice(0, 3),
    'C: AUTH LOGIN',
    'S: 334 VXNlcm5hbWU6',
    ended('closed', 'client'),
  ])
  const heard = (...lines: string[]) =>
    talk(made, ['EHLO a\r\n', ...lines])
      .said.split('\r\n')
      .slice(3, -1)
  const unknown = '454 4.7.0 Not in the recording'
  expect(heard('AUTH LOGIN\r\n', 'dQ==\r\n')).toEqual(['334 VXNlcm5hbWU6', unknown])
  expect(heard('AUTH PLAIN AGEAYg==\r\n')).toEqual([unknown])
})

test('what a client says in an AUTH exchange is noted masked', () => {
  const machine = createReplayServer({
    script: script([...start.slice(0, 3), 'C: AUTH LOGIN', 'S: 334 VXNlcm5hbWU6', 'S: 235 ok']),
    waits: false,
  })
  const notes: Effect[] = []
  const feed = (input: Input): void => {
    for (const effect of machine.handle(input)) {
      if (effect.type === 'note') notes.push(effect)
      if (effect.type === 'send') feed({ type: 'sent', id: effect.line.id })
    }
  }
  feed({ type: 'opened' })
  for (const line of ['EHLO a\r\n', 'AUTH LOGIN\r\n', 'c2VjcmV0\r\n'])
    feed({ type: 'bytes', bytes: bytes(line) })
  const shown = notes.flatMap((effect) =>
    effect.type === 'note' && effect.note.kind === 'line' ? [toByteString(effect.note.shown.bytes)] : [],
  )
  expect(shown).toEqual(['EHLO a\r\n', 'AUTH LOGIN\r\n', '********\r\n'])
})

test('STARTTLS starts TLS; the EHLO inside it has its own answer, and what was sent behind it in clear is dropped', () => {
  const established: EventBody = {
    kind: 'tls',
    phase: 'tls',
    direction: 'none',
    outcome: 'established',
    took: 1,
  }
  const made = script([
    'S: 220 mx',
    'C: EHLO a',
    'S: 250 STARTTLS',
    'C: STARTTLS',
    'S: 220 go',
    established,
    'C: EHLO a',
    'S: 250 inside',
  ])
  expect(made.tls).toBe('starttls')
  const heard = talk(made, [
    'EHLO a\r\n',
    'STARTTLS\r\n',
    { type: 'secured', tls },
    'EHLO a\r\nEHLO again\r\n',
  ])
  expect(heard.secured).toBe(1)
  expect(heard.said).toBe('220 mx\r\n250 STARTTLS\r\n220 go\r\n250 inside\r\n250 inside\r\n')
})

test('what is not in the recording is refused for now, and told', () => {
  const heard = talk(script(start), [
    'EHLO a\r\nMAIL FROM:<a@x.test>\r\nRCPT TO:<q@x.test>\r\nWHAT\r\nRSET\r\nQUIT\r\n',
  ])
  expect(
    heard.said
      .split('\r\n')
      .slice(4)
      .map((line) => line.slice(0, 3)),
  ).toEqual(['451', '502', '250', '221', ''])
  expect(heard.findings).toHaveLength(4)
  expect(heard.findings[0]).toContain('This RCPT is not in the recording; it is answered 451.')
})

test('recorded waits are asked for before each reply', () => {
  const made = script(start)
  made.greeting.replies[0]!.wait = 900
  expect(talkOnce(made, [], false, true).armed).toContain('reply 900')
  expect(talkOnce(made, [], false, false).armed).not.toContain('reply 900')
})

test('a connection that was never made cannot be answered again, and why is said', () => {
  const reader = new ServerScriptReader({ tls: 'none', role: 'client' })
  for (const event of numbered([
    {
      kind: 'connect',
      phase: 'tcp',
      direction: 'none',
      address: '127.0.0.1',
      port: 1,
      family: 4,
      took: 1,
      outcome: 'refused',
    },
  ]))
    reader.push(event)
  expect(reader.script()).toContain('never made (refused)')
})

test('whatever was recorded and whatever a client says: it ends, says only what was recorded or its own refusals, keeps little', () => {
  assert(
    property(recordings, moves(commandLines), boolean(), (events, list, waits) => {
      const made = serverScriptFrom(events)
      if (made === null) return
      const machine = createReplayServer({ script: made, waits })
      let size = 0
      const watched = {
        get state() {
          return machine.state
        },
        handle(input: Input): Effect[] {
          const effects = machine.handle(input)
          size = Math.max(size, effects.length)
          return effects
        },
      }
      play(watched, [], list, { accept: true })
      expect(size).toBeLessThan(500)
    }),
    { numRuns: 500 },
  )
})

test('thousands of pipelined lines without a recorded reply do not pile up', () => {
  const noop = { verb: 'NOOP', sealed: false, replies: [] }
  const made = script(['S: 220 mx', 'C: QUIT', 'S: 221 bye'])
  made.exchanges.push(...Array.from({ length: 20_000 }, () => ({ ...noop })))
  const machine = createReplayServer({ script: made, waits: false })
  const [greeting] = sends(machine.handle({ type: 'opened' }))
  machine.handle({ type: 'sent', id: greeting! })
  const effects = machine.handle({ type: 'bytes', bytes: bytes(`${'NOOP\r\n'.repeat(20_000)}QUIT\r\n`) })
  const [bye] = sends(effects)
  expect(machine.handle({ type: 'sent', id: bye! }).at(-1)).toMatchObject({ type: 'done' })
})
