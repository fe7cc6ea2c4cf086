import { expect, test } from 'vitest'
import { walk, type Visitor } from '#shared/transcript/redact/walk.ts'
import { sample } from '../export/sample.ts'

const same: Visitor = { text: (t) => t, host: (h) => h, wire: (w) => w, certificate: (c) => c }

test('a visitor that changes nothing leaves every event as it was', () =>
  expect(sample.events.map((event) => walk(event, same))).toEqual(sample.events))

test('every place with a host in the sample is visited', () => {
  const seen = new Set<string>()
  const note = (text: string): string => {
    seen.add(text)
    return text
  }
  for (const event of sample.events) walk(event, { ...same, host: note })
  expect([...seen]).toEqual(['93.184.216.34', '2a00:1450::5', 'mx.corp.com', '192.168.7.20'])
})

test('the name server that was asked is visited as text: it has a port', () => {
  const resolve = sample.events.find(({ kind }) => kind === 'resolve')!
  const asked = { ...resolve, server: '192.0.2.53:53' } as typeof resolve
  expect(walk(asked, { ...same, text: (text) => `<${text}>` })).toMatchObject({ server: '<192.0.2.53:53>' })
})
