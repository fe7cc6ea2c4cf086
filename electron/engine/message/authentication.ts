/**
 * Owns: SPF, DKIM, DMARC and ARC of a stored message, as a receiver would judge it that had got it from an address of the
 * user's choice (RFC 7208, RFC 6376, RFC 9989, RFC 8617; computed by mailauth). Asks DNS, so it runs only when asked for, and
 * by the resolver that was chosen; what was asked is told.
 */
import type { ARCData, ARCResult, ARCSigningData, DKIMVerifyResult, DMARCResult, SPFResult } from 'mailauth'
import { isIP } from 'node:net'
import type { CheckReport, MessageCheck } from '#shared/rpc/contract/inbox.ts'
import { RpcError } from '#shared/rpc/error.ts'
import { openResolver } from '../dns/resolver.ts'
import type { DnsOutcome, RecordType, Resolver } from '../dns/types.ts'

export interface AuthenticationRequest {
  /** `system`, or a name server as `IP` or `IP:PORT`. */
  server: string
  ip: string
  helo: string
  sender: string
}

/** Milliseconds for one question; questions in one run. */
const timeout = 4000
const mostQuestions = 80

const codes: Record<Exclude<DnsOutcome, 'answers'>, string> = {
  'not-found': 'ENOTFOUND', 'no-data': 'ENODATA', 'server-failure': 'ESERVFAIL', refused: 'EREFUSED',
  timeout: 'ETIMEOUT', unreachable: 'ECONNREFUSED', cancelled: 'ECANCELLED',
} // prettier-ignore

const types = ['A', 'AAAA', 'MX', 'TXT', 'PTR', 'CNAME'] as const
const isType = (text: string): text is (typeof types)[number] & RecordType =>
  types.some((known) => known === text)

type Answers = string[][] | string[]

/** Answers in the shapes of node:dns, which the library reads. MX records are objects there, whatever its types say. */
function answering(resolver: Resolver, asked: string[]): (name: string, type: string) => Promise<Answers> {
  return async (name, type) => {
    const fail = (code: string) => Object.assign(new Error(`${type} ${name}: ${code}`), { code })
    if (!isType(type) || asked.length >= mostQuestions) throw fail('ESERVFAIL')
    asked.push(`${type} ${name}`)
    const { outcome, records } = await resolver.query(name, type)
    if (outcome !== 'answers') throw fail(codes[outcome])
    if (type === 'TXT') return records.flatMap((record) => (typeof record === 'string' ? [[record]] : []))
    if (type !== 'MX') return records.flatMap((record) => (typeof record === 'string' ? [record] : []))
    const exchanges = records.flatMap((record) => (typeof record === 'object' && 'exchange' in record ? [{ exchange: record.exchange, priority: record.preference }] : [])) // prettier-ignore
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- node:dns's shape of MX; the library's type names strings alone
    return exchanges as unknown as Answers
  }
}

interface Result {
  dkim: DKIMVerifyResult
  spf: SPFResult
  dmarc: DMARCResult | false
  arc: ARCResult | null
}
type Verdict = MessageCheck['verdict']

const verdictOf = (result: string): Verdict => {
  if (result === 'pass') return 'good'
  if (result === 'none' || result === 'neutral' || result === 'skipped') return 'info'
  return /fail$|policy|invalid/u.test(result) && result !== 'softfail' ? 'bad' : 'warn'
}

const words: Record<string, string> = {
  pass: 'passes', fail: 'fails', softfail: 'fails softly', neutral: 'says neither', none: 'not there', temperror: 'could not be asked',
  permerror: 'is broken', policy: 'refused by policy',
} // prettier-ignore
const said = (result: string): string => words[result] ?? result
const clean = (text: unknown): string => (typeof text === 'string' ? text.replaceAll(/[^\x20-\x7e]/gu, '?').slice(0, 300) : '') // prettier-ignore

function spfCheck({ spf }: Result, ip: string): MessageCheck {
  const { result, comment } = spf.status
  const detail = result === 'pass' ? `${ip} is listed by ${clean(spf.domain)}.` : clean(comment) || `${clean(spf.domain)} was asked about ${ip}.` // prettier-ignore
  return { verdict: verdictOf(result), title: `SPF ${said(result)}`, detail, reference: 'RFC 7208 §2.6' }
}

/** A signature that does not pass counts for nothing, whatever kept it from passing; only a question of DNS may be put again. */
const signatureVerdict = (result: string): Verdict => {
  if (result === 'pass') return 'good'
  return result === 'temperror' ? 'warn' : 'bad'
}

