/** Owns: the one sentence that a probe comes to, with its tone and the next step. */
import type { ProbeReport } from '#shared/rpc/contract/probeReport.ts'

type Facts = Pick<ProbeReport, 'target' | 'kind' | 'cancelled' | 'results' | 'findings' | 'recommendation'>

export function verdictOf(facts: Facts): ProbeReport['verdict'] {
  const { recommendation, cancelled, results, target } = facts
  const errors = errorsOf(facts)
  if (cancelled) {
    const known = results.filter(({ tone }) => tone !== 'neutral').length
    const sofar = `Cancelled; ${known} of ${results.length} results are known.`
    return { tone: 'neutral', message: recommendation ? `${sofar} ${recommendation.reason}` : sofar }
  }
  if (recommendation)
    return {
      tone:
        facts.kind === 'server' && onlyClosed(facts, recommendation.port)
          ? 'good'
          : errors.length > 0
            ? 'warn'
            : 'good',
      message: recommendation.reason,
      ...(errors[0] ? { next: `Look also at${whereOf(facts, errors[0])}: ${errors[0].message}` } : {}),
    }
  const [first] = errors
  const anyOpen = results.some(({ reachable }) => reachable)
  const why = anyOpen ? noneFits(facts) : nothingAnswers(facts)
  const alone = first && !anyOpen && !(closed(first) && results.length > 1)
  const message = alone ? first.message : first ? `${why} ${first.message}` : why
  const next = first?.next ?? results.find((result) => result.next !== undefined)?.next
  return {
    // Clear text where nobody asked for more is no error, and nothing to recommend.
    tone: first ? 'bad' : 'warn',
    message: message === '' ? `${target}: nothing is known.` : message,
    ...(next === undefined ? {} : { next }),
  }
}

/** Which port it is of, where its own words do not say so. */
function whereOf({ kind, results }: Facts, { code, message }: { code: string; message: string }): string {
  const its = results.find(({ findings }) =>
    findings.some((one) => one.code === code && one.message === message),
  )
  if (its === undefined || message.includes(`port ${its.port}`)) return ''
  return kind === 'domain' ? ` ${its.host} port ${its.port}` : ` port ${its.port}`
}

/** What concerns the whole host counts for more than what one port shows; a port that is merely closed for least. */
function errorsOf({ findings, results }: Facts): { code: string; message: string; next: string }[] {
  const all = [...findings, ...results.flatMap((result) => result.findings)]
  const errors = all.filter(({ severity }) => severity === 'error')
  // Of several MX one without an address says less than those that have one and cannot be reached.
  const nameless = (one: { code: string }): boolean =>
    one.code.startsWith('dns-') && results.some(({ address }) => address !== undefined)
  const rank = (one: { code: string }): number => (nameless(one) ? 2 : closed(one) ? 1 : 0)
  const anyOpen = results.some(({ reachable }) => reachable)
  return errors.toSorted((a, b) => (anyOpen ? Number(closed(a)) - Number(closed(b)) : rank(a) - rank(b)))
}

const closedCodes = new Set([
  'tcp-refused', 'tcp-timeout', 'tcp-reset', 'tcp-unreachable', 'port-blocked-here',
]) // prettier-ignore
const closed = ({ code }: { code: string }): boolean => closedCodes.has(code)

const graveOf = (found: readonly { code: string; severity: string }[]): string[] =>
  found.filter(({ severity }) => severity === 'error').map(({ code }) => code)

/** Nothing is wrong but that other ports cannot be reached: hardly any server listens on all that are tried. */
function onlyClosed({ findings, results }: Facts, best: number): boolean {
  return (
    graveOf(findings).every((code) => code === 'port-blocked-here') &&
    results.every((result) =>
      graveOf(result.findings).every((code) => result.port !== best && closedCodes.has(code)),
    )
  )
}

const nothingAnswers = ({ target, kind, results }: Facts): string =>
  kind === 'domain'
    ? results.length === 0
      ? `No mail server of ${target} was tried.`
      : `No mail server of ${target} can be reached from here on ${portsOf(results.filter(({ address }) => address !== undefined))}.`
    : `No port of ${target} that was tried can be reached from here.`

function portsOf(results: readonly { port: number }[]): string {
  const ports = [...new Set(results.map(({ port }) => port))]
  return `port${ports.length === 1 ? '' : 's'} ${ports.join(', ')}`
}

function noneFits({ target, kind, results }: Facts): string {
  const ports = portsOf(results.filter(({ reachable }) => reachable))
  return kind === 'domain'
    ? `The mail servers of ${target} answer on ${ports}, but greet nobody on port 25.`
    : `${target} answers on ${ports}, but on none of them with TLS and a certificate that holds.`
}
