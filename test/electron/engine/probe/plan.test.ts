import { expect, test } from 'vitest'
import { planProbe } from '#engine/probe/plan.ts'
import { ProbeRequest } from '#shared/rpc/contract/probe.ts'

const plan = (host: string, ports: { port: number; mode?: 'plain' | 'starttls' | 'implicit' }[] = []) =>
  planProbe(ProbeRequest.parse({ host, ports }))

test('the usual ports with their usual modes', () => {
  expect(plan('smtp.example.com')).toEqual({
    ok: true,
    host: 'smtp.example.com',
    ports: [
      { port: 25, mode: 'starttls' },
      { port: 465, mode: 'implicit' },
      { port: 587, mode: 'starttls' },
      { port: 2525, mode: 'starttls' },
    ],
  })
})

test('a port typed with the host counts when none is listed; unknown ports are open', () => {
  expect(plan('smtp://mx.example:2500/')).toMatchObject({
    host: 'mx.example',
    ports: [{ port: 2500, mode: undefined }],
  })
  expect(plan('mx.example:2500', [{ port: 25, mode: 'plain' }])).toMatchObject({
    ports: [{ port: 25, mode: 'plain' }],
  })
})

test('the same port and mode is probed once', () => {
  expect(
    plan('h', [{ port: 25 }, { port: 25, mode: 'starttls' }, { port: 25, mode: 'plain' }]),
  ).toMatchObject({
    ports: [{ mode: 'starttls' }, { mode: 'plain' }],
  })
})

test('every problem is named', () => {
  const many = Array.from({ length: 65 }, (_, i) => ({ port: i + 1 }))
  expect(plan('a b', [{ port: 0 }])).toMatchObject({
    problems: [{ field: 'host' }, { field: 'ports[0].port', value: '0' }],
  })
  expect(planProbe(ProbeRequest.parse({ host: '192.0.2.1:25', family: 6 }))).toMatchObject({
    problems: [{ field: 'family', value: '6' }],
  })
  expect(plan('h', many)).toMatchObject({ problems: [{ field: 'ports' }] })
  expect(planProbe(ProbeRequest.parse({ host: 'h', ca: 'x' }))).toMatchObject({ problems: [{ field: 'ca' }] })
})
