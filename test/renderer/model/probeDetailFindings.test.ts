import { expect, test } from 'vitest'
import { findingCounts, findingViews } from '#renderer/model/probeDetailFindings.ts'
import { found, proved } from '../../support/probeDetail.ts'

const split = (message: string) => {
  const { title, evidence } = findingViews([found({ message })])[0]!
  return [title, evidence]
}

test('a title and its evidence out of one message', () => {
  expect(split('It refused the connection: nothing listens there.')).toEqual(['It refused the connection', 'Nothing listens there.']) // prettier-ignore
  expect(split('It hung up after STARTTLS. RFC 3207 asks for more.')).toEqual(['It hung up after STARTTLS', 'RFC 3207 asks for more.']) // prettier-ignore
  expect(split('The server said “550 no: go away” to RCPT.')).toEqual(['The server said “550 no: go away” to RCPT', '']) // prettier-ignore
  expect(split('Its certificate has expired (its own was valid until 2026-11-19).')).toEqual(['Its certificate has expired', 'its own was valid until 2026-11-19.'.replace('its', 'Its')]) // prettier-ignore
  expect(split('The policy cannot be fetched: mta-sts.a.test takes no connection.')[1]).toBe('mta-sts.a.test takes no connection.') // prettier-ignore
  expect(split('')).toEqual(['', ''])
})

test('gravest first, each with the way to its events', () => {
  const views = findingViews([found({ severity: 'good' }), found({ severity: 'warning' }), proved()], 's9')
  expect(views.map(({ tone }) => tone)).toEqual(['bad', 'warn', 'good'])
  expect(views.map(({ links }) => links)).toEqual([
    [{ session: 's1', event: 3 }],
    [{ session: 's9', event: 3 }],
    [{ session: 's9', event: 3 }],
  ])
})

test('how many of what', () => {
  const all = [
    found(),
    found({ severity: 'warning' }),
    found({ severity: 'warning' }),
    found({ severity: 'info' }),
  ]
  expect(findingCounts(all).map(({ words }) => words)).toEqual(['1 blocks you', '2 to look at', '1 to know'])
  expect(findingCounts([found(), found()]).map(({ words }) => words)).toEqual(['2 block you'])
})
