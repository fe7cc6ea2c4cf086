/** Owns: a relay for tests of the page: rules decided by the real functions, a queue and attempts made up. */
import { decideRelay } from '#shared/relay/decide.ts'
import { parseNotation } from '#shared/relay/notation/parse.ts'
import { printNotation } from '#shared/relay/notation/print.ts'
import type { RelayPolicy } from '#shared/relay/policy.ts'
import { openRelayWords, policyProblems } from '#shared/relay/problems.ts'
import { rulesOf } from '#shared/relay/rules.ts'
import { suggestionsFor } from '#shared/relay/suggest.ts'
import type {
  QueueDetail,
  QueueItem,
  RelayReport,
  RelayStatus,
  RulesInput,
} from '#shared/rpc/contract/relay.ts'
import type { RelayAttempt } from '#shared/relay/decision.ts'
import type { AttemptOf } from '#renderer/model/relayTrace.ts'
import type { AttemptRow, RelayStore } from '#renderer/stores/relay.ts'
import type { z } from 'zod'
import type { FakeClient } from '../fakeClient.ts'
import { listenerStatus, serverStatus } from '../mail.ts'
import { roomServices } from '../page/room.tsx'

type StatusOf = z.infer<typeof RelayStatus>
type RulesNow = NonNullable<RelayStore['rules']>

/** As the look's own example. */
export const shopText = String.raw`<smtp-user shop>
  password ********
</smtp-user>
<source 10.0.5.20>
  always-allow-relaying true
</source>
<source 10.0.0.0/8>
  require-auth false
</source>
<source 0/0>
  require-auth true
  allow-starttls true
  require-starttls-before-auth true
</source>
relay-domain shop.example
relay-address bounce@bounce.shop.example
relay-address /@quayside(-test)?\.example$/
<domain *>
  use-starttls true
</domain>
<virtual-mta mta1>
  smtp-source-host 192.0.2.4 mta1.shop.example
  <domain *>
    require-starttls true
    retry-after 10m
  </domain>
</virtual-mta>
<virtual-mta mta2>
  smtp-source-host 192.0.2.5 mta2.shop.example
  <domain *>
    use-starttls false
    retry-after 45m
  </domain>
</virtual-mta>
`

export const shopPolicy = (): RelayPolicy => parseNotation(shopText).policy

/** What the engine would answer about these rules. */
export function rulesFor(policy: RelayPolicy, hits: readonly number[] = [], problems: RulesNow['problems'] = []): RulesNow {
  const rules = rulesOf(policy).map(({ text, line }, place) => ({ number: place + 1, rule: text, ...(line === undefined ? {} : { line }), hits: hits[place] ?? 0 }))
  return { policy, text: printNotation(policy), rules, problems: [...problems, ...policyProblems(policy)], missing: [], openRelay: openRelayWords(policy) }
} // prettier-ignore

export function readInput(input: RulesInput): RulesNow {
  if ('policy' in input) return rulesFor(input.policy)
  const { policy, problems } = parseNotation(input.text)
  return rulesFor(policy, [], problems.map(({ line, column, message }) => ({ severity: 'error' as const, line, column, message }))) // prettier-ignore
}

export const stranger: RelayAttempt = {
  client: '203.0.113.77',
  port: 2525,
  secured: false,
  sender: 'app@staging.shop.example',
  recipient: 'lee@gannet.example',
}

export const attemptRow = (attempt: RelayAttempt = stranger, change: Partial<AttemptRow> = {}): AttemptRow => ({
  id: 'a1',
  at: '2026-03-04T10:20:14.000Z',
  session: 's2591',
  seq: 11,
  port: 2525,
  hello: 'app.staging',
  attempt,
  decision: decideRelay(shopPolicy(), attempt),
  ...change,
}) // prettier-ignore

export function tried(given: AttemptOf, policy: RelayPolicy = shopPolicy()) {
  const { port, user, ...rest } = given
  const attempt: RelayAttempt = {
    ...rest,
    ...(port === undefined ? {} : { port }),
    ...(user === undefined ? {} : { user }),
  }
  const decision = decideRelay(policy, attempt)
  const suggestions = suggestionsFor(policy, attempt).map(({ title, decision: found, policy: changed }) => ({
    title, relay: found.relay, because: found.because, ...(changed ? { policy: changed } : {}),
  })) // prettier-ignore
  return {
    decision,
    suggestions,
    wayOn: {
      virtualMta: 'mta1',
      because: 'the source of the client',
      words: ['192.0.2.4 as mta1.shop.example', 'TLS required (virtual-mta mta1, domain *)', 'tried again after 10 min', 'returned after 5 days'],
    },
  } // prettier-ignore
}

