import type { z } from 'zod'
import { expect, test } from 'vitest'
import { planProbe, usualMode } from '#engine/probe/plan.ts'
import { ProbeRequest } from '#shared/rpc/contract/probe.ts'

type Input = Omit<z.input<typeof ProbeRequest>, 'host'>
const plan = (host: string, more: Input = {}) => planProbe(ProbeRequest.parse({ host, ...more }))
const problems = (host: string, more: Input = {}) => {
  const made = plan(host, more)
  return made.ok ? [] : made.problems
}

test('the usual ports with their usual modes; of a domain port 25', () => {
  expect(plan('smtp.example.com')).toEqual({
    ok: true,
    kind: 'server',
    host: 'smtp.example.com',
    unicode: undefined,
    ports: [
      { port: 25, mode: 'starttls' },
      { port: 465, mode: 'implicit' },
      { port: 587, mode: 'starttls' },
      { port: 2525, mode: 'starttls' },
    ],
    controls: [],
    resolver: undefined,
    remarks: [],
  })
  expect(plan('example.com', { kind: 'domain' })).toMatchObject({ ports: [{ port: 25, mode: 'starttls' }] })
  expect(usualMode(2500)).toBe('auto')
})

test('a port typed with the host counts when none is listed, and what was made of it is said', () => {
  expect(plan('smtp://mx.example:2500/')).toMatchObject({
    host: 'mx.example',
    ports: [{ port: 2500, mode: 'auto' }],
    remarks: ['smtp://mx.example:2500/ was understood as mx.example, port 2500.'],
  })
  expect(plan('mx.example:2500', { ports: [{ port: 25, mode: 'plain' }] })).toMatchObject({
    ports: [{ port: 25, mode: 'plain' }],
  })
})

test('spaces, a trailing dot and brackets mean nothing', () => {
  expect(plan('  smtp.example.com. ')).toMatchObject({ host: 'smtp.example.com', remarks: [] })
  expect(plan('[2001:db8::1]')).toMatchObject({ host: '2001:db8::1', remarks: [] })
})

test('a name with letters beyond ASCII is shown both ways', () => {
  expect(plan('smtp.bücher.example')).toMatchObject({
    host: 'smtp.xn--bcher-kva.example',
    unicode: 'smtp.bücher.example',
    remarks: ['smtp.bücher.example is looked up as smtp.xn--bcher-kva.example (its form in ASCII).'],
  })
  expect(plan('smtp.xn--bcher-kva.example')).toMatchObject({ unicode: 'smtp.bücher.example' })
})

test('the domain of an address is a mail domain; for a server an address is none', () => {
  expect(plan('anna@example.com', { kind: 'domain' })).toMatchObject({ kind: 'domain', host: 'example.com' })
  expect(problems('anna@example.com')).toMatchObject([
    { field: 'host', message: expect.stringMatching(/mailbox/) },
  ])
  expect(problems('192.0.2.1', { kind: 'domain' })).toMatchObject([
    { field: 'host', message: expect.stringMatching(/MX records/) },
  ])
})

test('the same port and mode is probed once', () => {
  const ports = [{ port: 25 }, { port: 25, mode: 'starttls' as const }, { port: 25, mode: 'plain' as const }]
  expect(plan('h', { ports })).toMatchObject({ ports: [{ mode: 'starttls' }, { mode: 'plain' }] })
})

test.each([110, 143, 993, 995])('port %i reads mail', (port) => {
  expect(problems('h', { ports: [{ port }] })).toMatchObject([
    { field: 'ports[0].port', message: expect.stringMatching(/reads mail/) },
  ])
  expect(problems(`h:${port}`)).toMatchObject([
    { field: 'host', message: expect.stringMatching(/reads mail and does not send/) },
  ])
})

test('control hosts and the name server are read, or refused in words', () => {
  expect(
    plan('h', { controls: ['smtp.example.net:587', '[2001:db8::5]:25'], resolver: '192.0.2.53' }),
  ).toMatchObject({
    controls: [
      { host: 'smtp.example.net', port: 587 },
      { host: '2001:db8::5', port: 25 },
    ],
    resolver: '192.0.2.53:53',
  })
  expect(problems('h', { controls: ['smtp.example.net', 'a b:25'], resolver: 'dns.example' })).toMatchObject([
    { field: 'controls[0]', message: expect.stringMatching(/HOST:PORT/) },
    { field: 'controls[1]', message: expect.stringMatching(/no spaces/) },
    { field: 'resolver', value: 'dns.example', message: expect.stringMatching(/as an address/) },
  ])
})

test('every problem is named', () => {
  const many = Array.from({ length: 65 }, (_, i) => ({ port: 2000 + i }))
  expect(problems('a b', { ports: [{ port: 0 }] })).toMatchObject([
    { field: 'host' },
    { field: 'ports[0].port', value: '0' },
  ])
  expect(problems('192.0.2.1:25', { family: 6 })).toMatchObject([{ field: 'family', value: '6' }])
  expect(problems('h', { ports: many })).toMatchObject([{ field: 'ports' }])
  expect(problems('h', { controls: Array.from({ length: 11 }, () => 'a:25') })).toMatchObject([
    { field: 'controls', message: expect.stringMatching(/At most 10/) },
  ])
  expect(problems('h', { ca: 'x' })).toMatchObject([{ field: 'ca' }])
  expect(problems('')).toMatchObject([{ field: 'host', message: expect.stringMatching(/empty/) }])
})
