import { expect, test } from 'vitest'
import { readTranscript } from '#shared/diagnosis/reading/read.ts'
import type { Head } from '#shared/diagnosis/reading/types.ts'
import { ended, head, hello, later, script, sealedHello, type Part } from '#test/support/diagnosis/script.ts'

const read = (parts: readonly Part[], more: Partial<Head> = {}) => readTranscript(head(more), script(parts))
const pairs = (parts: readonly Part[]) =>
  read(parts).exchanges.map(({ verb, answer }) => `${verb} ${answer?.code ?? '-'}`)

test('replies answer commands in the order in which they are owed', () => {
  const group = ['C: MAIL FROM:<a@x.example>', 'C: RCPT TO:<b@x.example>', 'C: DATA', 'S: 250 a', 'S: 250 b', 'S: 354 c', 'C: .', 'S: 250 d'] // prettier-ignore
  expect(pairs([...hello('PIPELINING'), ...group])).toEqual([
    'greeting 220', 'EHLO 250', 'MAIL 250', 'RCPT 250', 'DATA 354', 'final 250',
  ]) // prettier-ignore
  expect(read([...hello(), ...group]).exchanges.map(({ ahead }) => ahead)).toEqual([0, 0, 0, 1, 2, 0])
})

test('a line after 334 is a response, whatever it says', () => {
  const { exchanges } = read([...hello('AUTH LOGIN'), 'C: AUTH LOGIN', 'S: 334 VXNlcjo=', 'C: QUIT', 'S: 235 ok', 'C: NOOP']) // prettier-ignore
  expect(exchanges.slice(2).map(({ verb, response }) => [verb, response ?? false])).toEqual([
    ['AUTH', false], ['AUTH', true], ['NOOP', false],
  ]) // prettier-ignore
  expect(exchanges.at(-1)!.authenticated).toBe(true)
})

test('content without a recorded dot ends with its last chunk; a BDAT LAST is the end of content', () => {
  const chunk = { kind: 'chunk', direction: 'to-server', phase: 'body', body: 1, offset: 0, size: 3, last: true, encoding: 'data' } as const // prettier-ignore
  expect(pairs([...hello(), 'C: DATA', 'S: 354 go', chunk, 'S: 250 kept']).at(-1)).toBe('final 250')
  expect(pairs([...hello(), 'C: DATA', 'S: 354 go', chunk, 'C: .', 'S: 250 kept']).at(-1)).toBe('final 250')
  expect(pairs([...hello(), 'C: BDAT 3 LAST', 'S: 250 kept']).at(-1)).toBe('final 250')
})

test('both forget at STARTTLS; without a word of TLS what follows is taken for sealed', () => {
  const whole = read(sealedHello('SIZE'))
  expect(whole.hellos.map(({ sealed }) => sealed)).toEqual([false, true])
  const bare = sealedHello('SIZE').filter((part) => typeof part === 'string' || !('kind' in part) || part.kind !== 'tls') // prettier-ignore
  expect(read(bare).hellos.map(({ sealed }) => sealed)).toEqual([false, true])
})

test('what was waited leaves out what a person held', () => {
  const wait = { kind: 'wait', phase: 'other', direction: 'none', why: 'gate', took: 4_000_000 } as const
  const { exchanges } = read([...hello(), 'C: NOOP', later(4000, wait), later(1000, 'S: 250 ok')])
  expect(exchanges.at(-1)!.waited).toBe(1_000_000)
})

test('a truncated beginning: the phase says what a reply answers, and it is no greeting', () => {
  const events = script([...hello(), 'C: RCPT TO:<a@x.example>', 'S: 550 no'])
  const { exchanges, greeting } = readTranscript(head(), events.slice(-1))
  expect(greeting).toBeUndefined()
  expect(exchanges.map(({ verb }) => verb)).toEqual(['RCPT'])
})

test('where it stood at the end', () => {
  expect(read([...hello(), 'C: RCPT TO:<a@x.example>', ended('closed')])).toMatchObject({
    phase: 'rcpt',
    last: [5],
  })
  expect(read([...hello(), 'C: DATA', 'S: 354 go', ended('closed')])).toMatchObject({
    phase: 'body',
    last: [6],
  })
  expect(read([])).toMatchObject({ phase: 'banner', last: [] })
})

test('a reply that nobody asked for is told only when the beginning is known', () => {
  const reply = {
    kind: 'reply',
    direction: 'to-client',
    phase: 'other',
    raw: '250 what\r\n',
    code: 250,
  } as const
  expect(read([...hello(), reply]).exchanges.at(-1)).toMatchObject({ unasked: true, verb: 'other' })
  expect(read([reply]).exchanges.at(-1)!.unasked).toBeUndefined()
})
