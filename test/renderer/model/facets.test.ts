import { expect, test } from 'vitest'
import { Facets } from '#renderer/model/facets.ts'
import { longTranscript } from '../../support/longTranscript.ts'

test('counts what occurs', () => {
  const facets = new Facets()
  const events = [...longTranscript('s', 5000)]
  for (const event of events) facets.take(event)
  const count = (wanted: (event: (typeof events)[number]) => boolean) => events.filter(wanted).length
  expect(facets.verbs.get('RCPT')).toBe(count((event) => event.kind === 'line' && event.verb === 'RCPT'))
  expect(facets.codes.get('550')).toBe(count((event) => event.kind === 'reply' && event.code === 550))
  expect(facets.enhanced.get('4.2.1')).toBe(count((event) => event.kind === 'reply' && event.enhanced === '4.2.1')) // prettier-ignore
  expect(facets.phases.get('body')).toBe(count(({ phase }) => phase === 'body'))
  expect(facets.directions.get('to-client')).toBe(count(({ direction }) => direction === 'to-client'))
  expect(facets.findings).toBe(count(({ kind }) => kind === 'finding'))
})
test('a peer that invents verbs costs no memory', () => {
  const facets = new Facets()
  const [first] = longTranscript('s', 20)
  for (let n = 0; n < 1000; n++)
    facets.take({ ...first!, kind: 'line', raw: '', direction: 'to-server', verb: `V${n}` })
  expect(facets.verbs.size).toBe(200)
})
