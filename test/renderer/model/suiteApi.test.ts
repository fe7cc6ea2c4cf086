import { describe, expect, it } from 'vitest'
import {
  apiAddress,
  curlLine,
  eventsOf,
  hookHosts,
  hookStanding,
  hostsIn,
  loadWords,
  opensOutside,
  toldWords,
} from '#renderer/model/suiteApi.ts'
import { suiteApiStatus, webhook, webhookDelivery } from '#test/support/suiteApi/status.ts'

it.each([
  ['127.0.0.1', 'http://127.0.0.1:8026'],
  ['::1', 'http://[::1]:8026'],
  ['0.0.0.0', 'http://127.0.0.1:8026'],
  ['::', 'http://[::1]:8026'],
])('is asked at %s', (address, where) => expect(apiAddress(suiteApiStatus({ address }))).toBe(where))

it('is nowhere while it does not listen', () => {
  expect(apiAddress(suiteApiStatus({ actualPort: undefined }))).toBeUndefined()
})

it('gives a line without the token on it', () => {
  expect(curlLine('http://x:1')).toBe(
    'curl -H "Authorization: Bearer $RELAYSCOPE_TOKEN" "http://x:1/api/v1/messages/wait?timeout=30000"',
  )
})

it('says how much it is asked', () => {
  expect(loadWords(suiteApiStatus({ requests: 1 }))).toBe('1 request so far')
  expect(loadWords(suiteApiStatus({ waiting: 2, streams: 1, requests: 1200 }))).toBe(
    '2 waits now, 1 event stream open, 1,200 requests so far',
  )
})

it('reads hosts however they are parted', () => {
  expect(hostsIn(' a.test, b.test;c.test\n10.0.0.0/8 ')).toEqual(['a.test', 'b.test', 'c.test', '10.0.0.0/8'])
  expect(hostsIn(' ')).toEqual([])
  expect([eventsOf('both'), toldWords(eventsOf('both')), toldWords(['session'])]).toEqual([
    ['message', 'session'],
    'messages and sessions that left none',
    'sessions that left none',
  ])
})

describe('how a webhook stands', () => {
  it.each([
    [undefined, {}, 'neutral', 'Nothing sent yet.'],
    [{ state: 'delivered' }, {}, 'good', 'Taken, 200.'],
    [{ state: 'waiting', attempts: 0 }, { pending: 3 }, 'later', 'On its way. 3 wait.'],
    [{ state: 'waiting', attempts: 2, words: 'Answered 503.' }, { pending: 1 }, 'later', 'Answered 503. Try 2 of 6; tried again soon.'],
    [{ state: 'failed', attempts: 6, words: 'Answered 503.' }, { dropped: 7 }, 'bad', 'Answered 503. Given up after 6 tries. 7 found no place in its queue.'],
  ] as const)('%j %j', (last, more, tone, words) => {
    expect(hookStanding(webhook({ ...more, last: last === undefined ? undefined : webhookDelivery(last) }))).toEqual({ tone, words })
  })
}) // prettier-ignore

it('knows what leaves this computer', () => {
  const out = webhook({ url: 'https://hooks.example.com/a' })
  const both = suiteApiStatus({ webhooks: [out, webhook()] })
  expect([hookHosts(null, false), hookHosts(both, false), hookHosts(both, true)]).toEqual([
    [],
    ['hooks.example.com'],
    [],
  ])
  const sent = suiteApiStatus({ webhooks: [{ ...out, last: webhookDelivery() }] })
  expect(hookHosts(sent, true)).toEqual(['hooks.example.com'])
  expect([null, suiteApiStatus(), both].map(opensOutside)).toEqual([false, false, true])
  expect(opensOutside(suiteApiStatus({ allowOutside: true }))).toBe(false)
  expect(opensOutside(suiteApiStatus({ allowOutside: true, address: '0.0.0.0' }))).toBe(true)
  expect(opensOutside(suiteApiStatus({ on: false, allowOutside: true, address: '0.0.0.0' }))).toBe(false)
})
