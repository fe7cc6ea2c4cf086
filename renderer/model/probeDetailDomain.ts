/** Owns: what DNS and the policy host say of a mail domain, in words with their verdicts: MX, MTA-STS, TLS reporting. */
import type { DomainReport, ReverseRow } from '#shared/rpc/contract/probeDomain.ts'
import { countWords } from './measures.ts'
import { shownName } from './tls.ts'

export interface Verdict {
  tone: 'good' | 'warn' | 'bad' | 'info' | 'neutral'
  words: string
}

type Mx = DomainReport['records'][number]

const problems: Record<NonNullable<Mx['problem']>, Verdict> = {
  alias: { tone: 'warn', words: 'An alias (CNAME); MX must name a host itself (RFC 5321 §5.1)' },
  address: { tone: 'bad', words: 'An address where a name belongs: no server will deliver to it' },
  'null-among-others': { tone: 'bad', words: 'The null MX, which must stand alone (RFC 7505 §3)' },
  'not-found': { tone: 'bad', words: 'This name does not exist' },
  'no-address': { tone: 'bad', words: 'No address' },
  unanswered: { tone: 'warn', words: 'No name server answered for it' },
}

/** Undefined: nothing is wrong with it. */
export const mxProblem = ({ problem }: Mx): Verdict | undefined => problem && problems[problem]

/** The sentence above the list, whatever was found. */
export function mxSentence({ mx, name, records, hasAddress }: DomainReport): Verdict {
  const domain = shownName(name)
  if (mx === 'null') return { tone: 'bad', words: `${domain} takes no mail: it says so with the null MX (RFC 7505).` }
  if (mx === 'failed') return { tone: 'bad', words: 'The MX records could not be learnt: nothing can be said of them.' }
  if (mx === 'none')
    return hasAddress
      ? { tone: 'info', words: `No MX record. Servers deliver to the address of ${domain} itself (RFC 5321 §5.1).` }
      : { tone: 'bad', words: 'Neither an MX record nor an address: mail for this domain has nowhere to go.' }
  const bad = records.filter(({ problem }) => problem !== undefined).length
  const many = countWords(records.length, 'MX record')
  return bad === 0
    ? { tone: 'good', words: `${many}, tried from the lowest preference up.` }
    : { tone: 'warn', words: `${many}, ${bad === 1 ? 'one' : bad} of them with a problem.` }
} // prettier-ignore

/** The names of an address (PTR), and whether one of them leads back to it. Undefined: nobody asked for them. */
export function addressName(address: string, reverse: readonly ReverseRow[]): (Verdict & { name: string }) | undefined {
  const row = reverse.find((one) => one.address === address)
  if (!row) return undefined
  if (row.state === 'unanswered') return { tone: 'neutral', words: 'no name server answered for its name', name: '' }
  const [back] = row.confirmed
  if (back !== undefined) return { tone: 'good', words: 'leads back', name: shownName(back) }
  const [name] = row.names
  return name === undefined
    ? { tone: 'warn', words: 'no name (PTR); some servers refuse mail from such an address', name: '' }
    : { tone: 'warn', words: 'does not lead back', name: shownName(name) }
} // prettier-ignore

type Sts = NonNullable<DomainReport['mtaSts']>

const modes: Record<NonNullable<Sts['mode']>, Verdict> = {
  enforce: { tone: 'good', words: 'Mode enforce: servers that know it deliver only over TLS with a certificate that holds.' },
  testing: { tone: 'warn', words: 'Mode testing: failures are reported, and mail is delivered all the same.' },
  none: { tone: 'warn', words: 'Mode none: the policy asks for nothing.' },
} // prettier-ignore

const policies: Record<Exclude<NonNullable<Sts['policy']>, 'read'>, string> = {
  unreachable: 'The policy could not be fetched',
  untrusted: 'The policy host cannot be trusted',
  invalid: 'The policy cannot be read',
}

/** As "the policy cannot be read: it has no mode". */
const because = (words: string, problem: string | undefined): string =>
  problem === undefined || problem === '' ? `${words}.` : `${words}: ${shownName(problem)}.`

export function stsVerdict(sts: DomainReport['mtaSts']): Verdict {
  if (!sts) return { tone: 'neutral', words: 'No name server answered for its record.' }
  const { record, policy, problem, mode } = sts
  if (record === 'none') return { tone: 'info', words: 'Not announced: TLS to this domain is not demanded this way.' }
  if (record === 'several') return { tone: 'bad', words: 'Several records: they count as none (RFC 8461 §3.1).' }
  if (record === 'invalid') return { tone: 'bad', words: because('The record cannot be read', problem) }
  if (policy !== undefined && policy !== 'read') return { tone: 'bad', words: because(policies[policy], problem) }
  return mode ? modes[mode] : { tone: 'neutral', words: 'Announced; the policy says no mode.' }
} // prettier-ignore

export function reportingVerdict({ record, problem }: DomainReport['tlsReporting']): Verdict {
  if (record === 'found') return { tone: 'good', words: 'Reports of failed TLS are asked for.' }
  if (record === 'none') return { tone: 'info', words: 'No reports are asked for (RFC 8460).' }
  if (record === 'several')
    return { tone: 'bad', words: 'Several records: they count as none (RFC 8460 §3).' }
  if (record === 'invalid') return { tone: 'bad', words: because('The record cannot be read', problem) }
  return { tone: 'neutral', words: 'No name server answered for its record.' }
}
