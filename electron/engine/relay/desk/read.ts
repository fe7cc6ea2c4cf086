/** Owns: rules as somebody gives them, text or policy, read and checked as a whole: what they are, and all that is wrong. */
import { keptPassword } from '#shared/relay/notation/blocks.ts'
import { maskNotation } from '#shared/relay/notation/mask.ts'
import { parseNotation } from '#shared/relay/notation/parse.ts'
import { placed } from '#shared/relay/placed.ts'
import type { RelayPolicy } from '#shared/relay/policy.ts'
import { policyProblems } from '#shared/relay/problems.ts'
import type { RulesInput, RulesProblem } from '#shared/rpc/contract/relay.ts'
import { readCertificateFile } from './certificateFile.ts'

export interface ReadRules {
  policy: RelayPolicy
  /** The text as it was given, with its secrets masked; null where it cannot be read, or a policy was given. */
  text: string | null
  /** Passwords that came with it, by `user NAME` and `smarthost NAME`. */
  given: ReadonlyMap<string, string>
  /** PEM of the file that the rules name. */
  pem?: string
  problems: RulesProblem[]
}

const unknownProblems = ({ unknown }: RelayPolicy): RulesProblem[] =>
  unknown.map(({ text, line, within }) => ({
    severity: 'warning',
    ...(line === undefined ? {} : { line, column: 1 }),
    message: `${text.split('\n')[0]!.slice(0, 200)} is not known here${within === undefined ? '' : ` (in ${within})`}: it is kept and does nothing`,
  }))

/** A listing of 10,000 mistakes helps nobody, and would be too much for a message to the page. */
const mostProblems = 500

const place = ({ line = Infinity }: RulesProblem): number => line

/** Of too many, errors are kept first: what has one must never pass for right. */
function listed(problems: readonly RulesProblem[]): RulesProblem[] {
  const errors = problems.filter(({ severity }) => severity === 'error')
  const warnings = problems.filter(({ severity }) => severity !== 'error')
  return [...errors, ...warnings].slice(0, mostProblems).toSorted((a, b) => {
    const [one, other] = [place(a), place(b)]
    return one === other ? (a.column ?? 0) - (b.column ?? 0) : one < other ? -1 : 1
  })
}

/** Never rejects. Nothing is saved. */
export async function readRules(input: RulesInput, now: Date): Promise<ReadRules> {
  if ('text' in input) {
    const { policy, secrets, problems } = parseNotation(input.text)
    const file = await readCertificateFile(policy, now)
    const whole = placed([...policyProblems(policy), ...file.problems], input.text)
    const text = problems.map((one): RulesProblem => ({ severity: 'error', ...one }))
    return {
      policy,
      text: hasErrors(text) ? null : maskNotation(input.text),
      given: secrets,
      ...(file.pem === undefined ? {} : { pem: file.pem }),
      problems: listed([...text, ...whole, ...unknownProblems(policy)]),
    }
  }
  const { policy, secrets = {} } = input
  const file = await readCertificateFile(policy, now)
  return {
    policy,
    text: null,
    given: new Map(Object.entries(secrets).filter(([, value]) => value !== '' && value !== keptPassword)),
    ...(file.pem === undefined ? {} : { pem: file.pem }),
    problems: listed([...policyProblems(policy), ...file.problems]),
  }
}

export const hasErrors = (problems: readonly RulesProblem[]): boolean =>
  problems.some(({ severity }) => severity === 'error')
