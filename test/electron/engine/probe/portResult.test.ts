import { expect, test } from 'vitest'
import type { EventBody } from '#shared/transcript/event.ts'
import { finding } from '#shared/diagnosis/finding.ts'
import { PortResult } from '#shared/rpc/contract/probeReport.ts'
import { Journal } from '#engine/dialogue/journal.ts'
import type { SessionEnd } from '#engine/dialogue/session.ts'
import type { CellRun } from '#engine/probe/cell.ts'
import { portResult, unreached } from '#engine/probe/portResult.ts'
import { memoryHub } from '#test/support/dialogue/memoryHub.ts'
import { connectEvent, replyEvent, tlsEvent } from '#test/support/events.ts'

const completed: SessionEnd = { outcome: { how: 'completed', by: 'client', message: '' }, cancelled: false }
const refused = finding('tcp-refused', {
  side: 'server',
  confidence: 'certain',
  evidence: [1],
  message: 'No.',
  next: 'Do.',
})

function cellRun(events: EventBody[], more: { mode?: CellRun['mode']; end?: SessionEnd; found?: typeof refused } = {}): CellRun {
  const journal = new Journal(memoryHub().begin({ source: 'probe', role: 'client', host: 'h', port: 1, tls: 'none' }))
  for (const event of events) journal.write(event)
  if (more.found) journal.find(more.found)
  const { mode = 'starttls', end = completed } = more
  const tls = mode === 'plain' ? 'none' : mode
  const head = { role: 'client', host: 'h', port: 587, tls, startedAt: '2026-11-22T00:00:00Z' } as const
  return {
    cell: { host: 'h', port: 587, address: { address: '192.0.2.1', family: 4 }, asked: mode },
    ran: { session: journal.session, head, events: journal.events, journal, end, chain: [] },
    mode,
    earlier: [],
  }
} // prettier-ignore

const lookedUp = { host: 'h', addresses: [], left: [], findings: [], session: 'look', took: 700 }
const resultOf = (run: CellRun): PortResult => PortResult.parse(portResult(run, { lookedUp }))
const ehlo = (...lines: string[]): string =>
  ['250-mx', ...lines.map((l, i) => `250${i === lines.length - 1 ? ' ' : '-'}${l}`)].join('\r\n') + '\r\n'

test('what was offered before and after STARTTLS is read from the replies', () => {
  const result = resultOf(
    cellRun([
      connectEvent(1),
      replyEvent(2, '220 mx ESMTP\r\n'),
      replyEvent(3, ehlo('SIZE 10', 'STARTTLS'), { phase: 'ehlo' }),
      tlsEvent(4, { outcome: 'established', version: 'TLSv1.2', cipher: 'c', verified: true }),
      replyEvent(5, ehlo('AUTH LOGIN'), { phase: 'ehlo', sealed: true }),
    ]),
  )
  expect(result).toMatchObject({
    mode: 'starttls',
    reachable: true,
    connect: 'connected',
    banner: '220 mx ESMTP',
    capabilities: ['SIZE 10', 'STARTTLS'],
    capabilitiesAfterTls: ['AUTH LOGIN'],
    auth: ['LOGIN'],
    tls: { version: 'TLSv1.2' },
    others: [{ session: 'look', why: 'look-up' }],
    timings: { dns: 700 },
    tone: 'good',
    message: 'Works: STARTTLS with TLSv1.2; authentication by LOGIN.',
  })
})

test('plain text is a warning, a fault is bad, a cancel neutral', () => {
  const plain = cellRun([replyEvent(1, ehlo('SIZE 10'), { phase: 'ehlo' })], { mode: 'plain' })
  expect(resultOf(plain)).toMatchObject({ mode: 'plain', tone: 'warn', reachable: false })
  const end: SessionEnd = { outcome: { how: 'refused', by: 'server', message: '' }, cancelled: false }
  const events = [connectEvent(1, { outcome: 'refused' })]
  const bad = resultOf(cellRun(events, { end, found: refused }))
  expect(bad).toMatchObject({
    connect: 'refused',
    tone: 'bad',
    message: 'No.',
    next: 'Do.',
    capabilities: [],
  })
  const cancelled = cellRun(events, { end: { ...end, cancelled: true } })
  expect(resultOf(cancelled)).toMatchObject({ tone: 'neutral' })
})

test('what works with a fault beside it says both, and the error decides', () => {
  const greeting = replyEvent(1, ehlo('SIZE 10'), { phase: 'ehlo' })
  const found = { ...refused, severity: 'warning' as const, message: 'It is slow.' }
  expect(resultOf(cellRun([greeting], { mode: 'plain', found }))).toMatchObject({
    tone: 'warn',
    message: 'Works: plain text only; no authentication offered. But: It is slow.',
    next: 'Do.',
  })
  expect(resultOf(cellRun([greeting], { mode: 'plain', found: refused }))).toMatchObject({ tone: 'bad' })
})

test('a host without an address has a row all the same', () => {
  const plan = { port: 465, mode: 'implicit' } as const
  const dns = finding('dns-name-not-found', { side: 'unknown', confidence: 'certain', evidence: [1, 2], message: 'No such name.', next: 'Spell.' }) // prettier-ignore
  const none = PortResult.parse(unreached({ ...lookedUp, findings: [dns] }, plan, false))
  expect(none).toMatchObject({ session: 'look', reachable: false, message: 'No such name.', next: 'Spell.' })
  expect(none.address).toBeUndefined()
  expect(unreached(lookedUp, plan, true)).toMatchObject({ tone: 'neutral' })
})
