import { expect, test } from 'vitest'
import type { EventBody } from '#shared/transcript/event.ts'
import { markdownFormat } from '#shared/transcript/export/markdown.ts'
import { recordedOf, sample } from './sample.ts'
import { line, reply } from '../samples.ts'

const textOf = (recorded: typeof sample): string =>
  [...markdownFormat.write(recorded, 'relayscope 1.2.3')].join('')

test('head, findings with their evidence, dialogue, TLS, times', () => {
  const text = textOf(sample)
  expect(text).toMatch(/^# SMTP dialogue to `mx\.corp\.com:587`\n\n\*\*Message accepted for 1 of 2, 250\*\*/)
  expect(text).toContain('- **Error** `unknown-recipient`, certain, server: mx.corp.com does not know `ghost@kunde.de.` (line 18)')
  expect(text).toContain('   18     0.017 #← 550 5.1.1 <ghost@kunde.de>: no such user ghost\n')
  expect(text).toContain('| Certificate | `O=Corp Widgets, CN=mx.corp.com` |')
  expect(text).toContain('| 8 | `TLS handshake` | 4.0 ms |')
  expect(text).not.toContain('Dear')
}) // prettier-ignore

test('evidence of several lines is told as lines', () => {
  const finding: EventBody = { kind: 'finding', direction: 'none', phase: 'other', code: 'x', severity: 'info', side: 'server', confidence: 'certain', evidence: [1, 2], message: 'It said both', next: '' }
  expect(textOf(recordedOf([reply('220 hi', 'banner'), line('QUIT', 'other'), finding], {}))).toContain('It said both (lines 1, 2)\n')
}) // prettier-ignore

const attack =
  '```\n</code></pre><script>alert(1)</script>\n# Owned ![x](http://evil.test) [y](javascript:z) @admin |'

test('whatever a server, a client or a file says, it stays inside code', () => {
  const finding: EventBody = { kind: 'finding', direction: 'none', phase: 'other', code: attack, severity: 'error', side: 'server', confidence: 'certain', evidence: [1], message: attack, next: attack }
  const tls: EventBody = { kind: 'tls', direction: 'none', phase: 'tls', outcome: 'failed', took: 1, sni: attack, cipher: attack, fault: { code: 'x', message: attack }, chain: [{ subject: attack, issuer: attack, names: [attack], validFrom: attack, validTo: attack, serial: attack, fingerprint256: attack }] }
  const end: EventBody = { kind: 'end', direction: 'none', phase: 'other', outcome: 'failed', by: 'server', message: attack }
  const text = textOf(recordedOf([reply(`220 ${attack}`, 'banner'), line(attack, 'other'), finding, tls, end], { host: attack }))
  // Fenced blocks first, then spans, by their own fences: what is left is this program's.
  const outside = text.replace(/^(`{3,})text\n[^]*?\n\1$/gm, '').replace(/(?<!`)(`+)(?!`)[^]*?(?<!`)\1(?!`)/g, '')
  for (const part of ['<', 'evil', 'javascript', '@admin', '![']) expect(outside).not.toContain(part)
  expect(text.split('\n').filter((each) => each.startsWith('# '))).toHaveLength(1)
}) // prettier-ignore

test('an imported text without times has no table of times', () =>
  expect(textOf({ ...sample, head: { ...sample.head, times: 'none' } })).not.toContain('## Times'))
