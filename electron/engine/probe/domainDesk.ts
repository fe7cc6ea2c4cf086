/**
 * Owns: what DNS and a domain's policy host say, for one probe, in a dialogue of its own: MX in order, TLSA, MTA-STS, TLS
 * reporting, names of addresses; and with what the sessions showed, the facts that the policies are judged by.
 */
import { readAttempts } from '#shared/diagnosis/attempt.ts'
import type { Attempt, DaneFacts, MtaStsFacts, ReverseFacts } from '#shared/diagnosis/facts.ts'
import type { DomainReport, ReverseRow } from '#shared/rpc/contract/probeDomain.ts'
import { Journal } from '#engine/dialogue/journal.ts'
import type { Resolver } from '#engine/dns/types.ts'
import {
  daneFacts,
  type DomainDeps,
  type DomainRead,
  beginDomain,
  readReverse,
  Witness,
} from '#engine/domain/index.ts'
import type { Hub } from '#engine/transcripts/types.ts'
import type { CellRun } from './cell.ts'

export interface DeskDeps extends Pick<DomainDeps, 'signal' | 'timeout' | 'ca' | 'now' | 'policyPort'> {
  hub: Pick<Hub, 'begin'>
  resolver: Resolver
}

/** Names of more addresses are not asked for. */
const mostAddresses = 16

export class DomainDesk {
  readonly #host: string
  readonly #deps: DeskDeps
  readonly #journal: Journal
  #mx: DomainRead['domain'] | undefined
  #read: DomainRead | undefined
  #whole: Promise<void> = Promise.resolve()
  #reverse: ReverseFacts[] = []

  /** Begins its dialogue; `end` ends it. */
  constructor(host: string, deps: DeskDeps) {
    this.#host = host
    this.#deps = deps
    const head = { source: 'probe', role: 'client', host, port: 0, tls: 'none', title: 'Domain' } as const
    this.#journal = new Journal(deps.hub.begin(head))
  }

  get session(): string {
    return this.#journal.session
  }

  /** MX hosts in their order, or the domain itself where it has no MX but an address. */
  async readDomain(): Promise<readonly string[]> {
    const { resolver, signal, timeout, ca, now, policyPort } = this.#deps
    const deps = { resolver, signal, timeout, ca, policyPort, journal: this.#journal, now: () => now() }
    const { domain, whole } = await beginDomain(this.#host, deps)
    this.#mx = domain
    this.#whole = this.#keep(whole)
    if (domain.mx !== 'none') return [...new Set(domain.hosts)]
    return domain.hasAddress ? [this.#host] : []
  }

  async #keep(whole: Promise<DomainRead>): Promise<void> {
    this.#read = await whole
  }

  /** Resolves when the policies are read as well; until then the facts about the domain are not there. */
  settled(): Promise<void> {
    return this.#whole
  }

  async readReverse(addresses: readonly string[]): Promise<void> {
    const witness = new Witness(this.#deps.resolver, this.#journal)
    const some = [...new Set(addresses)].slice(0, mostAddresses)
    this.#reverse = await Promise.all(some.map((address) => readReverse(address, witness)))
  }

  /** Closes the dialogue. */
  end(): void {
    const cancelled = this.#deps.signal.aborted
    const mx = this.#mx
    this.#journal.write({
      kind: 'end',
      phase: 'other',
      direction: 'none',
      outcome: cancelled ? 'cancelled' : mx?.mx === 'failed' ? 'failed' : 'completed',
      by: cancelled ? 'person' : 'client',
      message: cancelled ? 'Cancelled.' : mx ? mxWords[mx.mx] : 'The names of the addresses were asked for.',
    })
  }

  get read(): DomainRead | undefined {
    return this.#read
  }

  get reverse(): readonly ReverseFacts[] {
    return this.#reverse
  }

  /**
   * TLSA records against the chains that the MX sent on port 25; an MX that nobody reached is not judged. Of several
   * addresses the one counts that does not fit: a sender may come to any.
   */
  dane(runs: readonly CellRun[]): DaneFacts[] {
    const now = this.#deps.now()
    return (this.#read?.tlsa ?? []).flatMap((tlsa) => {
      if (tlsa.records.length === 0) return []
      const reached = runs.filter(
        ({ cell, ran }) => cell.host === tlsa.host && cell.port === tlsa.port && greeted(ran.events),
      )
      const seen = reached.map(({ ran }) => {
        const [chain, domain] = [ran.chain, this.#host]
        const starttls = chain.length > 0 || offersStarttls(ran)
        return daneFacts(tlsa, { chain, domain, now, starttls })
      })
      const worst = seen.find(({ records }) => records.every(({ matches }) => !matches)) ?? seen[0]
      return worst ? [worst] : []
    })
  }

  /** Which MX do not keep the policy: no STARTTLS, or a certificate that does not hold (RFC 8461 §4.2). */
  mtaSts(attempts: readonly Attempt[]): MtaStsFacts | undefined {
    const read = this.#read?.mtaSts
    if (!read) return undefined
    const reached = (host: string) => attempts.filter((one) => one.host === host && one.port === 25 && one.greeted) // prettier-ignore
    const failing = read.mx.flatMap((host) => {
      const why = reached(host).map(whyFailing).find((one) => one !== undefined) // prettier-ignore
      return why ? [{ host, why }] : []
    })
    return { ...read, failing, untested: read.mx.filter((host) => reached(host).length === 0) }
  }

  /** For the report. */
  rows(
    dane: readonly DaneFacts[],
    sts: MtaStsFacts | undefined,
  ): { domain?: DomainReport; reverse: ReverseRow[] } {
    const reverse = this.#reverse.map(({ address, state, names, confirmed }) => ({
      address,
      state,
      names: [...names],
      confirmed: [...confirmed],
    }))
    const read = this.#read
    return read ? { domain: domainRow(this.session, read, dane, sts), reverse } : { reverse }
  }
}

