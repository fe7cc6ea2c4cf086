import { expect, test } from 'vitest'
import { createClientSide } from '#engine/dialogue/clientSide.ts'
import type { MachineView } from '#engine/dialogue/gateTypes.ts'
import type { Outgoing } from '#shared/smtp/machine/types.ts'

const encode = (text: string): Uint8Array => new TextEncoder().encode(text)
const line = (text: string, kind: Outgoing['kind'] = 'command'): Outgoing => ({
  id: 1,
  kind,
  phase: 'other',
  bytes: encode(text),
  shown: { bytes: encode(text), masked: [] },
  verb: /^[A-Z]{4,}/.exec(text)?.[0],
})
const view = (change: Partial<MachineView> = {}): MachineView => ({
  state: 'ready',
  secured: null,
  plan: () => [],
  ...change,
})
const secret = 'c2VjcmV0'
const shows = (side: ReturnType<typeof createClientSide>, where = view(), held?: Outgoing) =>
  new TextDecoder().decode(side.read(`${secret}\r\n`, where, held).shown)

test('what is typed is a secret in an exchange, after AUTH was said, and where AUTH waits or comes next', () => {
  expect(shows(createClientSide())).toContain(secret)
  expect(shows(createClientSide(), view({ state: 'auth' }))).not.toContain(secret)
  expect(shows(createClientSide(), view(), line('AUTH LOGIN', 'auth'))).not.toContain(secret)
  expect(shows(createClientSide(), view({ plan: () => [line('AUTH LOGIN', 'auth')] }))).not.toContain(secret)
  const own = createClientSide()
  own.sent(line('AUTH LOGIN', 'auth'), undefined)
  expect(shows(own)).not.toContain(secret)
  const typed = createClientSide()
  typed.sent(line('MAIL FROM:<>'), encode('auth login\r\n'))
  expect(shows(typed)).not.toContain(secret)
})

test('until it is accepted: a refusal does not make what follows harmless', () => {
  const side = createClientSide()
  side.sent(line('AUTH LOGIN', 'auth'), undefined)
  side.replied(535)
  expect(shows(side)).not.toContain(secret)
  side.replied(235, view({ authenticated: false }))
  expect(shows(side)).not.toContain(secret)
  side.replied(235, view({ authenticated: true }))
  expect(shows(side)).toContain(secret)
})

test('a success does not make the rest of what a person typed harmless: a line in between may have cut it in two', () => {
  const side = createClientSide()
  side.sent(line('EHLO me'), encode('AUTH PLAIN A'))
  side.replied(235, view({ authenticated: true }))
  expect(shows(side)).not.toContain(secret)
})

test('an AUTH that was changed into something else announces nothing', () => {
  const side = createClientSide()
  side.sent(line('AUTH LOGIN', 'auth'), encode('NOOP\r\n'))
  expect(shows(side)).toContain(secret)
})

test('around content nothing can be added, and content itself only goes or is dropped', () => {
  const side = createClientSide()
  const body = line('x', 'body')
  const end = line('.', 'body-end')
  const refused = (held: Outgoing | undefined, inside: boolean) =>
    (['edit', 'skip', 'insert', 'finish'] as const).map(
      (action) => side.refusal(action, held, inside) !== undefined,
    )
  expect(refused(body, false)).toEqual([true, true, true, true])
  expect(refused(end, true)).toEqual([false, false, true, true])
  expect(refused(line('MAIL'), false)).toEqual([false, false, false, false])
})

test('commands and AUTH can be said again; a response, content and its end cannot', () => {
  const side = createClientSide()
  const lines = [
    line('NOOP'),
    line('AUTH PLAIN', 'auth'),
    line(secret, 'auth'),
    line('x', 'body'),
    line('.', 'body-end'),
  ]
  expect(lines.map((one) => side.repeatable(one))).toEqual([true, true, false, false, false])
})

test('a server waits five minutes, by the RFC', () => {
  expect(createClientSide().patience(line('MAIL'))).toMatchObject({
    patienceMs: 300_000,
    why: expect.stringContaining('§4.5.3.2.7'),
  })
})
