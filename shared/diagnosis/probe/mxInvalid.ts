/** Owns: the rule about MX records that name what no MX may name: an alias, an address, the null MX beside others. */
import type { DomainFacts, MxHost, ProbeFinding } from '../facts.ts'
import type { Severity } from '../codes.ts'
import { proved } from './proved.ts'
import type { ProbeRule } from './types.ts'

/** Records of one fault that are named. */
const mostNamed = 5

interface Fault {
  says: (hosts: string, domain: string) => string
  next: string
  severity: Severity
  references: string[]
}

const faults: Partial<Record<NonNullable<MxHost['problem']>, Fault>> = {
  alias: {
    says: (hosts, domain) => `The MX of ${domain} names an alias (${hosts}); it has to name a host with addresses of its own. Some senders refuse it, and TLSA records are looked for elsewhere.`,
    next: 'Let the MX record name what the alias leads to.',
    severity: 'warning',
    references: ['RFC 5321 §5.1', 'RFC 2181 §10.3'],
  },
  address: {
    says: (hosts, domain) => `The MX of ${domain} names an address (${hosts}) where a host name belongs: most senders cannot deliver there.`,
    next: 'Give the mail server a name with an address record, and let the MX record name it.',
    severity: 'error',
    references: ['RFC 1035 §3.3.9', 'RFC 5321 §5.1'],
  },
  'null-among-others': {
    says: (_, domain) => `${domain} has the null MX beside others: it says at once that it takes mail and that it takes none.`,
    next: 'Remove the null MX (the dot), or all others.',
    severity: 'warning',
    references: ['RFC 7505 §3'],
  },
} // prettier-ignore

export const mxInvalid: ProbeRule = ({ domain }) =>
  domain?.mx === 'found' ? Object.entries(faults).flatMap(([problem, fault]) => tell(domain, problem, fault)) : [] // prettier-ignore

function tell({ domain, records = [], proof }: DomainFacts, problem: string, fault: Fault): ProbeFinding[] {
  const hosts = records.filter((record) => record.problem === problem).map(({ host }) => host)
  if (hosts.length === 0) return []
  const named = hosts.slice(0, mostNamed).join(', ')
  const { says, next, severity, references } = fault
  const message = says(hosts.length > mostNamed ? `${named} and ${hosts.length - mostNamed} more` : named, domain) // prettier-ignore
  return [proved('mx-invalid', [proof], { side: 'server', confidence: 'certain', message, next, severity, references })] // prettier-ignore
}
