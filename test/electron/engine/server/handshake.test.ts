import { expect, test } from 'vitest'
import { Deadlines, handshakeLimit } from '#engine/server/deadlines.ts'
import { Handshake } from '#engine/server/handshake.ts'

test('a handshake has a limit while it lasts, and its event says how long it took', () => {
  let elapsed = 100
  const deadlines = new Deadlines()
  const handshake = new Handshake({ elapsed: () => elapsed }, deadlines)
  handshake.begin(5000)
  elapsed = 350
  expect(handshake.made({ version: 'TLSv1.3', cipher: 'x', resumed: false })).toMatchObject({
    kind: 'tls',
    outcome: 'established',
    took: 250,
  })
  expect(deadlines.due(5000 + handshakeLimit)).toBeNull()
  handshake.begin(5000)
  expect(deadlines.due(5000 + handshakeLimit)).toBe('patience')
  expect(handshake.failed({ code: 'tls-closed', message: 'closed' })).toMatchObject({ outcome: 'failed' })
})

test('where no version is common, it says which ones are spoken', () => {
  const handshake = new Handshake({ elapsed: () => 0 }, new Deadlines(), ['1.2', '1.3'])
  handshake.begin(0)
  expect(handshake.failed({ code: 'tls-no-common-version', message: 'None.' })).toMatchObject({
    fault: { message: 'None. This port speaks TLS 1.2, 1.3.' },
  })
})
