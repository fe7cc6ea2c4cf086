/**
 * Owns: asking DNS about a domain so that each answer leaves its evidence in a transcript, and saying what DNSSEC is known
 * to do for it. AD counts only from a resolver that the user calls validating (RFC 7672 §2.2.3); else it is unproven.
 */
import type { DnsSecurity, Proof } from '#shared/diagnosis/facts.ts'
import { remarkLimit } from '#shared/transcript/event.ts'
import type { Journal } from '../dialogue/journal.ts'
import { printable } from '../dns/message.ts'
import { shownRecord } from '../dns/records.ts'
import type { DnsResult, RecordType, Resolver } from '../dns/types.ts'

export interface Witnessed<T extends RecordType> {
  result: DnsResult<T>
  security: DnsSecurity
  /** Number of the event that shows it. */
  seq: number
}

/** Asks and records. One for each run; the journal is that of a session begun for it. */
export class Witness {
  readonly resolver: Resolver
  readonly journal: Journal

  constructor(resolver: Resolver, journal: Journal) {
    this.resolver = resolver
    this.journal = journal
  }

  /** Never rejects. `called`: what the evidence calls it, where the name itself is hard to read. */
  async ask<T extends RecordType>(name: string, type: T, called = name): Promise<Witnessed<T>> {
    const { validating } = this.resolver
    const result = await this.resolver.query(name, type, { dnssec: validating })
    const security = validating ? await this.#security(name, result) : 'unproven'
    return { result, security, seq: this.say(words(result, called, validating ? security : undefined)) }
  }

  /** Writes further evidence; answers with its number. */
  say(text: string): number {
    const event = { kind: 'remark', phase: 'dns', direction: 'none', understood: true } as const
    return this.journal.aside({ ...event, text: text.slice(0, remarkLimit) })
  }

  proof(...events: readonly number[]): Proof {
    return { session: this.journal.session, events: events.toSorted((a, b) => a - b) }
  }

  /** A validating resolver says SERVFAIL to bogus and to broken alike; without its checks only the bogus one answers. */
  async #security(name: string, result: DnsResult<RecordType>): Promise<DnsSecurity> {
    const { outcome, authentic, type } = result
    if (outcome === 'answers' || outcome === 'no-data' || outcome === 'not-found')
      return authentic ? 'secure' : 'insecure'
    if (outcome !== 'server-failure') return 'unproven'
    const unchecked = await this.resolver.query(name, type, { unchecked: true })
    const answered = unchecked.outcome === 'answers' || unchecked.outcome === 'no-data'
    return answered ? 'bogus' : 'unproven'
  }
}

const outcomes: { [O in DnsResult<RecordType>['outcome']]: string } = {
  answers: '',
  'not-found': 'there is no such name',
  'no-data': 'the name has no such record',
  'server-failure': 'the name server failed',
  refused: 'the name server refused',
  timeout: 'no answer in time',
  unreachable: 'the name server cannot be reached',
  cancelled: 'cancelled',
}

function words<T extends RecordType>(
  result: DnsResult<T>,
  called: string,
  security: DnsSecurity | undefined,
): string {
  const { type, server, took, transport, aliases, records, outcome, detail } = result
  const asked = server === '' ? '' : `, asked of ${server}${transport === 'tcp' ? ' over TCP' : ''}`
  const proved = security === undefined ? '' : `, DNSSEC: ${security}`
  const said = [outcomes[outcome], detail].filter(Boolean).join(': ')
  return [
    `${type} ${printable(called)}${asked}, ${(took / 1000).toFixed(1)} ms${proved}${said === '' ? '' : `: ${said}`}`,
    ...aliases.map((alias) => `alias of ${alias}`),
    ...records.map((record) => shownRecord(type, record)),
  ].join('\n')
}
