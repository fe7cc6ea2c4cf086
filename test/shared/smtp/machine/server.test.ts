import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { createServerMachine } from '#shared/smtp/machine/server.ts'
import { answers, beginning, commandBeginnings, commandLines, moves, play } from '#test/support/smtp/fuzz.ts'
import { serverPlay } from '#test/support/smtp/playbook.ts'
import { bytes, serverOptions, text, tls } from '#test/support/smtp/pump.ts'

const message = [
  'MAIL FROM:<a@b.example>',
  'RCPT TO:<c@d.example>',
  'DATA',
  'Subject: x\r\n\r\n..dot\r\n.\r\n',
]

test('a whole session', () => {
  const { codes, content, outcome, machine, findings } = serverPlay({}, ['EHLO me', ...message, 'QUIT'])
  expect(codes).toEqual(['220', '250', '250 2.1.0', '250 2.1.5', '354', '250 2.0.0', '221 2.0.0'])
  expect(content).toBe('Subject: x\r\n\r\n.dot\r\n')
  expect([outcome?.how, machine.accepted, findings]).toEqual(['completed', 1, []])
})

test('everything pipelined in one go is answered in order, content included', () => {
  const { codes, machine } = serverPlay({}, [
    ['EHLO me', ...message, ''].join('\r\n').replace('.\r\n\r\n', '.\r\n') + 'NOOP\r\nQUIT\r\n',
  ])
  expect(codes.map((code) => code.slice(0, 3))).toEqual([
    '220',
    '250',
    '250',
    '250',
    '354',
    '250',
    '250',
    '221',
  ])
  expect(machine.accepted).toBe(1)
})

test('nothing is read while an answer is awaited, and nothing is lost', () => {
  const machine = createServerMachine(serverOptions())
  const sent = (effects: ReturnType<typeof machine.handle>) =>
    effects.flatMap((effect) => (effect.type === 'send' ? [effect.line.id] : []))[0]!
  const say = (line: string) => machine.handle({ type: 'bytes', bytes: bytes(line) })
  machine.handle({ type: 'sent', id: sent(machine.handle({ type: 'opened' })) })
  machine.handle({ type: 'sent', id: sent(say('EHLO me\r\n')) })
  const asked = say('MAIL FROM:<a@b.example>\r\nNOOP\r\n')
  const question = asked.find((effect) => effect.type === 'ask')!
  expect(machine.waiting).toBe(true)
  expect(say('RSET\r\n')).toEqual([])
  const reply = machine.handle({ type: 'answer', id: question.id, answer: { accept: true } })
  expect(reply.filter((effect) => effect.type === 'send')).toHaveLength(1)
  const noop = machine.handle({ type: 'sent', id: sent(reply) })
  expect(
    noop.some(
      (effect) => effect.type === 'note' && effect.note.kind === 'line' && effect.note.verb === 'NOOP',
    ),
  ).toBe(true)
})

test('a client that does not wait for replies is cut off at the bound', () => {
  const machine = createServerMachine(serverOptions())
  machine.handle({ type: 'opened' })
  const block = new Uint8Array(1 << 20)
  let effects: ReturnType<typeof machine.handle> = []
  for (let i = 0; i < 9; i++) effects = machine.handle({ type: 'bytes', bytes: block })
  expect(effects.at(-1)).toMatchObject({ type: 'done', outcome: { how: 'refused' } })
})

test('a line without an end is noted as far as it is kept', () => {
  const { notes } = serverPlay({}, ['EHLO me', { type: 'bytes', bytes: bytes('x'.repeat(2 << 20)) }])
  const line = notes.findLast((note) => note.kind === 'line')
  expect(line?.shown.bytes).toHaveLength(12_288)
  expect(line?.cutFrom).toBeGreaterThan(1 << 20)
})

test('a line without an end is cut off at the bound', () => {
  const { codes, outcome, findings } = serverPlay({}, ['EHLO me'])
  expect([codes.length, outcome, findings]).toEqual([2, undefined, []])
  const machine = createServerMachine(serverOptions())
  const [send] = machine.handle({ type: 'opened' }).filter((effect) => effect.type === 'send')
  machine.handle({ type: 'sent', id: send!.line.id })
  const effects = machine.handle({ type: 'bytes', bytes: new Uint8Array((1 << 20) + 1).fill(65) })
  const reply = effects.find((effect) => effect.type === 'send')
  expect(text(reply!.line.bytes)).toMatch(/^421 /)
})

test('idle and session limits end with 421', () => {
  for (const [timer, word] of [
    ['idle', 'Nothing came'],
    ['session', 'too long'],
  ] as const) {
    const { said, outcome } = serverPlay({}, ['EHLO me', { type: 'elapsed', timer }])
    expect(said.at(-1)).toMatch(/^421 4\.4\.2 /)
    expect(said.at(-1)).toContain(word)
    expect(outcome?.how).toBe('timeout')
  }
})

test('finish says 421, also in the middle of content', () => {
  const { said, outcome } = serverPlay({}, ['EHLO me', ...message.slice(0, 3), 'half', { type: 'finish' }])
  expect(said.at(-1)).toMatch(/^421 4\.3\.2 /)
  expect(outcome).toMatchObject({ how: 'closed', by: 'server' })
})

test('a ClientHello on a port that speaks first is named', () => {
  const { findings, outcome } = serverPlay({}, ['\x16\x03\x01\x02\x00\x01\r\n'])
  expect([findings, outcome?.how]).toEqual([['port-speaks-plain'], 'refused'])
})

test('STARTTLS forgets everything; what came in clear behind it is dropped and noted', () => {
  const { codes, findings, machine } = serverPlay({ tls: 'offered' }, [
    'EHLO me',
    { type: 'bytes', bytes: bytes('STARTTLS\r\nMAIL FROM:<evil@b.example>\r\n') },
  ])
  expect(codes.map((code) => code.slice(0, 3))).toEqual(['220', '250', '220'])
  expect([findings, machine.hello, machine.secured, machine.state]).toEqual([
    ['starttls-plaintext-injected'],
    null,
    tls,
    'fresh',
  ])
})

test('a name that cannot be said is refused at the start', () => {
  expect(() => createServerMachine(serverOptions({ name: 'a b' }))).toThrow(/name/)
})

test('whatever comes: never a throw, nothing after the end, always an end', () => {
  const modes = fc.constantFrom('off' as const, 'offered' as const, 'required' as const)
  fc.assert(
    fc.property(
      beginning(commandBeginnings),
      moves(commandLines),
      answers,
      modes,
      (first, list, answer, mode) => {
        const options = serverOptions({ tls: mode, limits: { messageSize: 1000, errors: 30 } })
        play(createServerMachine(options), first, list, answer)
      },
    ),
    { numRuns: 3000 },
  )
})
