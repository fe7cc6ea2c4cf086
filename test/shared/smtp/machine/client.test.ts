import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { createClientMachine } from '#shared/smtp/machine/client.ts'
import { answers, beginning, moves, play, replyBeginnings, replyLines } from '#test/support/smtp/fuzz.ts'
import { clientPlay, hello } from '#test/support/smtp/playbook.ts'
import { auth, bytes, clientOptions, transaction } from '#test/support/smtp/pump.ts'

const ok = '250 2.0.0 OK'
const tail = [ok, ok, '354 go', '250 2.0.0 queued as 17', '221 bye']

test('a whole session, command by command', () => {
  const { said, findings, outcome, result } = clientPlay({}, [...hello(), ...tail])
  expect(said).toEqual([
    'EHLO client.example\r\n',
    'MAIL FROM:<a@example.org>\r\n',
    'RCPT TO:<b@example.org>\r\n',
    'DATA\r\n',
    'Subject: hi\r\n\r\nhello\r\n',
    '.\r\n',
    'QUIT\r\n',
  ])
  expect(findings).toEqual(['accepted'])
  expect(outcome).toEqual({
    how: 'completed',
    by: 'client',
    message: 'The server accepted the message: 250 2.0.0 queued as 17',
  })
  expect(result.final?.text).toEqual(['queued as 17'])
  expect(result.recipients[0]?.reply?.code).toBe(250)
})

test('a batch with PIPELINING is sent before its replies, and read in order', () => {
  const to = ['b@example.org', 'c@example.org']
  const { said, result, outcome } = clientPlay({ transaction: transaction(to) }, [
    ...hello('PIPELINING'),
    '250 sender\r\n550 5.1.1 no b\r\n250 c\r\n354 go',
    '250 kept',
    '221 bye',
  ])
  expect(said.map((line) => line.split(/[ :\r]/)[0])).toEqual(
    ['EHLO', 'MAIL', 'RCPT', 'RCPT', 'DATA', 'Subject', '.', 'QUIT'], // prettier-ignore
  )
  expect(result.recipients.map(({ reply }) => reply?.code)).toEqual([550, 250])
  expect(outcome?.message).toBe('The server accepted the message for 1 of 2 recipients: 250 kept')
})

test('the parameters of MAIL follow from what is offered and needed', () => {
  const offer = hello('SIZE 1000', '8BITMIME', 'SMTPUTF8')
  const change = { eightBit: true, utf8: true, size: 999 }
  const { said } = clientPlay({ transaction: transaction(undefined, change) }, offer)
  expect(said[1]).toBe('MAIL FROM:<a@example.org> SIZE=999 BODY=8BITMIME SMTPUTF8\r\n')
})

test('what cannot be accepted is not begun', () => {
  const big = clientPlay({ transaction: transaction(undefined, { size: 1001 }) }, [
    ...hello('SIZE 1000'),
    '221 bye',
  ])
  expect([big.said.at(-1), big.findings, big.outcome?.how]).toEqual(['QUIT\r\n', ['size-exceeded'], 'failed'])
  const utf = clientPlay({ transaction: transaction(['ü@example.org']) }, [...hello(), '221 bye'])
  expect([utf.said.at(-1), utf.findings]).toEqual(['QUIT\r\n', ['utf8-not-supported']])
})

test('BDAT is used when it is wanted and offered', () => {
  const { said, notes, outcome } = clientPlay(
    { chunking: true },
    [...hello('CHUNKING'), ok, ok, ok, ok, '221 bye'],
    { content: ['a\r\n.\r\n', 'b'] },
  )
  expect(said.slice(3)).toEqual(['BDAT 6\r\na\r\n.\r\n', 'BDAT 1 LAST\r\nb', 'QUIT\r\n'])
  expect(notes.filter((note) => note.kind === 'chunk')).toMatchObject([
    { offset: 0, size: 6, last: false, encoding: 'bdat' },
    { offset: 6, size: 1, last: true, encoding: 'bdat' },
  ])
  expect(outcome?.how).toBe('completed')
})

test.each([
  ['connect', ['220 hi', '221 bye'], 0],
  ['ehlo', [...hello(), '221 bye'], 1],
  ['auth', [...hello(), '221 bye'], 1],
  ['mail', [...hello('PIPELINING'), ok, '221 bye'], 2],
  ['rcpt', [...hello('PIPELINING'), `${ok}\r\n${ok}`, '221 bye'], 3],
] as const)('stops after %s with QUIT', (stopAfter, replies, before) => {
  const { said, result, outcome } = clientPlay({ stopAfter }, [...replies])
  expect(said.slice(before)).toEqual(['QUIT\r\n'])
  expect([result.stoppedAt, outcome?.how]).toEqual([stopAfter, 'completed'])
})

