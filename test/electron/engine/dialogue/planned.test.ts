import { expect, test } from 'vitest'
import { planned } from '#engine/dialogue/planned.ts'
import type { Outgoing } from '#shared/smtp/machine/types.ts'

const encode = (text: string): Uint8Array => new TextEncoder().encode(text)

test('only shown bytes leave, never the wire’s', () => {
  const line: Outgoing = {
    id: 4,
    kind: 'auth',
    phase: 'auth',
    bytes: encode('aHVudGVyMg==\r\n'),
    shown: { bytes: encode('********\r\n'), masked: [{ start: 0, end: 8 }] },
  }
  expect(planned(line)).toEqual({
    id: 4,
    kind: 'auth',
    phase: 'auth',
    raw: '********\r\n',
    masked: [{ start: 0, end: 8 }],
    secret: true, // prettier-ignore
  })
})

test('a long one is shown by its beginning', () => {
  const bytes = encode('x'.repeat(100_000))
  const shown = planned({
    id: 1,
    kind: 'body',
    phase: 'body',
    bytes,
    shown: { bytes, masked: [] },
    verb: 'BDAT',
  })
  expect(shown.raw).toHaveLength(2048)
  expect(shown).toMatchObject({ verb: 'BDAT', secret: false })
})
