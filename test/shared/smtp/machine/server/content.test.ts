import { describe, expect, test } from 'vitest'
import type { Answer, Question, Reply } from '#shared/smtp/machine/types.ts'
import { createServerMachine } from '#shared/smtp/machine/server.ts'
import { Player, serverPlay } from '#test/support/smtp/playbook.ts'
import { bytes, serverOptions } from '#test/support/smtp/pump.ts'

const envelope = ['EHLO me', 'MAIL FROM:<a@b.example>', 'RCPT TO:<c@d.example>']
const data = (content: string, change = {}, rules = {}) =>
  serverPlay(change, [...envelope, 'DATA', content], rules)
/** A policy that refuses one kind of question. */
const refuse =
  (refused: Question['kind'], reply: Reply) =>
  ({ kind }: Question): Answer =>
    kind === refused ? { accept: false, reply } : { accept: true }

const raw = (text: string) => ({ type: 'bytes', bytes: bytes(text) }) as const

test('a message is committed before it is answered', () => {
  const order: string[] = []
  const policy = (question: Question): Answer => {
    order.push(question.kind)
    return { accept: true }
  }
  const { content, codes, machine } = data('a\r\n..b\r\n.', {}, { policy })
  expect([content, codes.at(-1), machine.accepted]).toEqual(['a\r\n.b\r\n', '250 2.0.0', 1])
  expect(order.slice(0, 4)).toEqual(['mail', 'rcpt', 'content', 'commit'])
})

test('a message that cannot be kept is refused with the policy’s words', () => {
  const policy = refuse('commit', { code: 452, enhanced: '4.3.1', text: ['Disk full'] })
  const { said, machine } = data('a\r\n.', {}, { policy })
  expect([said.at(-1), machine.accepted, machine.transaction]).toEqual(['452 4.3.1 Disk full\r\n', 0, null])
})

test('no place for content: no 354', () => {
  const policy = refuse('content', { code: 451, enhanced: '4.3.0', text: ['later'] })
  expect(serverPlay({}, [...envelope, 'DATA', 'NOOP'], { policy }).codes.slice(-2)).toEqual([
    '451 4.3.0',
    '250 2.0.0',
  ])
})

test.each([
  ['a\n.\nMAIL FROM:<x@y.example>\r\n.', ['smuggling-possible', 'bare-newline-rejected']],
  ['a\r\n.\nb\r\n.', ['smuggling-possible', 'bare-newline-rejected']],
  ['a\n.\r\nb\r\n.', ['smuggling-possible', 'bare-newline-rejected']],
  ['a\r.\rb\r\n.', ['smuggling-possible', 'bare-newline-rejected']],
  ['a\nb\r\n.', ['bare-newline-rejected']],
])('%j does not end the data, and is refused at its real end', (content, findings) => {
  const played = data(content)
  expect([played.codes.length, played.codes.at(-1), played.findings]).toEqual([6, '550 5.5.2', findings])
  expect(played.machine.accepted).toBe(0)
})

test('content over the limit is read to its end, then refused; the session goes on', () => {
  const lines = [...envelope, 'DATA', `${'x'.repeat(300)}\r\n.`, 'NOOP']
  const { codes, findings } = serverPlay({ limits: { messageSize: 100 } }, lines, { abandoned: true })
  expect([codes.slice(-2), findings]).toEqual([['552 5.3.4', '250 2.0.0'], ['size-exceeded']])
})

test('content far over the limit is cut off', () => {
  const machine = createServerMachine(serverOptions({ limits: { messageSize: 10 } }))
  const player = new Player(machine)
  player.feed({ type: 'opened' })
  for (const line of [...envelope, 'DATA']) player.hear(line, false)
  const block = new Uint8Array(1 << 20).fill(120)
  for (let i = 0; i < 70; i++) player.feed({ type: 'bytes', bytes: block })
  expect(player.said.at(-1)).toMatch(/^552 /)
  expect([player.played().outcome?.how, player.received.length]).toEqual(['refused', 0])
})

test('exactly the limit is accepted', () => {
  expect(data(`${'x'.repeat(98)}\r\n.`, { limits: { messageSize: 100 } }).codes.at(-1)).toBe('250 2.0.0')
})

test('DATA without a recipient', () => {
  expect(serverPlay({}, ['EHLO me', 'MAIL FROM:<>', 'DATA']).codes.at(-1)).toBe('503 5.5.1')
})

test('a 354 that a person changed or dropped takes the content state back', () => {
  for (const gate of [() => bytes('451 no\r\n'), () => 'skip' as const]) {
    const { codes, state } = serverPlay({}, [...envelope, 'DATA', 'NOOP'], {
      gate: (line) => (line.code === 354 ? gate() : undefined),
    })
    expect([codes.at(-1), state]).toEqual(['250 2.0.0', 'addressed'])
  }
})

