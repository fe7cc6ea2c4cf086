import { expect, it } from 'vitest'
import { atOnce } from '#shared/steps.ts'
import { Dialogue } from '#shared/transcript/import/dialogue.ts'
import { short } from './read.ts'

const head = { role: 'client', startedAt: '2026-11-22T12:00:00.000Z', host: 'h', port: 25 } as const

/** `C: …`, `S: …` and `| …` as calls. */
function play(lines: string[], options = {}) {
  const dialogue = new Dialogue({ ...head }, options)
  for (const [index, text] of lines.entries()) {
    const line = { number: index + 1, text }
    const rest = text.slice(3)
    if (text.startsWith('C:')) dialogue.client(rest, line)
    else if (text.startsWith('S:')) dialogue.server(rest, line)
    else dialogue.remark({ ...line, text: text.slice(2) })
  }
  return atOnce(dialogue.finish('s1'))
}

it('follows a dialogue through its phases, content and end', () => {
  const session = play(['| begin', 'S: 220 hi', 'C: EHLO me', 'S: 250-h', 'S: 250 SIZE', 'C: MAIL FROM:<a@b>', 'C: RCPT TO:<c@d>', 'S: 250 ok', 'S: 550 5.1.1 no', 'C: DATA', 'S: 354 go', 'C: ..x', 'C: .', 'S: 250 kept', 'C: QUIT', 'S: 221 bye']) // prettier-ignore
  expect(short(session)).toEqual([
    '| begin', 'S: banner 220 hi', 'C: ehlo EHLO me', 'S: ehlo 250-h / 250 SIZE', 'C: mail MAIL FROM:<a@b>', 'C: rcpt RCPT TO:<c@d>',
    'S: mail 250 ok', 'S: rcpt 550 5.1.1 no', 'C: data DATA', 'S: data 354 go', 'C: body 4 last', 'C: body .', 'S: body 250 kept',
    'C: quit QUIT', 'S: quit 221 bye', 'end completed by client',
  ]) // prettier-ignore
  expect(session.head).toMatchObject({ id: 's1', source: 'import', tls: 'none' })
  expect(session.lines).toEqual({ understood: 16, unknown: 0 })
})

it('hides every answer to AUTH, also of a client that does not wait, and what a server echoes', () => {
  const password = 'hunter2-xyz'
  const session = play(['C: AUTH LOGIN', `C: ${btoa('me')}`, `C: ${btoa(password)}`, 'S: 334 VXNlcm5hbWU6', 'S: 334 UGFzc3dvcmQ6', `S: 535 ${password} is wrong`, `C: AUTH PLAIN ${btoa(`\0me\0${password}`)}`, `| I typed ${password}`]) // prettier-ignore
  const all = JSON.stringify(session)
  for (const leak of [password, btoa(password), btoa('me'), 'aHVudGVyMi']) expect(all).not.toContain(leak)
  expect(short(session).slice(0, 3)).toEqual(['C: auth AUTH LOGIN', 'C: other ••••••••', 'C: other ••••••••'])
})

it('shows a cancelled exchange, and commands again after it', () => {
  const session = play(['C: AUTH CRAM-MD5', 'S: 334 PDE+', 'C: *', 'S: 501 cancelled', 'C: NOOP'])
  expect(short(session).slice(2, 5)).toEqual(['C: auth *', 'S: auth 501 cancelled', 'C: other NOOP'])
})

it('believes what can be read after STARTTLS to have been inside TLS, where the text was decrypted', () => {
  const lines = ['C: STARTTLS', 'S: 220 go', 'C: EHLO me', 'S: 250 h']
  expect(short(play(lines, { inside: true })).slice(1)).toEqual(['S: starttls 220 go', 'tls established', '#C: ehlo EHLO me', '#S: ehlo 250 h', 'end cancelled by this-computer']) // prettier-ignore
  expect(short(play(lines)).slice(2, 4)).toEqual(['C: ehlo EHLO me', 'S: ehlo 250 h'])
})

it('names a reply that never ended, or is none', () => {
  const events = play(['S: 250-a', 'C: NOOP', 'S: hello']).events
  expect(events[0]).toMatchObject({ kind: 'reply', malformed: expect.stringContaining('ended') })
  expect(events[2]).toMatchObject({ kind: 'reply', malformed: expect.stringContaining('three-digit') })
  expect(events[2]).not.toHaveProperty('code')
})

it('cuts a line of a client and says how long it was', () => {
  const [event] = play([`C: NOOP ${'x'.repeat(60_000)}`]).events
  expect(event).toMatchObject({ kind: 'line', cutFrom: 60_007 })
  expect(event?.kind === 'line' && event.raw.length).toBe(12_288)
})

it('puts the end last, whatever is said after it, and keeps times in order', () => {
  const dialogue = new Dialogue({ ...head })
  dialogue.remark({ number: 1, text: 'first' })
  dialogue.at = 1000
  dialogue.event({ kind: 'end', phase: 'other', direction: 'none', outcome: 'closed', by: 'server', message: 'x' }) // prettier-ignore
  dialogue.remark({ number: 2, text: 'after' })
  const { events } = atOnce(dialogue.finish('s1'))
  expect(events.map(({ kind, at }) => [kind, at])).toEqual([['remark', 0], ['remark', 1000], ['end', 1000]]) // prettier-ignore
})

it('counts content that the text does not hold', () => {
  const dialogue = new Dialogue({ ...head })
  dialogue.server('354 go', { number: 1, text: 'S: 354 go' })
  dialogue.hiddenContent(120)
  dialogue.server('250 kept', { number: 2, text: 'S: 250 kept' })
  expect(short(atOnce(dialogue.finish('s1'))).slice(1, 3)).toEqual(['C: body 120 last', 'S: body 250 kept'])
})

it('hides the proof of a SCRAM server, which a weak password could be guessed from', () => {
  const proof = btoa('v=rmF9pqV8S7suAoZWja4dJRkFsKQ=')
  const { events } = play(['S: 220 hi', 'C: AUTH SCRAM-SHA-1', 'S: 334 ', 'C: abc', `S: 334 ${proof}`])
  expect(JSON.stringify(events)).not.toContain(proof)
  expect(events.findLast(({ kind }) => kind === 'reply')).toMatchObject({ raw: '334 ********\r\n' })
})
