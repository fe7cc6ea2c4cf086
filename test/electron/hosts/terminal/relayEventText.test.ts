import { expect, test } from 'vitest'
import type { RelayEvent } from '#shared/rpc/contract/relay.ts'
import { relayEventText } from '../../../../electron/hosts/terminal/relayEventText.ts'

const event: RelayEvent = {
  at: '2026-11-01T10:00:00.000Z',
  what: 'delivered',
  id: 's1.1/1',
  sender: 'a@x.example',
  recipients: ['b@y.example', 'c@y.example'],
  more: 0,
  size: 42,
  words: '250 2.0.0 Ok',
  host: 'mx.y.example:25',
  sealed: 'TLS 1.3, verified',
}

test.each<[Partial<RelayEvent>, string]>([
  [{}, 'delivered  a@x.example -> b@y.example, c@y.example  mx.y.example:25, TLS 1.3, verified: 250 2.0.0 Ok  (s1.1/1)'],
  [{ what: 'again', words: '450 4.2.0 Greylisted', sealed: undefined, nextAt: '2026-11-01T10:10:00.000Z' }, 'retry  a@x.example -> b@y.example, c@y.example  mx.y.example:25: 450 4.2.0 Greylisted, again at 2026-11-01T10:10:00.000Z  (s1.1/1)'],
  [{ what: 'again', words: 'This port speaks SSH, not SMTP.', host: undefined, sealed: undefined, nextAt: '2026-11-01T10:10:00.000Z' }, 'retry  a@x.example -> b@y.example, c@y.example  This port speaks SSH, not SMTP, again at 2026-11-01T10:10:00.000Z  (s1.1/1)'],
  [{ what: 'queued', id: 's1.1', host: undefined, sealed: undefined, sender: '', more: 980, words: 'from 127.0.0.1' }, 'queued  <> -> b@y.example, c@y.example and 980 more  from 127.0.0.1  (42 bytes, s1.1)'],
  [{ what: 'held', host: undefined, sealed: undefined, words: 'x\u001b[2J' }, 'held  a@x.example -> b@y.example, c@y.example  x\\x1b[2J  (s1.1/1)'],
])('%j', (change, text) => {
  expect(relayEventText({ ...event, ...change })).toBe(`2026-11-01T10:00:00.000Z  ${text}\n`)
}) // prettier-ignore
