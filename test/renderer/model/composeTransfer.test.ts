import { describe, expect, test } from 'vitest'
import type { FieldProblem } from '#shared/rpc/contract/dialogue.ts'
import { emptyDraft, stopPlaces, type Draft } from '#renderer/model/compose.ts'
import { dsnOf, extensionsOf, needsMessage, stopOf, withNotify } from '#renderer/model/composeTransfer.ts'

const draft = (change: Partial<Draft> = {}): Draft => ({ ...emptyDraft(), ...change })

test('"never" stands alone', () => {
  expect(withNotify(['failure', 'delay'], 'never', true)).toEqual(['never'])
  expect(withNotify(['never'], 'success', true)).toEqual(['success'])
  expect(withNotify(['failure', 'delay'], 'delay', false)).toEqual(['failure'])
})
test('nothing asked for is nothing said', () => {
  expect(dsnOf(draft())).toEqual({})
  expect(extensionsOf(draft(), [])).toEqual({})
  expect(stopOf(draft(), [])).toEqual({})
})
test('reports', () => {
  expect(dsnOf(draft({ notify: ['failure'], ret: 'hdrs', envid: 'x 1', orcpt: true }))).toEqual({
    dsn: { notify: ['failure'], ret: 'hdrs', envid: 'x 1', orcpt: 'auto' },
  })
})
test('extensions, a size that is a lie among them', () => {
  const change = {
    smtputf8: 'on',
    eightBitMime: 'off',
    chunking: true,
    requireTls: true,
    sizeMode: 'set',
    size: '99',
  } as const
  expect(extensionsOf(draft(change), []).extensions).toEqual({
    smtputf8: 'on',
    eightBitMime: 'off',
    chunking: 'on',
    requireTls: true,
    size: 99,
  })
  const problems: FieldProblem[] = []
  extensionsOf(draft({ sizeMode: 'set', size: 'much' }), problems)
  expect(problems[0]).toMatchObject({ field: 'extensions.size', value: 'much' })
})

const stop = (change: Partial<Draft>, problems: FieldProblem[] = []) => stopOf(draft(change), problems)
describe('stop points', () => {
  test('between steps, inside recipients and content', () => {
    expect(stop({ stopAfter: 'tls', stopHow: 'reset' })).toEqual({ stopAfter: 'tls', stopHow: 'reset' })
    expect(stop({ stopAfter: 'recipient', stopRecipient: '2' })).toEqual({
      stopAfter: 'rcpt',
      stopAt: { recipient: 2 },
    })
    expect(stop({ stopAfter: 'octets', stopOctets: '0' })).toEqual({
      stopAfter: 'body',
      stopAt: { octets: 0 },
    })
    expect(stop({ stopAfter: 'dot' })).toEqual({ stopAfter: 'body', stopAt: { beforeDot: true } })
  })
  test.each([
    { stopAfter: 'recipient', stopRecipient: '0' },
    { stopAfter: 'octets', stopOctets: 'half' },
  ] as const)('%j is refused', (change) => {
    const problems: FieldProblem[] = []
    stop(change, problems)
    expect(problems).toHaveLength(1)
  })
  test('before MAIL no message is needed', () => {
    expect(stopPlaces.filter((place) => !needsMessage(place))).toEqual(['connect', 'ehlo', 'tls', 'auth'])
  })
})