export const queueItem = (change: Partial<QueueItem> = {}): QueueItem => ({
  id: 's1.1/1',
  message: 's1.1',
  receivedAt: '2026-03-04T10:02:00.000Z',
  sender: 'orders@shop.example',
  subject: 'Your order 10294 has shipped',
  size: 4312,
  domain: 'osprey.example',
  recipient: 'desk@osprey.example',
  recipients: { all: 1, open: 1, delivered: 0, failed: 0 },
  state: 'waiting',
  nextAt: '2026-03-04T11:15:00.000Z',
  tries: 2,
  words: 'Certificate is for another name',
  virtualMta: 'mta1',
  givesUpAt: '2026-03-09T10:02:00.000Z',
  ...change,
})

export const queueDetail = (change: Partial<QueueDetail> = {}): QueueDetail => ({
  ...queueItem(),
  history: [
    { at: '2026-03-04T10:02:00.000Z', outcome: 'again', words: '450 4.2.0 Greylisted', session: 'd1', seq: 20, host: 'mx1.osprey.example:25', sealed: 'TLS 1.3, verified' },
    { at: '2026-03-04T10:12:00.000Z', outcome: 'again', words: 'Certificate is for another name', session: 'd2', seq: 9, host: 'mx1.osprey.example:25' },
  ],
  addresses: [{ address: 'desk@osprey.example', state: 'open', words: 'Certificate is for another name' }],
  rules: ['TLS required (virtual-mta mta1, domain *)', 'tried again after 10 min'],
  because: 'the source of the client',
  reports: [],
  ...change,
}) // prettier-ignore

/** The queue of the look's picture; `now` is when it was taken. */
export function pictureQueue(now: number): QueueItem[] {
  const later = (minutes: number) => new Date(now + minutes * 60_000).toISOString()
  const one = (id: string, recipient: string, change: Partial<QueueItem>): QueueItem =>
    queueItem({ id, recipient, domain: recipient.slice(recipient.indexOf('@') + 1), receivedAt: later(-60), givesUpAt: later(7000), ...change })
  const many = { all: 42, open: 33, delivered: 9, failed: 0 }
  return [
    one('q1', 'ines@quayside.example', { state: 'delivering', words: 'Sending the body', nextAt: undefined }),
    one('q2', 'ann@tern.example', { state: 'delivering', recipients: many, words: 'Delivering over TLS 1.3, 9 of 42', nextAt: undefined }),
    one('q3', 'rosa@pelican.example', { nextAt: later(12), tries: 1, words: '450 4.2.0 Greylisted' }),
    one('q4', 'desk@osprey.example', { nextAt: later(23), tries: 2 }),
    one('q5', 'crew@heron.example', { nextAt: later(45), tries: 4, words: 'No answer on port 25' }),
    one('q6', 'info@fulmar.example', { nextAt: later(10), tries: 1, words: '421 4.7.0 Too many connections' }),
    one('q7', 'list@petrel.example', { tries: 0, nextAt: later(0), words: 'Waiting for a free connection', virtualMta: 'mta2' }),
    one('q8', 'lee@gannet.example', { state: 'held', tries: 0, nextAt: undefined, toAllow: ['gannet.example'], words: 'gannet.example is not among the allowed hosts. Allow it, or let everything go to the Inbox' }),
    one('q9', 'old@gannet.example', { state: 'bounced', nextAt: undefined, words: '550 5.1.1 No such user', recipients: { all: 1, open: 0, delivered: 0, failed: 1 } }),
  ]
} // prettier-ignore

export const relayStatus = (change: Partial<StatusOf> = {}): StatusOf => ({
  settings: { delivery: { to: 'allowed' }, paused: false },
  name: 'relayscope.localhost',
  counts: { waiting: 5, delivering: 2, held: 1, delivered: 0, bounced: 1, dropped: 0 },
  virtualMtas: [
    { name: 'mta1', sourceHosts: [{ address: '192.0.2.4', name: 'mta1.shop.example' }], tls: 'required', retryAfter: 600_000, queued: 12 },
    { name: 'mta2', sourceHosts: [{ address: '192.0.2.5', name: 'mta2.shop.example' }], tls: 'off', retryAfter: 2_700_000, queued: 2 },
  ],
  openRelay: [],
  testedAt: '2026-03-04T10:18:00.000Z',
  allowedHosts: ['osprey.example', 'tern.example'],
  version: { attempts: 1, queue: 1, reports: 1, rules: 1 },
  ...change,
}) // prettier-ignore

