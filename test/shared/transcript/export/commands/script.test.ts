import { expect, test } from 'vitest'
import { scriptOf } from '#shared/transcript/export/commands/script.ts'
import { content, recordedOf, sample, sampleBodies } from '../sample.ts'
import { line, reply } from '../../samples.ts'

test('what the client did', () => {
  expect(scriptOf(sample)).toEqual({
    host: 'mx.corp.com',
    port: 587,
    tls: 'starttls',
    verify: true,
    serverName: null,
    ehlo: 'laptop7.corp.com',
    mechanism: 'PLAIN',
    transaction: {
      from: { path: 'alice@corp.com', parameters: ['SIZE=221'] },
      to: [
        { path: 'joerg.bauer@kunde.de', parameters: [] },
        { path: 'Ghost@Kunde.DE', parameters: [] },
      ],
      sent: true,
      content,
      replaced: false,
    },
    notes: [],
  })
})

test('a certificate that was not right and was accepted need not be right', () => {
  const bodies = sampleBodies.map((body) => (body.kind === 'tls' ? { ...body, verified: false } : body))
  expect(scriptOf(recordedOf(bodies, { host: 'mx.corp.com' })).verify).toBe(false)
})

test('TLS from the first octet, and no TLS', () => {
  expect(scriptOf(recordedOf([{ kind: 'tls', phase: 'tls', direction: 'none', outcome: 'established', took: 1 }, reply('220 x', 'banner')])).tls).toBe('implicit') // prettier-ignore
  expect(scriptOf(recordedOf([reply('220 x', 'banner')])).tls).toBe('none')
})

test('of several transactions the one that sent a message; missing content is said', () => {
  const chunk = { kind: 'chunk', direction: 'to-server', phase: 'body', body: 1, offset: 0, size: 7, last: true, encoding: 'data' } as const // prettier-ignore
  const script = scriptOf(recordedOf([line('MAIL FROM:<a@x.de>', 'mail'), line('MAIL FROM:<>', 'mail'), chunk, line('MAIL FROM:<c@x.de>', 'mail')])) // prettier-ignore
  expect(script.transaction).toMatchObject({ from: { path: '' }, sent: true, replaced: true })
  expect(script.transaction?.content).toContain('7 octets')
  expect(script.notes).toHaveLength(2)
  const part = scriptOf(recordedOf([line('MAIL FROM:<>', 'mail'), { ...chunk, raw: 'abc' }]))
  expect(part.transaction).toMatchObject({
    replaced: true,
    content: expect.stringContaining('7 octets') as string,
  })
})

test.each(['-oProxyCommand=x', 'a b', 'a/../b', '', 'a\nb', '@file'])('a host %j is not repeated', (host) => {
  const script = scriptOf(recordedOf([], { host }))
  expect(script.host).toBe('host.invalid')
  expect(script.notes).toHaveLength(1)
})

test('a session with our own server is repeated on this computer', () => {
  expect(scriptOf(recordedOf([], { role: 'server', host: '203.0.113.9' }))).toMatchObject({ host: 'localhost', verify: false }) // prettier-ignore
})