function dkimChecks({ dkim }: Result): MessageCheck[] {
  return dkim.results.slice(0, 20).map((one): MessageCheck => {
    const { result, comment } = one.status
    if (result === 'none' || (one.signingDomain === undefined && comment === undefined)) return { verdict: 'info', title: 'DKIM: no signature', detail: 'Nobody vouches for the content.', reference: 'RFC 6376 §6.1' } // prettier-ignore
    const bits = typeof one.modulusLength === 'number' ? `, ${one.modulusLength}-bit key` : ''
    const why = clean(comment) === '' ? '' : `: ${clean(comment)}`
    const title = `DKIM ${result === 'neutral' ? 'signature does not count' : said(result)} for ${clean(one.signingDomain) || 'no domain'}`
    return { verdict: signatureVerdict(result), title, detail: `Selector ${clean(one.selector) || 'not named'}${bits}${why}.`, reference: 'RFC 6376 §6.1' } // prettier-ignore
  })
}

function dmarcCheck({ dmarc }: Result): MessageCheck {
  const reference = 'RFC 9989'
  if (!dmarc) return { verdict: 'info', title: 'DMARC was not judged', detail: 'From names no single domain.', reference } // prettier-ignore
  const { result, comment } = dmarc.status
  const policy = clean(dmarc.policy) || 'none'
  if (result === 'none') return { verdict: 'warn', title: 'No DMARC record', detail: `${clean(dmarc.domain)} does not say what to do with forgeries.`, reference } // prettier-ignore
  const weak = result === 'pass' && policy === 'none'
  const detail = weak ? 'Nobody is asked to reject forgeries yet (p=none).' : `Policy ${policy}${comment ? `: ${clean(comment)}` : ''}.` // prettier-ignore
  return { verdict: weak ? 'warn' : verdictOf(result), title: weak ? 'DMARC passes, policy is none' : `DMARC ${said(result)}`, detail, reference } // prettier-ignore
}

function arcCheck({ arc }: Result): MessageCheck[] {
  if (!arc || arc.status.result === 'none') return []
  const { result, comment } = arc.status
  return [{ verdict: verdictOf(result), title: `ARC ${said(result)}`, detail: clean(comment) || `Chain of ${String(arc.i)}.`, reference: 'RFC 8617 §5.2' }] // prettier-ignore
}

/** What is absent is left out: the library's types tell the two apart. */
function arcData({ chain, lastEntry, error }: ARCSigningData): ARCData {
  const known = { ...(lastEntry ? { lastEntry } : {}), ...(error ? { error } : {}) }
  return { chain: chain || [], ...known }
}

type Asking = ReturnType<typeof answering>

/**
 * Each by its own module, loaded when first needed: the library's front door brings a parser of logo certificates along
 * whose parts are not there.
 */
async function judge(
  bytes: Uint8Array,
  { ip, helo, sender }: AuthenticationRequest,
  resolver: Asking,
): Promise<Result> {
  const [{ dkimVerify }, { spf: spfVerify }, { dmarc: dmarcVerify }, { arc: arcVerify }] = await Promise.all([
    import('mailauth/lib/dkim/verify'),
    import('mailauth/lib/spf'),
    import('mailauth/lib/dmarc'),
    import('mailauth/lib/arc'),
  ])
  const name = helo === '' ? `[${ip}]` : helo
  const mail = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const dkim = await dkimVerify(mail, { resolver, sender, strict: true })
  const spf = await spfVerify({ resolver, sender, ip, helo: name, mta: 'relayscope.localhost' })
  const seals = dkim.arc
  const sealed = seals !== undefined && (seals.chain !== false || seals.error !== undefined)
  const arc = sealed ? await arcVerify(arcData(seals), { resolver }) : null
  const dmarc = await dmarcVerify({
    resolver,
    headerFrom: dkim.headerFrom,
    fromFields: dkim.fromFields,
    spfDomains: spf.status.result === 'pass' && spf.domain ? [spf.domain] : [],
    dkimDomains: dkim.results.flatMap(({ id, signingDomain, status }) =>
      status.result === 'pass' && signingDomain !== undefined
        ? [{ domain: signingDomain, aligned: status.aligned ?? false, ...(id === undefined ? {} : { id }) }]
        : [],
    ),
    ...(arc === null ? {} : { arcResult: arc }),
  })
  return { dkim, spf, dmarc, arc }
}

/** Rejects with RpcError `bad-argument` for an address or a name server that is none. */
export async function authenticateMessage(
  bytes: Uint8Array,
  request: AuthenticationRequest,
): Promise<CheckReport> {
  const { server, ip } = request
  if (isIP(ip) === 0) throw new RpcError('bad-argument', `ip ${JSON.stringify(ip)} is no IP address; write one as 198.51.100.7 or 2001:db8::7.`) // prettier-ignore
  const opened = openResolver({ server }, { timeout })
  if (!opened.ok) throw new RpcError('bad-argument', `server ${JSON.stringify(server)}: ${opened.message}`)
  const asked: string[] = []
  const result = await judge(bytes, request, answering(opened.resolver, asked))
  const checks = [spfCheck(result, ip), ...dkimChecks(result), dmarcCheck(result), ...arcCheck(result)]
  return { resolver: opened.resolver.shown, asked: [...new Set(asked)].slice(0, mostQuestions), checks }
}
