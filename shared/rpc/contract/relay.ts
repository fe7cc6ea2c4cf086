/**
 * Owns: the relay as a person and a page see it: its settings, its rules as text and as a policy, attempts with their
 * traces, the queue, what may be done to it, and reports that came back. Moments are ISO 8601 in UTC unless said
 * otherwise. No password travels to the page: in a text it is eight asterisks, which keep the one that is saved.
 */
import { z } from 'zod'
import { RelayPolicy } from '../../relay/policy.ts'
import { FieldProblem } from './fieldProblem.ts'
import { call, nothing, stream } from './kinds.ts'
import { ListenerConfig } from './listener.ts'
import { legStates, QueueCounts, QueueDetail, QueueItem, queueActs, QueueTarget, RelayReport } from './relayQueue.ts' // prettier-ignore

export * from './relayQueue.ts'

const count = z.int().min(0)
const Moment = z.iso.datetime()

/** Where everything goes. `allowed`: to its destination, where a person allowed that; else it waits. */
export const Delivery = z.discriminatedUnion('to', [
  z.object({ to: z.literal('allowed') }),
  /** A catch-all: every message ends in the Inbox, nothing leaves this computer. */
  z.object({ to: z.literal('inbox') }),
  /** A catch-all: every message goes to this one host, which is allowed thereby. */
  z.object({
    to: z.literal('host'),
    host: z.string().min(1).max(255),
    port: z.int().min(1).max(65_535),
    tls: z.enum(['plain', 'starttls', 'implicit']).default('starttls'),
    user: z.string().min(1).max(256).optional(),
  }),
])
export type Delivery = z.infer<typeof Delivery>

export const RelaySettings = z.object({
  delivery: Delivery,
  /** Nothing is delivered; mail is still taken. */
  paused: z.boolean(),
  /** `IP` or `IP:PORT` of the name server that is asked for MX, addresses and TLSA; absent: the system's. */
  resolver: z.string().max(100).optional(),
  /** That name server checks DNSSEC, and the way to it is trusted: only then DANE is proven (RFC 7672 §2.2). */
  resolverValidates: z.boolean().optional(),
  /** Port of mail exchangers. Absent: 25. */
  mxPort: z.int().min(1).max(65_535).optional(),
})
export type RelaySettings = z.infer<typeof RelaySettings>

/** One rule in the order in which they are looked at. */
export const RuleRow = z.object({
  number: z.int().min(1),
  /** As the text writes it. */
  rule: z.string(),
  line: z.int().optional(),
  /** Attempts that it decided since `since`; a rule that stays as it was keeps them while others are changed. */
  hits: count,
  /** When they began to be counted; absent of rules that do not hold. */
  since: Moment.optional(),
})
export type RuleRow = z.infer<typeof RuleRow>

/** `line` and `column` from 1, where the rules came as text; `field` where they came from a form. */
export const RulesProblem = z.object({
  severity: z.enum(['error', 'warning']),
  line: z.int().optional(),
  column: z.int().optional(),
  field: z.string().optional(),
  message: z.string(),
})
export type RulesProblem = z.infer<typeof RulesProblem>

export const RelayRules = z.object({
  policy: RelayPolicy,
  /** The policy with its listeners in PowerMTA's notation; passwords masked. */
  text: z.string(),
  rules: z.array(RuleRow),
  problems: z.array(RulesProblem),
  /** Users and smarthosts without a saved password, as `user foo`. */
  missing: z.array(z.string()),
  /** Why it is an open relay, in words; empty when it is none. */
  openRelay: z.array(z.string()),
})
export type RelayRules = z.infer<typeof RelayRules>

export const Attempt = z.object({
  client: z.string().max(64),
  port: z.int().optional(),
  secured: z.boolean(),
  user: z.string().optional(),
  sender: z.string(),
  recipient: z.string(),
})
export const TraceStep = z.object({
  number: z.int(),
  rule: z.string(),
  line: z.int().optional(),
  compared: z.string(),
  result: z.enum(['no-match', 'go-on', 'decided', 'not-reached']),
})
export const Decision = z.object({
  relay: z.boolean(),
  because: z.string(),
  reply: z.object({ code: z.int(), enhanced: z.string(), text: z.string() }).optional(),
  decidedBy: z.int(),
  trace: z.array(TraceStep),
})

/** One RCPT that was asked, with the rules as they were then. */
export const RelayAttemptRow = z.object({
  id: z.string(),
  at: Moment,
  /** Its dialogue, and the event of the RCPT in it. */
  session: z.string(),
  seq: z.int(),
  /** The listener's. */
  port: z.int(),
  /** What the client called itself in EHLO. */
  hello: z.string().optional(),
  attempt: Attempt,
  decision: Decision,
})
export type RelayAttemptRow = z.infer<typeof RelayAttemptRow>

export const Suggestion = z.object({
  title: z.string(),
  relay: z.boolean(),
  because: z.string(),
  /** The changed rules; absent where the client has to do something else instead. */
  policy: RelayPolicy.optional(),
})

/** How mail of an attempt would go on; absent words: not decided without asking DNS. */
export const WayOn = z.object({
  virtualMta: z.string().optional(),
  /** Why this virtual MTA, in words. */
  because: z.string(),
  /** `192.0.2.4 as mta1.shop.example`, `TLS required (virtual-mta mta1, domain *)`, `tried again after 10 min`, ... */
  words: z.array(z.string()),
})

