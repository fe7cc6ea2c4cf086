import { expect, test } from 'vitest'
import { recipientsAtOnce, refusalBy, transactionFor } from '#engine/relay/queue/offer.ts'
import type { QueuedMessage } from '#engine/relay/types.ts'
import { parseCapabilities } from '#shared/smtp/grammar/capabilities.ts'
import { message } from '#test/support/relay/queue.ts'

const offer = (words: string[], verified = false) => ({
  capabilities: parseCapabilities(['x', ...words]).capabilities,
  verified,
})
const refused = (
  words: string[],
  change: Partial<QueuedMessage>,
  more: { eightBit?: boolean; to?: string; verified?: boolean } = {},
) => {
  const { message: of, legs } = message([more.to ?? 'b@x.example'], change).queued
  return (
    refusalBy(
      offer(words, more.verified),
      of,
      { size: 100, eightBit: more.eightBit ?? false },
      legs[0]!.recipients,
    )?.words.slice(0, 9) ?? null
  )
}

test.each([
  [refused(['SIZE 99'], {}), '552 5.3.4'],
  [refused(['SIZE 100'], {}), null],
  [refused(['SIZE 0'], {}), null],
  [refused([], { utf8: true }), '553 5.6.7'],
  [refused([], {}, { to: 'ü@x.example' }), '553 5.6.7'],
  [refused(['SMTPUTF8'], { utf8: true }, { eightBit: true }), null],
  [refused([], {}, { eightBit: true }), '554 5.6.3'],
  [refused(['8BITMIME'], {}, { eightBit: true }), null],
  [refused(['REQUIRETLS'], { requireTls: true }), '554 5.7.3'],
  [refused([], { requireTls: true }, { verified: true }), '554 5.7.3'],
  [refused(['REQUIRETLS'], { requireTls: true }, { verified: true }), null],
  [refused([], { requireTls: true, own: true }, { verified: true }), null],
  [refused(['REQUIRETLS'], { requireTls: true, own: true }), '554 5.7.3'],
] as const)('%#', (got, expected) => {
  expect(got).toBe(expected)
})

test('recipients of one transaction', () => {
  expect([
    recipientsAtOnce(offer([])),
    recipientsAtOnce(offer(['LIMITS RCPTMAX=7'])),
    recipientsAtOnce(offer(['LIMITS RCPTMAX=700'])),
  ]).toEqual([100, 7, 100])
})

test('parameters of DSN only where it is offered; no ORCPT outside ASCII', () => {
  const { message: of, legs } = message(
    [
      { address: 'b@x.example', state: 'open', notify: ['NEVER'], orcpt: 'rfc822;b=c@x.example' },
      { address: 'c@x.example', state: 'open', orcpt: 'utf-8;ü@x.example' },
    ],
    { ret: 'FULL', envid: 'e' },
  ).queued
  const source = {
    size: 5,
    eightBit: false,
    utf8: false,
    read: () => ({ bytes: new Uint8Array(), last: true }),
  }
  const made = (words: string[]) => transactionFor(offer(words), of, source, legs[0]!.recipients)
  expect(made([])).not.toHaveProperty('dsn')
  expect(made([]).to.flatMap(({ parameters }) => parameters)).toEqual([])
  expect(made(['DSN'])).toMatchObject({
    dsn: { ret: 'FULL', envid: 'e' },
    to: [
      {
        parameters: [
          { keyword: 'NOTIFY', value: 'NEVER' },
          { keyword: 'ORCPT', value: 'rfc822;b+3Dc@x.example' },
        ],
      },
      { parameters: [] },
    ],
  })
})

test('REQUIRETLS is said where it is offered', () => {
  const { message: of, legs } = message(['b@x.example'], { requireTls: true, own: true, sender: '' }).queued
  const source = { size: 5, eightBit: false, utf8: false, read: () => ({ bytes: new Uint8Array(), last: true }) } // prettier-ignore
  const made = (words: string[]) => transactionFor(offer(words), of, source, legs[0]!.recipients)
  expect(made(['REQUIRETLS'])).toMatchObject({ extensions: { requireTls: true } })
  expect(made([])).not.toHaveProperty('extensions')
})
