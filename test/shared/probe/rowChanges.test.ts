import { expect, it } from 'vitest'
import { connectionWords, isUnknown, rowChanges } from '#shared/probe/rowChanges.ts'
import { refused, working } from '#test/support/probeReport.ts'

it('tells of a row that one run could not connect to the connection only', () => {
  expect(rowChanges(working, { ...refused, address: '192.0.2.9' })).toEqual([
    { what: 'address', before: '192.0.2.1', after: '192.0.2.9', tone: 'neutral' },
    { what: 'connection', before: 'connected', after: 'refused', tone: 'worse' },
  ])
  expect(rowChanges(refused, { ...refused, connect: 'timeout' })).toMatchObject([{ tone: 'neutral' }])
})

it('blames nobody for a test that was given up', () => {
  const given = { ...refused, connect: 'cancelled' as const }
  expect(isUnknown(given)).toBe(true)
  expect(rowChanges(working, given)).toMatchObject([{ after: 'not tested to the end', tone: 'neutral' }])
  const { address: _, connect: __, ...nowhere } = refused
  expect(connectionWords(nowhere)).toBe('no address')
})

it('tells greeting, mode, STARTTLS, AUTH and extensions, each with its tone', () => {
  const { tls: _, capabilitiesAfterTls: __, ...plain } = { ...working, mode: 'plain' as const }
  const before = { ...plain, auth: [], capabilities: ['SIZE 1000', 'PIPELINING'], banner: '554 no' }
  const after = { ...plain, auth: ['LOGIN', 'PLAIN'], capabilities: ['size 2000', 'STARTTLS', 'DSN'] }
  expect(rowChanges(before, after).map(({ what, tone }) => `${what} ${tone}`)).toEqual([
    'greeting better',
    'STARTTLS better',
    'AUTH better',
    'extension DSN neutral',
    'extension PIPELINING worse',
    'extension SIZE neutral',
  ])
  expect(rowChanges(before, { ...before, mode: 'starttls' })).toMatchObject([{ what: 'TLS mode', tone: 'better' }]) // prettier-ignore
})

it('takes parameters as a set, and AUTH on port 25 as no loss', () => {
  const one = { ...working, capabilitiesAfterTls: ['LIMITS A B'] }
  expect(rowChanges(one, { ...one, capabilitiesAfterTls: ['limits b a'] })).toEqual([])
  const relay = { ...working, port: 25 }
  expect(rowChanges(relay, { ...relay, auth: [] })).toMatchObject([{ what: 'AUTH', tone: 'neutral' }])
})

it('compares what is offered in clear with nothing inside TLS', () => {
  const { tls: _, capabilitiesAfterTls: __, ...plain } = working
  expect(rowChanges(working, plain).map(({ what }) => what)).toEqual(['TLS'])
})