const mxWords = {
  found: 'MX records were found.',
  none: 'There is no MX record.',
  null: 'The null MX: the domain takes no mail.',
  failed: 'The MX records could not be learnt.',
} as const

const greeted = (events: CellRun['ran']['events']): boolean =>
  events.some((event) => event.kind === 'reply' && event.phase === 'ehlo' && event.code === 250)

const offersStarttls = ({ session, head, events }: CellRun['ran']): boolean =>
  readAttempts({ id: session, head, events }).some(({ starttls }) => starttls === true)

function whyFailing({ starttls, tls }: Attempt): string | undefined {
  if (starttls === false) return 'it offers no STARTTLS'
  if (!tls) return 'TLS could not be made'
  return tls.verified === true ? undefined : 'its certificate does not hold'
}

function domainRow(
  session: string,
  read: DomainRead,
  dane: readonly DaneFacts[],
  sts: MtaStsFacts | undefined,
): DomainReport {
  const { domain, tlsa, tlsReporting } = read
  return {
    session,
    name: domain.domain,
    mx: domain.mx,
    hasAddress: domain.hasAddress,
    ...(domain.security ? { security: domain.security } : {}),
    records: (domain.records ?? []).map(({ preference, host, addresses, problem }) => ({
      preference,
      host,
      addresses: [...addresses],
      ...(problem ? { problem } : {}),
    })),
    tlsa: tlsa.map(({ host, port, security, answered, records }) => ({
      host,
      port,
      security,
      answered,
      records:
        dane.find((one) => one.host === host && one.port === port)?.records.map((one) => ({ ...one })) ??
        records.map(({ usage, selector, matching }) => ({ usage, selector, matching })),
    })),
    ...(sts ? { mtaSts: stsRow(sts) } : {}),
    tlsReporting: {
      record: tlsReporting.record,
      reports: [...tlsReporting.reports],
      ...(tlsReporting.problem === undefined ? {} : { problem: tlsReporting.problem }),
    },
  }
}

const stsRow = ({
  record,
  policy,
  problem,
  mode,
  patterns,
  failing,
}: MtaStsFacts): NonNullable<DomainReport['mtaSts']> => ({
  record,
  ...(record === 'found' ? { policy } : {}),
  ...(problem === undefined ? {} : { problem }),
  ...(mode ? { mode } : {}),
  patterns: [...patterns],
  failing: failing.map((one) => ({ ...one })),
})
