import type { Address } from 'postal-mime'
import { expect, test } from 'vitest'
import { readResent } from '#engine/message/resent.ts'

const headers = (...lines: string[]) =>
  lines.map((line) => {
    const [key = '', value = ''] = line.split(': ')
    return { key, value }
  })
const addresses = (list: readonly Address[] | undefined) => list?.map(({ address }) => address)

test('the topmost group tells of the last time', () => {
  const read = readResent(
    headers(
      'received: from x', 'resent-from: Eve <e@x.test>', 'resent-to: f@x.test', 'resent-cc: g@x.test', 'resent-bcc: h@x.test',
      'resent-from: c@x.test', 'resent-to: d@x.test', 'from: a@x.test', 'to: b@x.test',
    ),
  ) // prettier-ignore
  expect([addresses(read?.from), addresses(read?.to), read?.hasBcc]).toEqual([
    ['e@x.test'],
    ['f@x.test', 'g@x.test', 'h@x.test'],
    true,
  ])
  const apart = readResent(headers('resent-to: f@x.test', 'received: from y', 'resent-cc: d@x.test'))
  expect(addresses(apart?.to)).toEqual(['f@x.test'])
})

test('nobody has sent it on', () => {
  expect(readResent(headers('from: a@x.test', 'to: b@x.test'))).toBeNull()
  expect(readResent(headers('resent-date: today', 'to: b@x.test'))).toBeNull()
  expect(readResent([])).toBeNull()
})