describe('BDAT', () => {
  test('chunks make one message, octet for octet', () => {
    const { codes, content } = serverPlay({}, [
      ...envelope,
      raw('BDAT 5\r\na\n.\r\n'),
      raw('BDAT 0\r\n'),
      raw('BDAT 2 LAST\r\n\r\nNOOP\r\n'),
    ])
    expect([codes.slice(4), content]).toEqual([
      ['250 2.0.0', '250 2.0.0', '250 2.0.0', '250 2.0.0'],
      'a\n.\r\n\r\n',
    ])
  })

  test('out of sequence: the octets are read and thrown away, the reply is said', () => {
    const { codes, content } = serverPlay({}, ['EHLO me', raw('BDAT 6 LAST\r\nQUIT\r\nNOOP\r\n')])
    expect([codes.slice(2), content]).toEqual([['503 5.5.1', '250 2.0.0'], ''])
  })

  test('a size that cannot be read ends the session: the octets would be commands', () => {
    const { codes, outcome } = serverPlay({}, [...envelope, raw('BDAT 5 NOW\r\nRSET\r\n')])
    expect([codes.at(-1), codes.length, outcome?.how]).toEqual(['501 5.5.4', 5, 'refused'])
  })

  test('over the limit: thrown away, refused, and the transaction is gone', () => {
    const { codes, machine } = serverPlay({ limits: { messageSize: 4 } }, [
      ...envelope,
      raw('BDAT 3\r\nabc'),
      raw('BDAT 2\r\nde'),
      raw('BDAT 1 LAST\r\nf'),
    ])
    expect([codes.slice(4), machine.transaction]).toEqual([['250 2.0.0', '552 5.3.4', '503 5.5.1'], null])
  })

  test('a size beyond all bounds closes at once', () => {
    const { codes, outcome } = serverPlay({}, [...envelope, 'BDAT 999999999999'])
    expect([codes.at(-1), outcome?.how]).toEqual(['552 5.3.4', 'refused'])
  })

  test('not announced: 502; DATA and RCPT after a chunk, DATA for BINARYMIME: 503', () => {
    expect(
      serverPlay({ extensions: ['ENHANCEDSTATUSCODES'] }, [...envelope, raw('BDAT 1\r\na')]).codes.at(-1),
    ).toBe('502 5.5.1')
    expect(
      serverPlay({}, [...envelope, raw('BDAT 1\r\na'), 'DATA', 'RCPT TO:<c@d.example>']).codes.slice(-2),
    ).toEqual(['503 5.5.1', '503 5.5.1'])
    expect(
      serverPlay({}, [
        'EHLO me',
        'MAIL FROM:<a@b.example> BODY=BINARYMIME',
        'RCPT TO:<c@d.example>',
        'DATA',
      ]).codes.at(-1),
    ).toBe('503 5.5.1')
  })

  test('no place: the octets are read, then the refusal is said', () => {
    const policy = refuse('content', { code: 451, text: ['later'] })
    const { said } = serverPlay({}, [...envelope, raw('BDAT 3 LAST\r\nabcNOOP\r\n')], { policy })
    expect(said.slice(-2)).toEqual(['451 later\r\n', '250 2.0.0 OK\r\n'])
  })
})

describe('bare line ends that are to be kept', () => {
  test.each([
    ['a\n.\nMAIL FROM:<x@y.example>\r\n.', ['smuggling-possible', 'syntax-tolerated']],
    ['a\r\n.\nb\r\n.', ['smuggling-possible', 'syntax-tolerated']],
    ['a\n.\r\nb\r\n.', ['smuggling-possible', 'syntax-tolerated']],
    ['a\r.\rb\r\n.', ['smuggling-possible', 'syntax-tolerated']],
    ['a\nb\r\n.', ['syntax-tolerated']],
    ['ab\r\n.', []],
  ])('%j is one message all the same, kept as it came', (wire, findings) => {
    const played = data(wire, { bareLineEnds: 'keep' })
    expect([played.codes.at(-1), played.findings]).toEqual(['250 2.0.0', findings])
    // The last dot ends the data; one behind CRLF was added on the way (RFC 5321 §4.5.2).
    expect(played.content).toBe(wire.slice(0, -1).replaceAll('\r\n.', '\r\n'))
  })

  test('a bare LF in a command stays refused', () => {
    const played = serverPlay({ bareLineEnds: 'keep' }, ['EHLO me', 'NOOP\nNOOP'])
    expect([played.codes.at(-1), played.findings]).toEqual(['500 5.5.2', ['bare-newline-rejected']])
  })
})

test('a line of content over its limit refuses the message; the one at the limit does not', () => {
  const limits = { textLine: 100 }
  const line = 'x'.repeat(98)
  expect(data(`${line}\r\n..${line.slice(1)}\r\n.`, { limits }).codes.at(-1)).toBe('250 2.0.0')
  const played = data(`${line}x\r\n.`, { limits })
  expect([played.codes.at(-1), played.findings]).toEqual(['500 5.5.2', ['line-too-long']])
})
