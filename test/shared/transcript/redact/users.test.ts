import { expect, test } from 'vitest'
import type { EventBody } from '#shared/transcript/event.ts'
import { atOnce, redactingTogether } from '#shared/transcript/redact/redact.ts'
import { Things } from '#shared/transcript/redact/things.ts'
import { collectUsers } from '#shared/transcript/redact/users.ts'
import { line, reply } from '../samples.ts'
import { recordedOf } from '../export/sample.ts'

const all = { addresses: true, names: true, bodies: false }
const chunk = (raw: string): EventBody => ({ kind: 'chunk', phase: 'body', direction: 'to-server', body: 1, offset: 0, size: raw.length, last: true, encoding: 'data', raw }) // prettier-ignore

const shared = (...sessions: EventBody[][]): string[] => {
  const given = sessions.map((bodies) => recordedOf(bodies, { host: 'localhost' }))
  const { recorded } = atOnce(redactingTogether(given, all))
  return recorded.map(({ events }) => events.map((event) => ('raw' in event ? event.raw : '')).join(''))
}

test('who signed in has one stand-in, also in a content and where a reply names nobody but them', () => {
  const [text] = shared([
    reply('235 2.7.0 Authenticated as worker', 'auth'),
    line('MAIL FROM:<boss@corp.com>', 'mail'),
    chunk('Received: from x (Authenticated sender: worker) by y\r\nSubject: worker\r\n\r\nThe worker.\r\n'),
    reply('535 5.7.8 worker may not', 'auth'),
  ])
  expect(text).not.toContain('worker')
  const standIn = /Authenticated as (person ?\d)\r\n/i.exec(text!)?.[1]
  expect(text!.split(standIn!)).toHaveLength(6)
})

test('a user name is who the address is, whichever session has it', () => {
  const [signedIn, mailed] = shared(
    [reply('235 2.7.0 Authenticated as worker', 'auth')],
    [line('MAIL FROM:<worker@corp.com>', 'mail')],
  )
  expect(signedIn).toBe('235 2.7.0 Authenticated as person1\r\n')
  expect(mailed).toContain('<person1@domain1.example>')
})

test('a base64 answer of XOAUTH2 that was not masked is read', () => {
  const [text] = shared([
    line(`AUTH XOAUTH2 ${btoa('user=ann\u0001auth=Bearer ********\u0001\u0001')}`, 'auth'),
    reply('235 ann is welcome', 'auth'),
  ])
  expect(text).toContain('235 person1 is welcome')
  expect(atob(/XOAUTH2 (\S+)/.exec(text!)![1]!)).toContain('user=person1\u0001')
})

test('words that are common to all stay', () => {
  const things = new Things(all)
  for (const step of collectUsers(recordedOf([reply('235 Authenticated as user', 'auth')]), things)) expect(step).toBeUndefined()
  expect(things.phrases().replace('user unknown')).toBe('user unknown')
}) // prettier-ignore
