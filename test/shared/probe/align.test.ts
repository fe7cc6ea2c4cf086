import { expect, it } from 'vitest'
import { alignResults } from '#shared/probe/align.ts'
import type { PortResult } from '#shared/rpc/contract/probeReport.ts'
import { working } from '#test/support/probeReport.ts'

const at = (session: string, more: Partial<PortResult>): PortResult => ({ ...working, session, ...more })
const bare = (session: string, port: number): PortResult => {
  const { address: _, family: __, connect: ___, ...rest } = at(session, { port, reachable: false })
  return rest
}
const pairs = (before: PortResult[], after: PortResult[]): string[] =>
  alignResults(before, after).map(({ before: a, after: b }) => `${a?.session ?? '-'} ${b?.session ?? '-'}`)

it('pairs by host, port, mode and family, whatever the order', () => {
  const before = [at('a', { port: 587 }), at('b', { port: 25 }), at('c', { port: 25, family: 6, address: '::1' })] // prettier-ignore
  const after = [at('C', { port: 25, family: 6, address: '::1' }), at('A', { port: 587 }), at('B', { port: 25 })] // prettier-ignore
  expect(pairs(before, after)).toEqual(['b B', 'c C', 'a A'])
  expect(pairs([at('p', { asked: 'plain' })], [at('S', { asked: 'starttls' })])).toEqual(['p -', '- S'])
})

it('takes the one address of a family for the other; several are told apart', () => {
  expect(pairs([at('a', { address: '192.0.2.1' })], [at('A', { address: '192.0.2.9' })])).toEqual(['a A'])
  const two = [at('A', { address: '192.0.2.1' }), at('B', { address: '192.0.2.9' })]
  expect(pairs([at('a', { address: '192.0.2.1' })], two)).toEqual(['a A', '- B'])
})

it('takes a name without an address for the first row that the other run has', () => {
  const found = [at('A', {}), at('B', { family: 6, address: '::1' })]
  expect(pairs([bare('a', 587)], found)).toEqual(['a A', '- B'])
  expect(pairs(found, [bare('a', 587)])).toEqual(['A a', 'B -'])
  expect(pairs([bare('a', 587)], [bare('A', 587)])).toEqual(['a A'])
})

it('keeps the order of the hosts', () => {
  const [x, y] = [at('x', { host: 'z.test' }), at('y', { host: 'a.test' })]
  expect(pairs([x, y], [x, y])).toEqual(['x x', 'y y'])
})
