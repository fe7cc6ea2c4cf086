import { expect, test } from 'vitest'
import { compactLines } from '#renderer/model/compact.ts'
import { accepted, held, unreachable } from '../../support/page/scenes.ts'

test('bands are told once for each change of protection', () => {
  const lines = compactLines(held().events)
  expect(lines.filter(({ kind }) => kind.startsWith('band')).map(({ kind }) => kind)).toEqual([
    'band-open',
    'band-sealed',
  ])
  expect(lines.at(-1)).toMatchObject({
    strong: '235 2.7.0',
    text: 'Authentication successful',
    wall: 'sealed',
    ms: '455',
  })
})
test('waits and findings are left out, a body is one line, the end is told', () => {
  const lines = compactLines(accepted().events)
  expect(lines.filter(({ text }) => text.startsWith('Body'))).toHaveLength(1)
  expect(lines.at(-1)).toMatchObject({ kind: 'end', text: 'Finished by QUIT.' })
  expect(compactLines(unreachable().events).map(({ wall }) => wall)).toEqual(['none', 'none', 'none'])
})
test('only the newest lines are kept', () => {
  expect(compactLines(accepted().events, 5)).toHaveLength(5)
})
test('the handshake is the band that seals, and says whether the certificate was verified', () => {
  const tls = compactLines(held().events).find(({ kind }) => kind === 'band-sealed')
  expect(tls).toMatchObject({
    wall: 'sealed',
    text: expect.stringMatching(/^TLS 1\.3, certificate verified$/),
  })
  expect(tls?.seq).toBeGreaterThan(0)
})
test('an EHLO reply is told by what it offers', () => {
  const ehlo = compactLines(held().events).find(({ text }) => text.includes('lines:'))
  expect(ehlo?.text).toMatch(/^\d+ lines: .*STARTTLS/)
})
