import { expect, it } from 'vitest'
import { summarize } from '#shared/transcript/summarize.ts'
import { describeLine, headLine, toText } from '#shared/transcript/text.ts'
import { end, head, line, numbered, reply } from './samples.ts'

const events = numbered([
  { kind: 'connect', direction: 'none', phase: 'tcp', address: '192.0.2.1', port: 587, family: 4, took: 900, outcome: 'connected' },
  reply('220 hi', 'banner'),
  line('EHLO me', 'ehlo', { verb: 'EHLO' }),
  reply('250-mail.example\r\n250 STARTTLS', 'ehlo'),
  { kind: 'tls', direction: 'none', phase: 'tls', outcome: 'established', took: 4000, version: 'TLSv1.3', sni: 'mail.example', verified: true },
  line('AUTH PLAIN ********', 'auth', { masked: [{ start: 11, end: 19 }], sealed: true }),
  { kind: 'wait', direction: 'none', phase: 'mail', why: 'gate', took: 2_000_000 },
  line('MAIL FROM:<a@b>', 'mail', { sealed: true, edited: true }),
  { kind: 'chunk', direction: 'to-server', phase: 'body', body: 1, offset: 0, size: 10, last: true, encoding: 'data' },
  { kind: 'finding', direction: 'none', phase: 'auth', code: 'auth-rejected', severity: 'error', side: 'server', confidence: 'certain', evidence: [6], message: 'Refused.', next: 'Check the password.' },
  end(),
]) // prettier-ignore

it('sets a transcript in columns, says where it is sealed and what was found', () => {
  expect(toText(events)).toBe(
    [
      '    0.000  · Connected to 192.0.2.1:587, after 1 millisecond',
      '    0.001  ← 220 hi',
      '    0.002  → EHLO me',
      '    0.003  ← 250-mail.example',
      '              250 STARTTLS',
      '    0.004  · === sealed from here: TLS established, TLSv1.3, certificate verified, after 4 milliseconds, name asked for: mail.example',
      '    0.005 #→ AUTH PLAIN ••••••••',
      '    0.006  · --- Held at the gate for 2 seconds',
      '    0.007 #→ MAIL FROM:<a@b>  [changed by a person]',
      '    0.008  → (message content, 10 octets, the last)',
      '    0.009  · ✗ auth-rejected: Refused.',
      '              Check the password.',
      '    0.010  · End: QUIT was answered.',
      '',
    ].join('\n'),
  )
})

it('heads a transcript with who, where and how it stands', () => {
  expect(headLine(head())).toBe('2026-01-02T03:04:05.000Z  send to mail.example:587, TLS starttls')
  const [first] = toText(events, summarize(head({ role: 'server', source: 'server' }), events)).split('\n')
  expect(first).toMatch(/server from mail\.example, port 587, TLS starttls: .+, 10 ms$/)
})

it('tells what is beside the dialogue from what nobody understands', () => {
  const beside = { kind: 'remark', direction: 'none', phase: 'other' } as const
  const [known, unknown] = numbered([
    { ...beside, text: 'Trying 192.0.2.1...\nConnected.', understood: true },
    { ...beside, text: 'What \u202eis this', understood: false },
  ])
  expect(describeLine(known!)).toBe('    0.000  · | Trying 192.0.2.1...\n              | Connected.')
  expect(describeLine(unknown!)).toBe('    0.001  · ? What \\u{202e}is this')
})

it('shows an empty line, and a failed handshake', () => {
  const [empty, failed] = numbered([
    line('', 'other'),
    { kind: 'tls', direction: 'none', phase: 'tls', outcome: 'failed', took: 1000 },
  ])
  expect(describeLine(empty!)).toBe('    0.000  → ')
  expect(describeLine(failed!)).toBe('    0.001  · === TLS handshake failed, after 1 millisecond')
})

it('lets nothing that a case file of anybody holds steer a terminal or begin a line of its own', () => {
  const bad = '\u001b]0;x\u0007\r\n    0.001  → QUIT\u009b2J\u202e'
  const hostile = numbered([
    end({ message: bad }),
    { kind: 'finding', phase: 'other', direction: 'none', code: bad, severity: 'error', side: 'server', confidence: 'certain', evidence: [], message: bad, next: bad }, // prettier-ignore
    { kind: 'tls', phase: 'tls', direction: 'none', outcome: 'established', took: 1, version: bad, sni: bad },
    { kind: 'connect', phase: 'tcp', direction: 'none', address: bad, port: 25, family: 4, took: 1, outcome: 'refused', fault: { code: bad, message: bad } }, // prettier-ignore
  ])
  const text = toText(hostile, head({ host: bad }))
  // oxlint-disable-next-line no-control-regex -- none of them may be there
  expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/)
  expect(text.match(/^ {4}0\.001 {2}→ QUIT/gm)).toBeNull()
})
