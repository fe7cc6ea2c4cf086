/** Owns: rules as somebody gives them, text or policy, read and checked as a whole: what they are, and all that is wrong. */
import { keptPassword, withoutSecrets } from '#shared/relay/notation/conceal.ts'
import { maskNotation } from '#shared/relay/notation/mask.ts'
import { saysSame, unwritable } from '#shared/relay/notation/meaning.ts'
import { parseNotation } from '#shared/relay/notation/parse.ts'
import { unknownProblems } from '#shared/relay/notation/unknown.ts'
import { placed } from '#shared/relay/placed.ts'
import { emptyPolicy, RelayPolicy } from '#shared/relay/policy.ts'
import { policyProblems, type PolicyProblem } from '#shared/relay/problems.ts'
import type { RulesInput, RulesProblem } from '#shared/rpc/contract/relay.ts'
import type { Authority } from '../types.ts'
import { readAuthorityFiles, withWholePaths } from './authorityFiles.ts'
import { readCertificateFile } from './certificateFile.ts'
import type { Renamed } from './saved.ts'

export interface ReadRules {
  policy: RelayPolicy
  /** The text as it was given, with its secrets masked; null where it cannot be read, or a policy was given. */
  text: string | null
  /** The text as it was given, for the places of problems alone: it may hold secrets. */
  source: string | null
  /** Passwords that came with it, by `user NAME` and `smarthost NAME`. */
  given: ReadonlyMap<string, string>
  /** A user who has another name from now on. */
  renamed?: Renamed
  /** PEM of the file that the rules name. */
  pem?: string
  /** By path of the file that the rules name. */
  authorities: ReadonlyMap<string, Authority>
  problems: RulesProblem[]
}

/** A listing of 10,000 mistakes helps nobody, and would be too much for a message to the page. */
const mostProblems = 500

const place = ({ line = Infinity }: RulesProblem): number => line

/** Of too many, errors are kept first: what has one must never pass for right. */
export function listed(problems: readonly RulesProblem[]): RulesProblem[] {
  const errors = problems.filter(({ severity }) => severity === 'error')
  const warnings = problems.filter(({ severity }) => severity !== 'error')
  return [...errors, ...warnings].slice(0, mostProblems).toSorted((a, b) => {
    const [one, other] = [place(a), place(b)]
    return one === other ? (a.column ?? 0) - (b.column ?? 0) : one < other ? -1 : 1
  })
}

/** A text may say more, and longer, than a policy can hold: it would not come back after the next start. */
function sizeProblems(policy: RelayPolicy): PolicyProblem[] {
  const { error } = RelayPolicy.safeParse(policy)
  return (error?.issues ?? []).slice(0, 50).map(({ path, message }) => {
    const line = lineOf(policy, path)
    const field = path.map((key) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`)).join('').slice(1) // prettier-ignore
    return { severity: 'error', field, ...(line === undefined ? {} : { line }), message: `${field}: ${message}` } // prettier-ignore
  })
}

/** Of the innermost entry on the way that stood in a line. */
function lineOf(policy: unknown, path: readonly PropertyKey[]): number | undefined {
  let line: number | undefined
  let at = policy
  for (const key of path) {
    if (typeof at !== 'object' || at === null) break
    at = Reflect.get(at, key)
    const own: unknown = typeof at === 'object' && at !== null ? Reflect.get(at, 'line') : undefined
    if (typeof own === 'number') line = own
  }
  return line
}

/**
 * As it may be kept. One whose lines say something else without their secrets is written anew from the policy, and refused where
 * that says something else, too: after the next start other rules would hold.
 */
function keptText(given: string, policy: RelayPolicy): { text: string | null; problems: RulesProblem[] } {
  const masked = maskNotation(given)
  return saysSame(masked, policy) ? { text: masked, problems: [] } : { text: null, problems: unwritable(policy) } // prettier-ignore
}

/** Never rejects. Nothing is saved. */
export async function readRules(input: RulesInput, now: Date): Promise<ReadRules> {
  if ('text' in input) {
    const { policy: read, secrets, problems, warnings } = parseNotation(input.text)
    const beyond = sizeProblems(read)
    const policy = withWholePaths(beyond.length > 0 ? emptyPolicy() : read, input.folder)
    const file = await readCertificateFile(policy, now)
    const { authorities, problems: untrusted } = await readAuthorityFiles(policy, now)
    const whole = placed([...beyond, ...policyProblems(policy), ...file.problems, ...untrusted], input.text)
    const text = problems.map((one): RulesProblem => ({ severity: 'error', ...one }))
    const kept = hasErrors(text) || beyond.length > 0 ? null : keptText(input.text, read)
    const twice = warnings.map((one): RulesProblem => ({ severity: 'warning', ...one }))
    return {
      policy,
      source: input.text,
      text: kept?.text ?? null,
      given: secrets,
      authorities,
      ...(file.pem === undefined ? {} : { pem: file.pem }),
      problems: listed([
        ...text,
        ...whole,
        ...(kept?.problems ?? []),
        ...twice,
        ...unknownProblems(policy, input.text),
      ]),
    }
  }
  const { secrets = {}, renamed } = input
  const policy = withoutSecrets(input.policy)
  const whole = policyProblems(policy)
  const file = await readCertificateFile(policy, now)
  const { authorities, problems: untrusted } = await readAuthorityFiles(policy, now)
  return {
    policy,
    source: null,
    text: null,
    given: new Map(Object.entries(secrets).filter(([, value]) => value !== '' && value !== keptPassword)),
    ...(renamed === undefined ? {} : { renamed }),
    ...(file.pem === undefined ? {} : { pem: file.pem }),
    authorities,
    problems: listed([
      ...whole,
      ...file.problems,
      ...untrusted,
      ...(hasErrors(whole) ? [] : unwritable(policy)),
    ]),
  }
}

export const hasErrors = (problems: readonly RulesProblem[]): boolean =>
  problems.some(({ severity }) => severity === 'error')
