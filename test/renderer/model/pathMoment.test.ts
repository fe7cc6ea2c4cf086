import { expect, test } from 'vitest'
import { pathMoment } from '#renderer/model/pathMoment.ts'
import type { EventBody } from '#shared/transcript/event.ts'
import { end, line, numbered, reply } from '../../shared/transcript/samples.ts'

const say = (body: EventBody): string => pathMoment(numbered([body])[0]!)
const tls = (more: object): EventBody => ({ kind: 'tls', phase: 'tls', direction: 'none', outcome: 'established', took: 1, ...more }) // prettier-ignore

test('a certificate is seen before TLS 1.3 only, the name asked for always', () => {
  expect(say(tls({ version: 'TLSv1.3', sni: 'mx.test' }))).toMatch(/the server’s name\. The certificate is sealed/)
  expect(say(tls({ version: 'TLSv1.2' }))).toMatch(/no name of the server\. The server’s certificate too/)
  expect(say(tls({ outcome: 'failed' }))).toContain('came to nothing')
}) // prettier-ignore

test('every kind that is no line has a sentence, and lines have none', () => {
  const base = { phase: 'other', direction: 'none' } as const
  const others: EventBody[] = [
    { ...base, kind: 'resolve', name: 'mx.test', family: 4, addresses: [], took: 1 },
    { ...base, kind: 'connect', address: '192.0.2.1', port: 25, family: 4, took: 1, outcome: 'connected' },
    { ...base, kind: 'connect', address: '192.0.2.1', port: 25, family: 4, took: 1, outcome: 'refused' },
    { ...base, kind: 'wait', why: 'gate', took: 1 },
    { ...base, kind: 'remark', text: 'x', understood: true },
    ...(['edited', 'skipped', 'inserted', 'repeated', 'dropped', 'reset'] as const).map(
      (action): EventBody => ({ ...base, kind: 'edit', action }),
    ),
    end(),
  ]
  for (const body of others) expect(say(body)).toMatch(/^[A-Z].+\.$/)
  expect([say(line('NOOP', 'other')), say(reply('250 ok', 'other'))]).toEqual(['', ''])
})
