import { expect, test } from 'vitest'
import { explainLine } from '#renderer/model/explainLine.ts'
import type { EventOf } from '#shared/transcript/event.ts'

const line = (text: string, verb?: string, change: Partial<EventOf<'line'>> = {}): EventOf<'line'> => ({
  kind: 'line', session: 's', seq: 1, at: 0, phase: 'other', direction: 'to-server', raw: `${text}\r\n`, ...(verb ? { verb } : {}), ...change,
}) // prettier-ignore
const shown = (event: EventOf<'line'>) => explainLine(event).parts.map(({ text, label }) => [text, label])

test('each parameter is a part with its meaning and its RFC', () => {
  const event = line('MAIL FROM:<orders@shop.example> SIZE=4312 body=8BITMIME X=1', 'MAIL')
  expect(shown(event)).toEqual([
    ['MAIL', 'command'],
    ['FROM:<orders@shop.example>', 'sender, for bounces'],
    ['SIZE=4312', 'size in octets'],
    ['body=8BITMIME', 'kind of content'],
    ['X=1', 'parameter'],
  ])
  const { meanings, references } = explainLine(event)
  expect(meanings.map(({ part }) => part)).toEqual(['FROM', 'SIZE', 'body', 'X'])
  expect(meanings.at(-1)?.words).toBe('Our tables do not know this parameter.')
  expect(references).toEqual(['RFC 5321 §4.1.1.2', 'RFC 1870 §6', 'RFC 6152 §2'])
})
test('the null sender, quoted local parts, no brackets, a broken path', () => {
  expect(explainLine(line('MAIL FROM:<>', 'MAIL')).meanings[0]?.words).toContain('never bounces')
  const quoted = line('RCPT TO:<"a > b"@quayside.example> NOTIFY=NEVER', 'RCPT')
  expect(shown(quoted).slice(1)).toEqual([
    ['TO:<"a > b"@quayside.example>', 'recipient'],
    ['NOTIFY=NEVER', 'when to report'],
  ])
  expect(shown(line('RCPT TO:a@b SIZE=1', 'RCPT'))[1]?.[0]).toBe('TO:a@b')
  expect(shown(line('MAIL nobody', 'MAIL')).at(-1)).toEqual(['nobody', 'sender, for bounces'])
})
test('a long hostile line is taken apart at once and stays bounded', () => {
  expect(shown(line(`MAIL FROM:<${'"\\'.repeat(200_000)}`, 'MAIL')).length).toBeLessThan(5)
  expect(shown(line(`MAIL FROM:<a@b>${' A=1'.repeat(50_000)}`, 'MAIL')).length).toBe(23)
})
test('signing in: mechanism explained, secret named, cancelling', () => {
  const secret: Partial<EventOf<'line'>> = { masked: [{ start: 11, end: 19 }], phase: 'auth' }
  const auth = explainLine(line('AUTH PLAIN ********', 'AUTH', secret))
  expect(auth.parts[1]).toMatchObject({ look: 'secret', label: 'secret, never recorded', text: '••••••••' })
  expect(auth.meanings.map(({ part }) => part)).toEqual(['PLAIN', 'wire', 'protection'])
  expect(auth.references).toEqual(['RFC 4954 §4', 'RFC 4616'])
  expect(explainLine(line('AUTH OWN', 'AUTH')).meanings[0]?.words).toContain('do not know')
  expect(explainLine(line('*', undefined, { phase: 'auth' })).plain).toBe('The client gives up signing in.')
  expect(explainLine(line('abc', undefined, { phase: 'auth' })).plain).toContain(
    'answers the server’s question',
  )
})
test('other commands, edited lines, and what is no command', () => {
  expect(shown(line('EHLO laptop', 'EHLO'))).toEqual([['EHLO', 'command'], ['laptop', 'name of the client']]) // prettier-ignore
  expect(shown(line('BDAT 12 LAST', 'BDAT'))[1]).toEqual(['12 LAST', 'octets that follow'])
  expect(explainLine(line('QUIT', 'QUIT', { edited: true })).plain).toContain('A person changed this line')
  expect(explainLine(line('QUIT', 'QUIT', { edited: true, added: true })).plain).toContain(
    'A person added this line',
  )
  expect(explainLine(line('GET / HTTP/1.1')).plain).toContain('no known command')
})
test('the dot alone is no unknown command: it ends the message', () => {
  const dot = line('.', undefined, { phase: 'body' })
  expect(shown(dot)).toEqual([['.', 'end of the message']])
  expect(explainLine(dot)).toMatchObject({ references: ['RFC 5321 §4.1.1.4'], plain: expect.stringContaining('ends the message') }) // prettier-ignore
  expect(explainLine(line('.')).plain).toContain('no known command')
})