export const relayReport = (change: Partial<RelayReport> = {}): RelayReport => ({
  id: 'r1',
  at: '2026-03-04T10:30:00.000Z',
  kind: 'failed',
  recipient: 'old@gannet.example',
  status: '5.1.1',
  words: 'No such user',
  leg: 's1.1/1',
  foundBy: 'Original-Envelope-Id',
  session: 's77',
  ...change,
})

export const noCounts = { waiting: 0, delivering: 0, held: 0, delivered: 0, bounced: 0, dropped: 0 }

export const relayListeners = () =>
  serverStatus({
    listeners: [
      listenerStatus({ relay: true, authOnlyAfterTls: true }),
      listenerStatus({ relay: true, port: 2587, actualPort: 2587, tls: 'starttls-required', auth: 'required', authOnlyAfterTls: true, sessions: 3, total: 1904 }),
      listenerStatus({ relay: true, port: 2465, actualPort: 2465, tls: 'implicit', auth: 'required', sessions: 0, total: 31 }),
      listenerStatus({ relay: true, port: 25, actualPort: 2025, mapped: { port: 2025, why: 'Linux lets only the administrator listen below 1024.', remedies: [{ system: 'Linux', words: 'Give the right.' }] } }),
      listenerStatus({ port: 2526, actualPort: 2526 }),
    ],
  }) // prettier-ignore

/** Answers as a relay with the rules of the look, a refused attempt and a queue would. */
export function answerRelay(client: FakeClient, items: QueueItem[] = [queueItem()]): void {
  client
    .on('server.status', relayListeners)
    .on('relay.status', () => relayStatus())
    .on('relay.rules', () => rulesFor(shopPolicy(), [12, 0, 3]))
    .on('relay.read', readInput)
    .on('relay.setRules', ({ rules }) => ({ saved: true, rules: readInput(rules) }))
    .on('relay.setSettings', ({ delivery, paused }) => ({
      status: relayStatus({ settings: { delivery: delivery ?? { to: 'allowed' }, paused: paused ?? false } }),
      problems: [],
    }))
    .on('relay.try', ({ attempt, rules }) => tried(attempt, rules ? readInput(rules).policy : undefined))
    .on('relay.attempts', () => ({ items: [attemptRow()] }))
    .on('relay.queue', ({ text, show }) => {
      const found = items.filter((one) => one.recipient.includes(text) && (show === 'all' || one.state === show))
      return { items: found, total: found.length, counts: relayStatus().counts }
    })
    .on('relay.queueItem', ({ id }) => queueDetail({ ...items.find((one) => one.id === id), id }))
    .on('relay.act', () => ({ done: 1, problems: [] }))
    .on('relay.reports', () => ({ items: [] }))
    .on('inbox.allowedHosts', () => ({ hosts: ['osprey.example'] }))
    .on('inbox.setAllowedHosts', ({ hosts }) => ({ ok: true as const, hosts }))
} // prettier-ignore

/** Services of a room whose engine has that relay. */
export function relayServices(items?: QueueItem[]) {
  const services = roomServices()
  answerRelay(services.client, items)
  return services
}

/** The same with everything arrived already: rules, a refused attempt that is looked at, the queue, its first entry chosen. */
export function filledRelay(items: QueueItem[] = [queueItem()]) {
  const services = relayServices(items)
  const { relay, server } = services.stores
  const row = attemptRow()
  server.getState().set({ status: relayListeners() })
  relay.getState().set({
    status: relayStatus(),
    rules: rulesFor(shopPolicy(), [12, 0, 3]),
    attempts: { state: 'ready', items: [row], next: undefined, refused: false },
    looked: { row, attempt: row.attempt, decision: row.decision, now: tried(row.attempt) },
    queue: { key: 'all ', items, total: items.length, next: undefined },
    queueState: 'ready',
    selected: items[0]?.id ?? '',
    detail: items[0] ? queueDetail(items[0]) : null,
  })
  return services
}
