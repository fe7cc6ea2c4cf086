import { expect, test } from 'vitest'
import { harFormat } from '#shared/transcript/export/har.ts'
import { recordedOf, sample } from './sample.ts'

interface Entry {
  startedDateTime: string
  time: number
  request: { method: string; url: string; bodySize: number }
  response: { status: number; statusText: string }
  timings: Record<string, number>
}
const read = (recorded: typeof sample): { version: string; creator: object; entries: Entry[] } =>
  (JSON.parse([...harFormat.write(recorded, 'relayscope 1.2.3')].join('')) as { log: never }).log

test('one entry for each command with its reply; connecting belongs to the greeting, TLS to the EHLO after it', () => {
  const { version, creator, entries } = read(sample)
  expect([version, creator]).toEqual(['1.2', { name: 'relayscope', version: '1.2.3' }])
  expect(entries.map(({ request, response }) => `${request.method} ${response.status}`)).toEqual([
    'GREETING 220', 'EHLO 250', 'STARTTLS 220', 'EHLO 250', 'AUTH 235', 'MAIL 250', 'RCPT 250', 'RCPT 550', 'DATA 354', 'CONTENT 250', 'QUIT 221',
  ]) // prettier-ignore
  expect(entries[0]!.timings).toMatchObject({ dns: 0.9, connect: 0.8, ssl: -1, wait: 1 })
  expect(entries[3]!.timings).toMatchObject({ connect: 4, ssl: 4 })
})

test('what HAR 1.2 asks of each entry: the parts add up to its time, nothing is missing', () => {
  for (const { time, timings, startedDateTime, request } of read(sample).entries) {
    const { blocked, dns, connect, send, wait, receive } = timings
    const parts = [blocked, dns, connect, send, wait, receive].map((part) => Math.max(0, part ?? 0))
    expect(parts.reduce((sum, part) => sum + part, 0)).toBeCloseTo(time)
    expect(new Date(startedDateTime).toISOString()).toBe(startedDateTime)
    expect(request.url).toBe('smtp://mx.corp.com:587')
  }
})

test('a hostile host stays inside its URL', () => {
  expect(read(recordedOf(sample.events, { host: 'a/../b?c#d' })).entries[0]!.request.url).toBe('smtp://a%2F..%2Fb%3Fc%23d:587') // prettier-ignore
})
