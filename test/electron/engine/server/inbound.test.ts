import { expect, test } from 'vitest'
import { Inbound, readAhead } from '#engine/server/inbound.ts'
import { utf8 } from '#shared/bytes/bytes.ts'

function make() {
  const told: string[] = []
  const wire = { pause: () => void told.push('pause'), resume: () => void told.push('resume') }
  return { inbound: new Inbound(wire), told }
}

test('octets come back in order, then the end, and more is read only when all were given', () => {
  const { inbound, told } = make()
  inbound.keep(utf8('a'), false)
  inbound.keep(utf8('b'), false)
  expect(told).toEqual(['pause', 'pause'])
  expect([inbound.next(), inbound.next()]).toEqual([
    { type: 'bytes', bytes: utf8('a') },
    { type: 'bytes', bytes: utf8('b') },
  ])
  expect(told).toHaveLength(2)
  expect(inbound.next()).toBeNull()
  expect(told.at(-1)).toBe('resume')
  inbound.end()
  expect(inbound.next()).toMatchObject({ type: 'ended', how: 'closed' })
})

test('ahead of a person it reads on, up to a bound', () => {
  const { inbound, told } = make()
  inbound.keep(new Uint8Array(readAhead - 1), true)
  expect(told).toEqual([])
  inbound.lookAhead()
  inbound.keep(utf8('x'), true)
  inbound.lookAhead()
  expect(told).toEqual(['resume', 'pause'])
  inbound.next()
  inbound.lookAhead()
  expect(told.at(-1)).toBe('resume')
})

test('what is taken at once is gone', () => {
  const { inbound } = make()
  inbound.keep(utf8('a'), false)
  inbound.keep(utf8('b'), false)
  expect(inbound.take()).toEqual([utf8('a'), utf8('b')])
  expect(inbound.next()).toBeNull()
})
