/** Owns: making the facts of a probe for tests with few words. */
import type { Attempt, DaneFacts, MtaStsFacts, ProbeFacts, Session } from '#shared/diagnosis/facts.ts'
import type { Head } from '#shared/diagnosis/reading/types.ts'
import { head, script, type Part } from './script.ts'

export const proof = (session = 's1') => ({ session, events: [1, 2] })

/** A connection that worked and was upgraded, unless `more` says otherwise. */
export const attempt = (port: number, more: Partial<Attempt> = {}): Attempt => ({
  host: 'mail.example.org',
  address: '192.0.2.1',
  family: 4,
  port,
  mode: port === 465 ? 'implicit' : 'starttls',
  outcome: 'connected',
  took: 20_000,
  proof: { session: `${more.host ?? 'mail'}-${port}-${more.family ?? 4}`, events: [1, 2] },
  greeted: true,
  ...(port === 465 ? {} : { starttls: true }),
  masked: false,
  tls: { version: 'TLSv1.3', verified: true },
  mechanisms: port === 25 ? [] : ['PLAIN'],
  ...more,
})

/** A connection that was never made. */
export const silent = (port: number, more: Partial<Attempt> = {}): Attempt => {
  const { starttls: _, ...rest } = attempt(port, {
    outcome: 'timeout',
    greeted: false,
    tls: undefined,
    mechanisms: [],
    ...more,
  })
  return rest
}

export const control = (port: number, more: Partial<Attempt> = {}): Attempt =>
  attempt(port, { host: 'control.example.net', address: '198.51.100.7', ...more })

export const facts = (more: Partial<ProbeFacts> = {}): ProbeFacts => ({
  host: 'mail.example.org',
  attempts: [],
  controls: [],
  ...more,
})

export const session = (parts: readonly Part[], more: Partial<Head> = {}, id = 's1'): Session => ({
  id,
  head: head(more),
  events: script(parts),
})

export const daneFacts = (more: Partial<DaneFacts> = {}): DaneFacts => ({
  host: 'mx.example.org',
  port: 25,
  security: 'secure',
  records: [{ usage: 3, selector: 1, matching: 1, matches: true }],
  starttls: true,
  proof: proof(),
  ...more,
})

export const stsFacts = (more: Partial<MtaStsFacts> = {}): MtaStsFacts => ({
  domain: 'example.org',
  record: 'found',
  policy: 'read',
  mode: 'enforce',
  patterns: ['*.example.org'],
  mx: ['mx.example.org'],
  failing: [],
  proof: proof(),
  ...more,
})
