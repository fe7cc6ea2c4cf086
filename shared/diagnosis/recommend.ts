/**
 * Owns: which port and TLS mode to use with a server, and why, from what a probe saw from here. The standard and the
 * articles are put side by side where they differ (465), each with its date; a provider's own word is added, dated.
 */
import { findProvider, portAdvice, type Provider } from '../knowledge/providers.ts'
import { findPort } from '../knowledge/ports.ts'
import type { Attempt, ProbeFacts, Proof } from './facts.ts'

export interface View {
  who: string
  says: string
  /** YYYY-MM, or YYYY-MM-DD. */
  date: string
}

export interface Recommendation {
  port: number
  /** `opportunistic` only for delivery to a mail domain. */
  tls: 'implicit' | 'starttls' | 'opportunistic'
  /** One sentence. */
  reason: string
  /** More than one where they differ. */
  views: readonly View[]
  provider?: { name: string; agrees: boolean; says: string; checked: string; source: string } | undefined
  proof: readonly Proof[]
}

/** Null when nothing that was tried can be recommended: nothing answered, or no TLS with a certificate that holds. */
export function recommend(facts: Known): Recommendation | null {
  return facts.domain ? forDelivery(facts) : forSubmission(facts)
}

type Known = Pick<ProbeFacts, 'host' | 'attempts' | 'domain' | 'dane' | 'mtaSts'>

/** Better first: RFC 8314 §3.3 prefers implicit TLS; 2525 is a convention; 25 is for servers. */
const order = ['465 implicit', '587 starttls', '2525 starttls']

function rank({ port, mode }: Attempt): number {
  const known = order.indexOf(`${port} ${mode === 'implicit' ? 'implicit' : 'starttls'}`)
  return known >= 0 ? known : port === 25 ? 9 : mode === 'implicit' ? 4 : 5
}

const works = ({ greeted, tls }: Attempt): boolean =>
  greeted &&
  tls !== undefined &&
  tls.verified !== false &&
  tls.version !== 'TLSv1' &&
  tls.version !== 'TLSv1.1'

/** With AUTH before without: a submission server offers it. */
const better = (a: Attempt, b: Attempt): number =>
  Number(b.mechanisms.length > 0) - Number(a.mechanisms.length > 0) || rank(a) - rank(b) || a.took - b.took

function forSubmission({ host, attempts }: Pick<ProbeFacts, 'host' | 'attempts'>): Recommendation | null {
  const best = attempts.filter(works).toSorted(better)[0]
  if (!best) return null
  const tls = best.mode === 'implicit' ? 'implicit' : 'starttls'
  const provider = findProvider(host)
  return {
    port: best.port,
    tls,
    reason: `Use port ${best.port} with ${words[tls]}: from here it answers${best.tls?.verified === true ? `, its certificate holds` : ''}${best.mechanisms.length > 0 ? ', it lets you sign in inside TLS' : ''}, and ${why(best, attempts)}.`,
    views: views(best.port, attempts),
    ...(provider ? { provider: said(provider, best.port, tls) } : {}),
    proof: [best.proof],
  }
}

const words = { implicit: 'implicit TLS', starttls: 'STARTTLS, and require it' } as const

function why({ port, mode }: Attempt, attempts: readonly Attempt[]): string {
  if (mode === 'implicit') return 'TLS protects every octet from the first one (RFC 8314 §3.3)'
  const tried = attempts.filter((one) => one.port === 465)
  const implicit = tried.some(works)
    ? ''
    : tried.length > 0
      ? `; 465 does not serve here (${reasonOf(tried[0]!)})`
      : ''
  if (port === 2525) return `it is a copy of 587 by convention${implicit}`
  return port === 587
    ? `it is the standard port for handing in mail (RFC 6409)${implicit}`
    : `no other port that was tried serves better${implicit}`
}

