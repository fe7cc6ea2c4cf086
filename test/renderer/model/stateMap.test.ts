import { expect, test } from 'vitest'
import { drawnEdges, mapSize, placeOf } from '#renderer/model/stateMap.ts'
import { StateTrack } from '#renderer/model/stateTrack.ts'
import { clientStates, serverEdges, serverStates } from '#shared/smtp/machine/table.ts'
import { accepted } from '../../support/page/scenes.ts'

const ends = [['client', Object.keys(clientStates)], ['server', Object.keys(serverStates)]] as const // prettier-ignore

test.each(ends)('every state of the %s has a place of its own inside the picture', (end, states) => {
  const places = states.map((state) => placeOf(end, state))
  expect(new Set(places.map(({ x, y }) => `${x} ${y}`)).size).toBe(states.length)
  for (const { x, y } of places) {
    expect(x - mapSize.nodeWidth / 2).toBeGreaterThanOrEqual(0)
    expect(x + mapSize.nodeWidth / 2).toBeLessThanOrEqual(mapSize.width)
    expect(y + mapSize.nodeHeight / 2).toBeLessThanOrEqual(mapSize.height)
  }
})

test('ways taken carry their name and count; those after the cursor are told apart', () => {
  const track = new StateTrack()
  for (const event of accepted().events) track.take(event)
  const edges = drawnEdges('client', track.taken('client'), 6)
  const hello = edges.find(({ key }) => key === 'fresh ready')!
  expect(hello.label.text).toBe('EHLO ×2')
  expect(hello).toMatchObject({ count: 2, ahead: false })
  expect(edges.find(({ key }) => key === 'ready quit')).toMatchObject({ count: 1, ahead: true })
  expect(edges.find(({ key }) => key === 'envelope chunks')).toMatchObject({ count: 0 })
  for (const { path } of edges) expect(path).toMatch(/^M[-\d. LQ]+$/)
})

test('a way back to itself by what led there says only how often: its name is beside it', () => {
  const edge = serverEdges.find(({ from, to, on }) => from === 'addressed' && to === 'addressed' && on === 'rcpt')! // prettier-ignore
  const [loop] = drawnEdges('server', new Map([['addressed rcpt', { edge, count: 2, first: 5 }]]), 9).filter(({ key }) => key === 'addressed addressed') // prettier-ignore
  expect(loop).toMatchObject({ count: 2, label: { text: '×2' } })
})

const edge = (name: string) => serverEdges.find(({ from, on }) => `${from} ${on}` === name)!

const taken = (count: number) =>
  new Map(['ready mail', 'addressed rcpt', 'addressed reset'].map((name) => [name, { edge: edge(name), count, first: 5 }])) // prettier-ignore

const labels = (count: number) =>
  drawnEdges('server', taken(count), 9).filter((drawn) => drawn.count > 0).map(({ label }) => [label.text, label.below].filter(Boolean)) // prettier-ignore

test('a count of a million takes five characters, and two lines where another way is near', () => {
  expect(labels(999)).toContainEqual(['MAIL ×999'])
  expect(labels(1234)).toContainEqual(['MAIL', '×1.2K'])
  expect(labels(1234)).toContainEqual(['RSET', '×1.2K'])
  expect(labels(123_456)).toContainEqual(['×120K'])
  for (const count of [1, 2, 17, 999, 1000, 999_999, 1_000_000, 123_456_789, 2e9])
    for (const lines of labels(count)) for (const line of lines) expect(line.length).toBeLessThanOrEqual(9)
})

test('without any event the ordinary ways are there, none of them taken', () => {
  const edges = drawnEdges('server', new Map(), 0)
  expect(edges.length).toBeGreaterThan(12)
  expect(edges.every(({ count }) => count === 0)).toBe(true)
})
