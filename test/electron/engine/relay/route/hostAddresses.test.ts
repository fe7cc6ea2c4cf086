import { expect, test } from 'vitest'
import type { Lookup } from '#engine/dialogue/resolve.ts'
import { hostAddresses } from '#engine/relay/route/hostAddresses.ts'

const none: Lookup = () => Promise.reject(new Error('nobody is asked'))

test('a literal is its own address', async () => {
  expect(await hostAddresses('192.0.2.1', { lookup: none })).toEqual(['192.0.2.1'])
  expect(await hostAddresses('[IPv6:2001:db8::1]', { lookup: none })).toEqual(['2001:db8::1'])
})
test('a name has those of both families, as A-labels, eight at most', async () => {
  const asked: string[] = []
  const lookup: Lookup = async (name, family) => {
    asked.push(name)
    return family === 4 ? Array.from({ length: 20 }, (_, i) => `192.0.2.${i}`) : ['2001:db8::1']
  }
  const found = await hostAddresses('Bücher.Example.', { lookup })
  expect(found).toHaveLength(8)
  expect(found).toContain('2001:db8::1')
  expect(asked).toEqual(['xn--bcher-kva.example', 'xn--bcher-kva.example'])
})
const fourOnly: Lookup = async (_, family) => {
  if (family === 6) throw new Error('SERVFAIL')
  return ['192.0.2.1']
}
test('a family that nobody answers for leaves the other', async () => {
  expect(await hostAddresses('x.test', { lookup: fourOnly })).toEqual(['192.0.2.1'])
  expect(await hostAddresses('x.test', { lookup: none })).toEqual([])
  expect(await hostAddresses('a b', { lookup: none })).toEqual([])
})
