/** Owns: the rules about MTA-STS (RFC 8461): whether record and policy can be read, and whether the MX keep the policy. */
import { matchesName } from '../certificateName.ts'
import type { MtaStsFacts, ProbeFinding } from '../facts.ts'
import type { FindingWords } from '../finding.ts'
import { proved } from './proved.ts'
import type { ProbeRule } from './types.ts'

export const mtaSts: ProbeRule = ({ mtaSts: facts }) => {
  if (!facts || facts.record === 'none') return []
  if (facts.record !== 'found' || facts.policy !== 'read') return [broken(facts)]
  return facts.mode === 'none' ? [] : [against(facts)]
}

const references = ['RFC 8461 §3', 'RFC 8461 §4']

const faults: Record<Exclude<MtaStsFacts['policy'], 'read'>, string> = {
  unreachable: 'its policy cannot be fetched',
  untrusted: 'the certificate of its policy host cannot be verified',
  invalid: 'its policy cannot be read',
}

function broken({ domain, record, policy, problem, proof }: MtaStsFacts): ProbeFinding {
  const what =
    record === 'several'
      ? 'it has several records, which count as none'
      : record === 'invalid'
        ? 'its record cannot be read'
        : faults[policy === 'read' ? 'invalid' : policy]
  return proved('mta-sts-broken', [proof], {
    side: 'server',
    confidence: 'certain',
    message: `${domain} announces MTA-STS, but ${what}${problem === undefined ? '' : ` (${problem.slice(0, 200)})`}.`,
    next: `Repair _mta-sts.${domain} or https://mta-sts.${domain}/.well-known/mta-sts.txt; until then senders go by the policy they remember, or by none.`,
    references,
  })
}

function against(facts: MtaStsFacts): ProbeFinding {
  const { domain, mx, patterns, failing, mode, proof } = facts
  const strange = mx.filter((host) => !patterns.some((pattern) => matchesName(lower(pattern), lower(host))))
  if (strange.length === 0 && failing.length === 0)
    return proved('mta-sts-ok', [proof], {
      side: 'server',
      confidence: 'certain',
      ...kept(facts),
      next:
        mode === 'testing'
          ? 'When the reports stay clean, change the mode to enforce.'
          : 'Change the policy’s id with every change of the policy.',
      references,
    })
  const parts = [
    ...(strange.length > 0 ? [`the policy does not name ${strange.slice(0, 3).join(', ')}`] : []),
    ...failing.slice(0, 3).map(({ host, why }) => `${host} fails: ${why}`),
  ]
  return proved('mta-sts-mismatch', [proof], {
    side: 'server',
    confidence: 'certain',
    message: `The MX of ${domain} do not keep its MTA-STS policy: ${parts.join('; ')}.${mode === 'testing' ? ' In testing mode mail is delivered all the same.' : ' Senders that keep to it do not deliver there.'}`,
    next: 'Add the MX to the policy and change its id, or repair the MX: STARTTLS and a certificate that names it.',
    references,
    ...(mode === 'testing' ? { severity: 'warning' as const } : {}),
  })
}

/** Of an MX that did not greet on port 25 only its name is known to be in the policy. */
function kept({ domain, mx, mode, untested = [] }: MtaStsFacts): Pick<FindingWords, 'message'> & Partial<FindingWords> {
  const named = untested.slice(0, 3).join(', ')
  if (untested.length === 0) return { message: `Every MX of ${domain} keeps its MTA-STS policy (${mode ?? 'enforce'}).` }
  if (untested.length < mx.length)
    return { message: `Every MX of ${domain} that greeted on port 25 keeps its MTA-STS policy (${mode ?? 'enforce'}); ${named} could not be tested.` }
  return {
    severity: 'info',
    confidence: 'possible',
    message: `The MTA-STS policy of ${domain} (${mode ?? 'enforce'}) names every MX; whether their TLS keeps it is not known, for none of them greeted on port 25 in this test.`,
  }
} // prettier-ignore

const lower = (name: string): string => name.toLowerCase().replace(/\.$/, '')
