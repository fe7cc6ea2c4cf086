import { expect, test } from 'vitest'
import { lateOutcome, LinkRecord } from '#engine/relay/queue/linkRecord.ts'
import type { Tls } from '#shared/smtp/machine/types.ts'
import { memoryHub } from '#test/support/dialogue/memoryHub.ts'
import { clock } from '#test/support/dialogue/start.ts'

test('begins with what is known, ends with why, and holds no secret', () => {
  const hub = memoryHub()
  const auth = { user: 'u', password: 'open sesame' }
  const record = new LinkRecord({
    deps: { hub, clock },
    target: { host: 'mx.example', port: 25, tls: 'starttls' },
    auth,
    title: 'To x.example, 1 message',
    remarks: ['By MX, open sesame.'],
    from: 'default',
    inClear: false,
  })
  expect(record.nextSeq).toBe(2)
  const outcome = { how: 'failed', by: 'network', message: 'No connection.' } as const
  record.end(outcome, { asked: false, cut: false, talked: false })
  expect(record.verdict(outcome, { cancelled: false, late: false, tls: null })).toMatchObject({
    words: 'No connection.',
    host: 'mx.example:25',
    session: record.session,
  })
  const { head, events } = hub.sessions.get(record.session)!
  expect(head).toEqual({
    source: 'relay',
    role: 'client',
    host: 'mx.example',
    port: 25,
    tls: 'starttls',
    title: 'To x.example, 1 message',
  })
  expect(events).toMatchObject([
    { kind: 'remark', text: 'By MX, ********.' },
    { kind: 'end', outcome: 'failed' },
  ])
})

test('given up because others waited: said so, and no reason to do without TLS', () => {
  const record = new LinkRecord({ deps: { hub: memoryHub(), clock }, target: { host: 'mx.example', port: 25, tls: 'starttls' }, auth: undefined, title: '', remarks: [], from: 'default', inClear: false }) // prettier-ignore
  const outcome = lateOutcome({ patience: 30_000 })
  record.end(outcome, { asked: false, cut: false, talked: true })
  expect(record.verdict(outcome, { cancelled: false, late: true, tls: null })).toMatchObject({
    words: 'Not ready for mail within 30 s; given up early, because other mail waited for a connection',
    enhanced: '4.4.1',
    tlsFailed: false,
    cancelled: false,
  })
})

const tls = { version: 'TLSv1.3', verified: false } as Tls
const record = (inClear = false) => {
  const hub = memoryHub()
  const made = new LinkRecord({ deps: { hub, clock }, target: { host: 'mx.example', port: 25, tls: 'opportunistic' }, auth: undefined, title: '', remarks: [], from: 'domain *', inClear }) // prettier-ignore
  return { made, events: () => hub.events(made.session) }
}

test('what tries say of TLS: refused STARTTLS is said there and in the transcript', () => {
  const [plain, failed, refused] = [record(), record(true), record()]
  refused.made.journal.write({ kind: 'finding', direction: 'none', code: 'starttls-refused', severity: 'error', side: 'server', confidence: 'certain', evidence: [], phase: 'starttls', message: 'The server refused STARTTLS: “454 4.7.0 no”.', next: '' }) // prettier-ignore
  expect([plain.made.sealed(tls), plain.made.sealed(null)]).toEqual(['TLS 1.3, not verified', 'in clear'])
  expect(failed.made.sealed(null)).toBe('in clear, because TLS failed')
  expect(refused.made.sealed(null)).toBe('in clear, because STARTTLS was refused')
  expect(refused.events().at(-1)).toMatchObject({ kind: 'remark', text: 'The server refused STARTTLS: “454 4.7.0 no”; TLS is only used where it works (domain *), so the connection goes on in clear.' }) // prettier-ignore
  expect(plain.events()).toEqual([])
})

test('what failed behind TLS says so', () => {
  const outcome = { how: 'refused', by: 'server', message: 'No.' } as const
  const said = (of: Tls | null) => record().made.verdict(outcome, { cancelled: false, late: false, tls: of })
  expect(said(tls).sealed).toBe('TLS 1.3, not verified')
  expect(said(null)).not.toHaveProperty('sealed')
})
