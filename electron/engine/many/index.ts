/**
 * Owns: the front door of runs of many messages: checks one, composes its first message, and starts it. Nothing is dialled
 * for a run with problems.
 */
import { randomUUID } from 'node:crypto'
import type { DialoguePlan } from '#shared/rpc/contract/dialogue.ts'
import type { FieldProblem } from '#shared/rpc/contract/fieldProblem.ts'
import type { ManyPlan, ManyProgress, ManyResult } from '#shared/rpc/contract/many.ts'
import type { Message } from '#shared/rpc/contract/message.ts'
import type { StreamSource } from '#shared/rpc/types.ts'
import { createClientMachine } from '#shared/smtp/machine/client.ts'
import type { ClientTransaction } from '#shared/smtp/machine/options.ts'
import { checkPlan } from '../dialogue/checkPlan.ts'
import type { MessageSource } from '../dialogue/content.ts'
import { machineOptions } from '../dialogue/options.ts'
import { type Lookup, systemLookup } from '../dialogue/resolve.ts'
import { secretForms } from '../dialogue/secrets.ts'
import { hideText } from '../transcripts/conceal.ts'
import type { Clock, Log } from '../ports.ts'
import { checkRun } from './check.ts'
import { type ExampleDeps, Examples } from './examples.ts'
import { type Composed, type Context, type Envelope, Maker } from './maker.ts'
import { ManyRun } from './run.ts'

export interface ManyDeps extends ExampleDeps {
  clock: Clock
  log: Log
  compose(
    message: Message,
    given: Pick<DialoguePlan, 'envelopeFrom' | 'envelopeTo'>,
    context: Context,
  ): Promise<Composed>
  /** The system's by default. */
  lookup?: Lookup | undefined
}

export interface Many {
  progress: StreamSource<ManyProgress>
  /** Rejects only for a defect of this program. */
  result: Promise<ManyResult>
  cancel(): void
}

export type StartedMany = ({ ok: true; id: string } & Many) | { ok: false; problems: FieldProblem[] }

export async function startMany(plan: ManyPlan, deps: ManyDeps): Promise<StartedMany> {
  const request = withVariables(plan.request)
  const problems = [...checkRun(plan), ...inRequest(checkPlan(request))]
  if (problems.length > 0 || !request.message) return { ok: false, problems }
  const { message } = request
  const opened = await Maker.open({
    compose: (context) => deps.compose(message, request, context),
    transaction: (source, envelope) => transactionOf(request, source, envelope),
    now: () => deps.clock.now(),
  }).catch((error: unknown) => unsayable(error, request))
  if (!opened.ok) return { ok: false, problems: inRequest(opened.problems) }
  return { ok: true, id: randomUUID(), ...begin({ ...plan, request }, opened.maker, deps) }
}

function begin(plan: ManyPlan, maker: Maker, deps: ManyDeps): Many {
  const { request } = plan
  const { host, port, tls } = request.target
  const run = new ManyRun(plan, {
    clock: deps.clock,
    target: request.target,
    lookup: once(deps.lookup ?? systemLookup),
    secrets: secretForms(request.auth.user, request.auth.password),
    options: (local, { transaction }) => ({ ...machineOptions(request, null, local), transaction }),
    make: (n) => maker.make(n),
    examples: new Examples({ source: 'send', role: 'client', host, port, tls }, deps),
    onDefect: (error) => deps.log('error', 'a run failed by a defect', { error: String(error) }),
  })
  const result = run.run()
  result.catch(() => {})
  return { progress: run.progress, result, cancel: () => run.cancel() }
}

/** Variables that a message knows without being given them. */
const builtIn = /\{\{ {0,9}(?:n|date|uuid|to) {0,9}\}\}/u

/** One who numbers the messages wants the braces read. */
function withVariables(request: DialoguePlan): DialoguePlan {
  const { message } = request
  if (!message || message.variables) return request
  const { subject, text, html, headers, from, to, cc, bcc, replyTo } = message
  const texts = [
    subject,
    text,
    html ?? '',
    from,
    ...to,
    ...cc,
    ...bcc,
    ...replyTo,
    ...headers.map(({ value }) => value),
  ]
  return texts.some((one) => builtIn.test(one))
    ? { ...request, message: { ...message, variables: {} } }
    : request
}

/** What the machine is told of a message. Throws RangeError for what can never be said. */
function transactionOf(request: DialoguePlan, source: MessageSource, envelope: Envelope): ClientTransaction {
  const plan = { ...request, envelopeFrom: envelope.from, envelopeTo: envelope.to }
  const options = machineOptions(plan, source, '127.0.0.1')
  createClientMachine(options)
  return options.transaction!
}

function unsayable(error: unknown, { auth }: DialoguePlan): { ok: false; problems: FieldProblem[] } {
  if (!(error instanceof RangeError)) throw error
  const message = hideText(error.message, secretForms(auth.user, auth.password))
  return { ok: false, problems: [{ field: 'request', value: '', message }] }
}

const inRequest = (problems: FieldProblem[]): FieldProblem[] =>
  problems.map((problem) => ({
    ...problem,
    field: problem.field === 'request' ? 'request' : `request.${problem.field}`,
  }))

/** Each name is looked up once for all connections of a run. */
function once(lookup: Lookup): Lookup {
  const known = new Map<string, Promise<string[]>>()
  return Object.assign(
    (name: string, family: 4 | 6) => {
      const key = `${family} ${name}`
      const asked = known.get(key) ?? lookup(name, family)
      known.set(key, asked)
      return asked
    },
    lookup.askedOf ? { askedOf: (name: string) => lookup.askedOf?.(name) } : {},
  )
}