test.each([
  ['data', 4],
  ['body', 5],
] as const)(
  'stops after %s without a word: QUIT would be content, a dot would deliver',
  (stopAfter, lines) => {
    const { said, result, outcome } = clientPlay({ stopAfter }, [...hello(), ok, ok, '354 go'])
    expect([said.length, result.stoppedAt, outcome?.how]).toEqual([lines, stopAfter, 'completed'])
    expect(said.join('')).not.toContain('\r\n.\r\n')
  },
)

test('finish says QUIT in the next command state, and closes where QUIT would be content', () => {
  const quit = clientPlay({}, [...hello(), { type: 'finish' }, ok, '221 bye'])
  expect([quit.said.at(-1), quit.outcome?.by]).toEqual(['QUIT\r\n', 'person'])
  const cut = clientPlay({}, [...hello(), ok, ok, '354 go', { type: 'finish' }], {
    content: [],
  })
  expect(cut.outcome?.by).toBe('person')
  expect(cut.said.join('')).not.toContain('.\r\n.')
})

test('finish behind a pipelined DATA closes at 354: a dot would deliver an empty message', () => {
  const { said, outcome } = clientPlay({ pipelining: true }, [...hello('PIPELINING'), { type: 'finish' }, ok, ok, '354 go']) // prettier-ignore
  expect(said.join('')).not.toMatch(/^\.\r\n/m)
  expect(outcome?.by).toBe('person')
})
test.each([
  ['EHLO', 3, 'MAIL'],
  ['MAIL', 2, 'RCPT'],
  ['QUIT', 6, undefined],
])('a skipped %s is passed over', (verb, _, next) => {
  const all = [...hello(), ...tail]
  const { said } = clientPlay({}, verb === 'QUIT' ? all.slice(0, -1) : all, {
    gate: (line) => (line.verb === verb ? 'skip' : undefined),
  })
  expect(said.some((line) => line.startsWith(verb))).toBe(false)
  if (next !== undefined) expect(said.some((line) => line.startsWith(next))).toBe(true)
})

test('a skipped end of data leaves the server waiting, and a timer watches', () => {
  const { state, effects, machine } = clientPlay({}, [...hello(), ok, ok, '354 go'], {
    gate: (line) => (line.kind === 'body-end' ? 'skip' : undefined),
  })
  expect(state).toBe('content')
  expect(effects.findLast((effect) => effect.type === 'arm')).toMatchObject({ timer: 'body-end' })
  expect(machine.handle({ type: 'elapsed', timer: 'body-end' }).at(-1)).toMatchObject({ type: 'done' })
})

test('an inserted command is answered in order, the planned one after it', () => {
  const { said, outcome } = clientPlay({}, [
    ...hello(),
    { type: 'insert', bytes: bytes('NOOP\r\n') },
    ok,
    '250 noop',
    ...tail.slice(1),
  ])
  expect(said.slice(1, 4).map((line) => line.slice(0, 4))).toEqual(['MAIL', 'NOOP', 'RCPT'])
  expect(outcome?.how).toBe('completed')
})

const make = (change: object) => () => createClientMachine(clientOptions(change))

test('options that can never be said are refused at the start, by name', () => {
  expect(make({ ehloName: 'a\r\nRSET' })).toThrow(RangeError)
  expect(make({ transaction: transaction(['a@b\r\nDATA']) })).toThrow(RangeError)
  expect(make({ transaction: transaction([]) })).toThrow(/transaction\.to/)
  expect(make({ auth: { ...auth('plain'), password: 'a\0b' } })).toThrow(RangeError)
})

test('after the end nothing has an effect', () => {
  const { machine } = clientPlay({}, [{ type: 'ended', how: 'closed', message: '' }])
  expect(machine.handle({ type: 'bytes', bytes: bytes('220 x\r\n') })).toEqual([])
})

test('whatever comes: never a throw, nothing after the end, always an end', () => {
  const modes = fc.constantFrom('none' as const, 'starttls' as const, 'opportunistic' as const)
  const options = fc.record({ pipelining: fc.boolean(), chunking: fc.boolean(), tls: modes })
  fc.assert(
    fc.property(
      beginning(replyBeginnings),
      moves(replyLines),
      answers,
      options,
      fc.boolean(),
      (first, list, answer, some, withUser) => {
        const to = transaction(['b@c.example', 'd@e.example'])
        const machine = createClientMachine(
          clientOptions({ ...some, auth: withUser ? auth() : null, transaction: to }),
        )
        play(machine, first, list, answer)
      },
    ),
    { numRuns: 3000 },
  )
})
