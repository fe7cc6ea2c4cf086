/**
 * Owns: `relayscope relay check FILE`: what is wrong with a relay's rules, and what they would do with one client, user,
 * sender and recipient, rule by rule; without such an attempt what they come to. Nothing listens and nothing is sent.
 *
 * Status 0: the rules are right, and the attempt may relay; 1: it is refused, or the rules are an open relay; 2: the file
 * cannot be read or its rules cannot be run.
 */
import { dirname, resolve } from 'node:path'
import { decideAsked } from '#shared/relay/asked.ts'
import { offerFor, type RelayOffer } from '#shared/relay/decide.ts'
import type { RelayAttempt, RelayDecision, RuleResult } from '#shared/relay/decision.ts'
import { parseNotation, type NotationProblem } from '#shared/relay/notation/parse.ts'
import { missingSecrets, readRules } from '#engine/index.ts'
import {
  chooseVirtualMta,
  outboundRules,
  type OutboundChoice,
  type OutboundRules,
} from '#shared/relay/outbound.ts'
import type { RelayPolicy } from '#shared/relay/policy.ts'
import { isOwnPostmaster, ownPostmasterWords } from '#shared/relay/postmaster.ts'
import type { RulesProblem } from '#shared/rpc/contract/relay.ts'
import { outboundWords } from '#shared/relay/outboundWords.ts'
import { suggestionsFor } from '#shared/relay/suggest.ts'
import { domainOf } from '#shared/smtp/grammar/mailbox.ts'
import { GivenError, readGivenUpTo } from '../files.ts'
import { type ExitStatus, exitStatus, type Io, json, shown } from '../io.ts'
import { rulesProblemText } from '../relayProblems.ts'
import { relaySummary, type RelaySummary, relaySummaryText, verdict } from './relaySummary.ts'

export interface RelayCheckOptions {
  /** Absent: the rules alone are looked at. */
  client?: string
  user?: string
  tls: boolean
  from: string
  to?: string
  json: boolean
}

const mostOctets = 20_000_000

interface Tried {
  attempt: RelayAttempt
  offer: RelayOffer
  decision: RelayDecision
  virtualMta: OutboundChoice
  outbound: OutboundRules
  suggestions: { title: string; relay: boolean; because: string }[]
}

interface CheckReport {
  schema: 'relayscope.relay-check/1'
  /** All that is wrong, in the order of the lines; what is unknown included. */
  problems: RulesProblem[]
  /** In the text. */
  text: NotationProblem[]
  /** In what the text says, and in the file of its certificate. */
  policy: RulesProblem[]
  /** Directives that are kept and do nothing here. */
  unknown: RelayPolicy['unknown']
  summary: RelaySummary
  tried?: Tried
}

export async function relayCheck(file: string, options: RelayCheckOptions, io: Io): Promise<ExitStatus> {
  const text = await textOf(file, io)
  if (text === null) return exitStatus.usage
  const { policy, secrets, problems: inText } = parseNotation(text)
  const read = await readRules({ text, folder: dirname(resolve(file)) }, new Date())
  const problems = [...read.problems, ...withoutPassword(policy, secrets)]
  const tried = triedWith(policy, options)
  const report: CheckReport = {
    schema: 'relayscope.relay-check/1',
    problems,
    text: inText,
    policy: problems.filter(({ field }) => field !== undefined),
    unknown: policy.unknown,
    summary: relaySummary(policy, problems),
    ...(tried === null ? {} : { tried }),
  }
  if (options.json) io.out(json(report))
  else print(report, policy, file, io)
  if (problems.some(({ severity }) => severity === 'error')) return exitStatus.usage
  const open = report.policy.some(({ field }) => field === 'openRelay')
  return (tried === null ? open : !tried.decision.relay) ? exitStatus.findings : exitStatus.ok
}

/** A user with a mask for a password is told, too: it stands for one that another folder of data may not have. */
const withoutPassword = (policy: RelayPolicy, secrets: ReadonlyMap<string, string>): RulesProblem[] =>
  missingSecrets(policy, secrets).map((name) => {
    const line = policy.users.find((user) => name === `user ${user.name}`)?.line
    return { severity: 'warning', ...(line === undefined ? {} : { line }), message: `${name} has no password in this file; write it in` }
  }) // prettier-ignore

async function textOf(file: string, io: Io): Promise<string | null> {
  try {
    const octets = await readGivenUpTo('relay check', file, mostOctets, '20 MB')
    return new TextDecoder().decode(octets)
  } catch (error) {
    if (!(error instanceof GivenError)) throw error
    io.say(error.message)
    return null
  }
}

function triedWith(policy: RelayPolicy, { client, user, tls, from, to }: RelayCheckOptions): Tried | null {
  if (client === undefined || to === undefined) return null
  const asked: RelayAttempt = { client, secured: tls, sender: from, recipient: to, ...(user === undefined ? {} : { user }) } // prettier-ignore
  const { attempt, decision } = decideAsked(policy, asked)
  const virtualMta = chooseVirtualMta(policy, { ...attempt, headers: new Map() })
  return {
    attempt,
    offer: offerFor(policy, client),
    decision,
    virtualMta,
    outbound: outboundRules(policy, virtualMta.virtualMta, domainOf(to)),
    suggestions: suggestionsFor(policy, attempt).map(({ title, decision: { relay, because } }) => ({ title, relay, because })), // prettier-ignore
  }
}

const marks: Record<RuleResult, string> = { 'no-match': ' ', 'go-on': '·', decided: '→', 'not-reached': '-' }
const resultWords: Record<RuleResult, string> = {
  'no-match': 'no match',
  'go-on': 'match, go on',
  decided: 'decided',
  'not-reached': 'not reached',
}

function print({ problems, summary, tried }: CheckReport, policy: RelayPolicy, file: string, io: Io): void {
  for (const problem of problems) io.say(rulesProblemText(file, problem))
  const broken = summary.errors === 0 ? '' : `${verdict(summary)} What is right in them would do this:\n\n`
  io.out(tried ? `${broken}${triedText(tried)}` : relaySummaryText(policy, summary))
}

function triedText({ attempt, offer, decision, virtualMta, outbound, suggestions }: Tried): string {
  const { because, reply, trace } = decision
  const steps = trace.flatMap(({ number, rule, compared, result }) => [
    `${marks[result]} ${String(number).padStart(3)}  ${shown(rule)}  [${resultWords[result]}]`,
    `       ${shown(compared)}`,
  ])
  const signIn = offer.authAfterTls ? 'AUTH after TLS only' : 'AUTH in clear, too'
  const starttls = offer.starttlsRequired
    ? 'STARTTLS required'
    : offer.starttls
      ? 'STARTTLS offered'
      : 'no STARTTLS'
  const onward = !decision.relay
    ? ['What would let it through:', ...suggestions.map(({ title, relay }) => `  ${relay ? '✓' : '✗'} ${shown(title)}`)] // prettier-ignore
    : isOwnPostmaster(attempt.recipient)
      ? [`${ownPostmasterWords}.`]
      : [
          `Goes on by ${virtualMta.virtualMta ?? 'no virtual MTA'}: ${virtualMta.because}.`,
          ...outboundWords(outbound, attempt.sender).map((words) => `  ${shown(words)}`),
        ]
  return `${[
    shown(because),
    ...(reply ? [`  ${reply.code} ${reply.enhanced} ${reply.text}`] : []),
    `  Offered to this client: ${starttls}; ${signIn}.`,
    '',
    ...steps,
    '',
    ...onward,
  ].join('\n')}\n`
}