const reasonOf = ({ outcome, greeted, tls }: Attempt): string =>
  outcome !== 'connected'
    ? outcome
    : tls?.verified === false
      ? 'its certificate does not hold'
      : greeted
        ? 'not usable'
        : 'no greeting'

/** Both views wherever 465 is in question: recommended, or passed over. */
function views(port: number, attempts: readonly Attempt[]): View[] {
  const row = findPort(port)
  const today = row
    ? [{ who: row.reference, says: row.today, date: port === 465 ? '2018-01' : '2011-11' }]
    : []
  if (port !== 465 && !attempts.some((one) => one.port === 465)) return port === 587 ? today : []
  const standard = { who: 'RFC 8314', says: findPort(465)!.today, date: '2018-01' }
  return [standard, ...portAdvice.map(({ source, says, date }) => ({ who: source, says, date }))]
}

function said(provider: Provider, port: number, tls: 'implicit' | 'starttls'): Recommendation['provider'] {
  const { name, ports, remark, checked, source } = provider
  const list = ports
    .map((one) => `${one.port} (${one.tls === 'implicit' ? 'implicit TLS' : 'STARTTLS'})`)
    .join(', ')
  return {
    name,
    agrees: ports.some((one) => one.port === port && one.tls === tls),
    says: `${name} documents ${list}.${remark === '' ? '' : ` ${remark}`}`,
    checked,
    source,
  }
}

/** Mail servers hand over on port 25 only (RFC 5321 §4.5.4.2); TLS is used when it is offered, unless a policy demands it. */
function forDelivery(facts: Known): Recommendation | null {
  const { attempts } = facts
  const here = attempts.filter(({ port, greeted }) => port === 25 && greeted)
  if (here.length === 0) return null
  const hosts = [...new Set(here.map(({ host }) => host))]
  const sealed = hosts.filter((name) => here.some(({ host, tls }) => host === name && tls !== undefined))
  const bare = hosts.filter((name) => !sealed.includes(name))
  return {
    port: 25,
    tls: 'opportunistic',
    reason: `Deliver on port 25${tlsOf(sealed, bare, here)}${demanded(bare, facts)}: mail servers take mail for their domains on no other port.`,
    views: [],
    proof: here.map(({ proof }) => proof),
  }
}

function tlsOf(sealed: readonly string[], bare: readonly string[], here: readonly Attempt[]): string {
  const fails = here.some(({ host, starttls }) => bare.includes(host) && starttls === true)
  const lack = fails ? 'TLS cannot be made' : 'no STARTTLS is offered'
  if (bare.length === 0) return ` with STARTTLS, which ${listed(sealed)} ${sealed.length === 1 ? 'offers' : 'offer'}` // prettier-ignore
  if (sealed.length === 0) return `, in clear, for with ${listed(bare)} ${lack}`
  return `, to ${listed(sealed)} with STARTTLS, to ${listed(bare)} in clear, for there ${lack}`
}

/** Clear text is no way to a host for which the domain demands TLS (RFC 7672 §2.2, RFC 8461 §5). */
function demanded(bare: readonly string[], { dane = [], mtaSts }: Known): string {
  const secured = bare.filter((name) => dane.some(({ host, security, records }) => host === name && security === 'secure' && records.length > 0)) // prettier-ignore
  const enforced = mtaSts?.record === 'found' && mtaSts.policy === 'read' && mtaSts.mode === 'enforce'
  const names = enforced ? bare : secured
  if (names.length === 0) return ''
  const policies = [...(secured.length > 0 ? ['DANE'] : []), ...(enforced ? ['MTA-STS'] : [])].join(' or ')
  return ` (a sender that keeps to ${policies} delivers nothing to ${listed(names)})`
}

/** Names in a sentence; of many the number. */
const listed = (names: readonly string[]): string =>
  names.length > 3 ? `${names.length} mail servers` : names.join(' and ').replace(/ and (?=.* and )/, ', ')
