import { expect, test } from 'vitest'
import { offersOf } from '#renderer/model/probeDetailOffers.ts'
import { cell } from '../../support/probeDetail.ts'

const facts = (change: Parameters<typeof cell>[0]) => offersOf(cell(change))?.facts.map(({ name, value }) => `${name} ${value}`) // prettier-ignore

test('before TLS and inside it: new, changed, gone, and what stayed', () => {
  const offers = offersOf(cell({ capabilities: ['STARTTLS', 'SIZE 1000', 'VRFY', 'DSN'], capabilitiesAfterTls: ['SIZE 2000', 'DSN', 'AUTH PLAIN'] }))! // prettier-ignore
  expect(offers.lists.map(({ title, sealed, gone }) => [title, sealed, gone])).toEqual([['Before TLS', false, []], ['Inside TLS', true, ['VRFY']]]) // prettier-ignore
  expect(offers.lists[1]!.chips.map(({ text, change }) => `${text} ${change}`)).toEqual(['AUTH PLAIN new', 'SIZE 2.0 KB changed', 'DSN none']) // prettier-ignore
})

test('where signing in is offered, and how large a message may be', () => {
  expect(facts({})).toEqual(['AUTH PLAIN, inside TLS only', 'SIZE not stated'])
  expect(facts({ capabilities: ['AUTH PLAIN', 'SIZE 0'], capabilitiesAfterTls: ['AUTH PLAIN', 'SIZE 0'] })).toEqual(['AUTH PLAIN, in clear too', 'SIZE no fixed limit']) // prettier-ignore
  const { capabilitiesAfterTls: _, ...plain } = cell({
    capabilities: ['AUTH PLAIN', 'SIZE 52428800'],
    mode: 'plain',
  })
  expect(offersOf(plain)!.facts.map(({ value }) => value)).toEqual(['PLAIN, in clear only', '52 MB at most'])
  expect(offersOf({ ...plain, mode: 'implicit', auth: [] })!.facts[0]!.value).toBe('not offered')
})

test('nobody answered EHLO', () => {
  const { capabilitiesAfterTls: _, ...silent } = cell({ capabilities: [] })
  expect(offersOf(silent)).toBeNull()
})