export const RelayStatus = z.object({
  settings: RelaySettings,
  /** Name said in EHLO where no rule says another. */
  name: z.string(),
  counts: QueueCounts,
  /** No listener of this program relays: the queue was not taken up, and stands still in the store. */
  asleep: z.literal(true).optional(),
  virtualMtas: z.array(
    z.object({
      name: z.string(),
      sourceHosts: z.array(z.object({ address: z.string(), name: z.string() })),
      /** Of `domain *`: what holds where no other entry does. */
      tls: z.enum(['required', 'used', 'off']),
      retryAfter: count,
      queued: count,
    }),
  ),
  openRelay: z.array(z.string()),
  /** When the rules were last tried for being an open relay. */
  testedAt: Moment.optional(),
  /** Whom it may send to. */
  allowedHosts: z.array(z.string()),
  /** Grows with every attempt, change of the queue and report: who sees another one asks again. */
  version: z.object({ attempts: count, queue: count, reports: count, rules: count }),
})
export type RelayStatus = z.infer<typeof RelayStatus>

/** What became of mail at the relay, told as it happens; nothing is told that is not stored. */
export const RelayEvent = z.object({
  at: Moment,
  /** `queued`: taken, or made by the relay itself; `again`: tried, and to be tried again. */
  what: z.enum(['queued', 'delivered', 'again', 'bounced', 'held', 'dropped']),
  /** The queue's entry; of `queued` the message. */
  id: z.string(),
  sender: z.string(),
  /** The first twenty of them. */
  recipients: z.array(z.string()),
  /** Recipients beyond those. */
  more: count,
  size: count,
  subject: z.string().optional(),
  /** What was said last, or why. */
  words: z.string(),
  host: z.string().optional(),
  sealed: z.string().optional(),
  /** The dialogue that it comes from. */
  session: z.string().optional(),
  /** When it is tried again. */
  nextAt: Moment.optional(),
})
export type RelayEvent = z.infer<typeof RelayEvent>

const Secrets = z.record(z.string(), z.string())

/**
 * Either the whole text, or a policy with the passwords that are new, by `user NAME` and `smarthost NAME`. `folder`: where
 * paths of the text begin that are not whole; absent: where those of the rules that hold do.
 */
const Renamed = z.object({ from: z.string().max(256), to: z.string().max(256) })
export const RulesInput = z.union([
  z.object({ text: z.string().max(4_000_000), folder: z.string().max(4096).optional() }),
  /** `renamed`: a user who has another name from now on, and keeps the password. */
  z.object({ policy: RelayPolicy, secrets: Secrets.optional(), renamed: Renamed.optional() }),
])
export type RulesInput = z.infer<typeof RulesInput>

const Done = z.object({ status: RelayStatus, problems: z.array(FieldProblem) })
const Paging = { before: z.string().optional(), limit: z.int().min(1).max(500).default(100) }

export const relay = {
  'relay.status': call(nothing, RelayStatus),
  /** After each change, at most a few a second under load. */
  'relay.changes': stream(nothing, RelayStatus),
  /** From now on; under a flood the oldest that were not read yet are lost, and counted. */
  'relay.events': stream(nothing, RelayEvent),
  'relay.rules': call(nothing, RelayRules),
  /** What a text or a policy would be; nothing is saved. */
  'relay.read': call(RulesInput, RelayRules),
  /**
   * Saves rules without errors, and lets the server work by them; those that run are kept when one is wrong.
   * `listeners`: whether the relay's listeners become those of the rules; `planned`: they are told in the answer instead,
   * as rules and consent make them, whatever was set or allowed at one before. `allowOutside`: a person consents to what
   * they ask; without it one that other machines could reach is on a loopback address, and a warning says so.
   */
  'relay.setRules': call(
    z.object({
      rules: RulesInput,
      listeners: z.union([z.boolean(), z.literal('planned')]).default(true),
      allowOutside: z.boolean().default(false),
    }),
    z.object({ saved: z.boolean(), rules: RelayRules, listeners: z.array(ListenerConfig).optional() }),
  ),
  'relay.setSettings': call(
    RelaySettings.partial().extend({
      /** Null: the system's. */
      resolver: z.string().max(100).nullable().optional(),
      /** Of the one host that everything goes to. */
      password: z.string().optional(),
    }),
    Done,
  ),
  /** What the rules, or those given, do with this attempt, and what would let it through. Nothing is sent. */
  'relay.try': call(
    z.object({ attempt: Attempt, rules: RulesInput.optional() }),
    z.object({ decision: Decision, suggestions: z.array(Suggestion), wayOn: WayOn }),
  ),
  'relay.attempts': call(
    z.object({ ...Paging, refused: z.boolean().default(false) }),
    z.object({ items: z.array(RelayAttemptRow), next: z.string().optional() }),
  ),
  /** `open`: waiting, delivering, held. Those that go next come first, then the held, then what is over, newest first. */
  'relay.queue': call(
    z.object({
      ...Paging,
      show: z.enum(['all', 'open', ...legStates]).default('all'),
      /** Words of address, sender, domain or subject. */
      text: z.string().max(1000).default(''),
      /** Only those of this domain; then what is over is left out. */
      domain: z.string().min(1).max(255).optional(),
    }),
    z.object({ items: z.array(QueueItem), next: z.string().optional(), total: count, counts: QueueCounts }),
  ),
  /** Rejects with `not-found`. */
  'relay.queueItem': call(z.object({ id: z.string() }), QueueDetail),
  /**
   * `retry`: now. `hold`, `release`: by hand. `drop`: forgotten, nobody is told. `bounce`: back to its sender now.
   * `use-mta`: goes on by `virtualMta`. Answers how many entries it was done to.
   */
  'relay.act': call(
    z.object({ act: z.enum(queueActs), target: QueueTarget, virtualMta: z.string().max(64).optional() }),
    z.object({ done: count, problems: z.array(FieldProblem) }),
  ),
  'relay.reports': call(
    z.object(Paging),
    z.object({ items: z.array(RelayReport), next: z.string().optional() }),
  ),
}
