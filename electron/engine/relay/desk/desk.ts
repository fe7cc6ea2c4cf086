/**
 * Owns: the relay's rules and settings while the program runs: the ones that hold, what they would be, replacing them as a
 * whole, hits of each rule. Rules with an error change nothing: those that hold stay.
 */
import { emptyPolicy, type RelayPolicy } from '#shared/relay/policy.ts'
import { openRelayWords } from '#shared/relay/problems.ts'
import { listenersNow, planListeners, relayCertificate, type ListenerPlan } from '#shared/relay/listeners.ts'
import { placed } from '#shared/relay/placed.ts'
import { rulesOf } from '#shared/relay/rules.ts'
import type { FieldProblem } from '#shared/rpc/contract/fieldProblem.ts'
import { ListenerConfig } from '#shared/rpc/contract/listener.ts'
import type { RelayRules, RulesInput, RulesProblem } from '#shared/rpc/contract/relay.ts'
import type { Clock, Log, Secrets } from '../../ports.ts'
import type { LocalServer } from '../../server/types.ts'
import type { Store } from '../../store/types.ts'
import type { Authority, RelayRulesNow } from '../types.ts'
import { readAuthorityFiles } from './authorityFiles.ts'
import { readCertificateFile } from './certificateFile.ts'
import { Hits } from './hits.ts'
import { openOutside } from './openOutside.ts'
import { hasErrors, listed, readRules, type ReadRules } from './read.ts'
import { loadKept, missingSecrets, saveRules, saveSettings, secretsFor, unlocked, type Kept, type SavedRules } from './saved.ts' // prettier-ignore
import { withSettings, type SettingsChange } from './settings.ts'
import { settled, type Settled } from './settled.ts'

/** What the desk asks of the local server, whose listeners the relay's are. */
export type DeskServer = Pick<
  LocalServer,
  'loaded' | 'status' | 'configure' | 'relayChanged' | 'addCertificate'
>

export interface DeskOptions {
  store: Pick<Store, 'getSetting' | 'putSetting'>
  secrets: Secrets
  clock: Clock
  log: Log
  /** The command line says how to consent by an option. */
  terminal: boolean
  /** Called when rules, settings, secrets or allowed hosts are others than before. */
  changed(now: RelayRulesNow): void
}

export interface SetRules {
  saved: boolean
  rules: RelayRules
  /** Where they were to be planned only. */
  listeners?: ListenerConfig[]
}

/** Whether the relay's listeners become those of the rules, or are planned by the rules alone. */
type Listening = boolean | 'planned'

const folderOf = (input: RulesInput): { folder?: string } =>
  'text' in input && input.folder !== undefined ? { folder: input.folder } : {}

const textsOf = (policy: RelayPolicy): string[] => rulesOf(policy).map(({ text }) => text)

const refusing = ({ policy }: ReadRules, { listeners, problems }: ListenerPlan): ListenerPlan => ({
  listeners,
  problems: [...problems, ...openOutside(policy, listeners)],
})

const writtenAnew: RulesProblem = {
  severity: 'warning',
  message: 'The text of the rules was written anew: comments of the one before are not in it.',
}

export class RelayDesk {
  readonly #options: DeskOptions
  #kept: Kept
  #allowed: readonly string[]
  #authorities: ReadonlyMap<string, Authority> = new Map()
  #server: DeskServer | null = null
  #now: RelayRulesNow
  readonly #hits: Hits
  /** What whoever set the rules was told of them. */
  #told: ReadonlySet<string> = new Set()
  #last: Promise<unknown> = Promise.resolve()
  /** Why the rules are an open relay, and when they were tried for it. */
  openRelay: readonly string[] = []
  testedAt: Date | undefined

  private constructor(options: DeskOptions, kept: Kept, allowed: readonly string[], hits: Hits) {
    this.#options = options
    this.#hits = hits
    this.#kept = kept
    this.#allowed = allowed
    this.#now = this.#made()
    this.#test()
  }

  static async open(options: DeskOptions, allowed: readonly string[]): Promise<RelayDesk> {
    const { store, secrets, log } = options
    const kept = await loadKept(store, secrets, log)
    const hits = await Hits.open(options, textsOf(kept.rules?.policy ?? emptyPolicy()))
    return new RelayDesk(options, kept, allowed, hits)
  }

  /** The server needs the desk's rules to be made, and the desk its listeners later. */
  attach(server: DeskServer): void {
    this.#server = server
    this.renamed()
  }

  /** Once the server can be asked: its saved name, and the files that the rules name as they are today. Never rejects. */
  async start(): Promise<void> {
    try {
      await this.#server?.loaded()
      this.renamed()
      const [{ policy }, now] = [this.#now, this.#options.clock.now()]
      const { pem, problems } = await readCertificateFile(policy, now)
      const { authorities, problems: untrusted } = await readAuthorityFiles(policy, now)
      this.#authorities = authorities
      if (authorities.size > 0) this.#changed()
      for (const { message } of [...problems, ...untrusted, ...(await this.#putCertificate({ pem }))]) if (!this.#told.has(message)) this.#warn(message) // prettier-ignore
    } catch (error) {
      // The rest of the program must still open, or nobody could put it right.
      this.#warn(error instanceof Error ? error.message : String(error))
    }
  }

  rules(): RelayRulesNow {
    return this.#now
  }

  /** The rules that hold, as they are shown. */
  async shown(): Promise<RelayRules> {
    const { policy, text, folder }: SavedRules = this.#kept.rules ?? settled(emptyPolicy())
    const server = await this.#listeners()
    const listeners = listenersNow(policy.listeners, server)
    const own = listeners.every((one, place) => one === policy.listeners[place]) && listeners.length === policy.listeners.length // prettier-ignore
    const now = own ? { policy, text } : settled({ ...policy, listeners }, { text, folder })
    const read = await readRules({ text: now.text, ...(folder === undefined ? {} : { folder }) }, this.#options.clock.now()) // prettier-ignore
    return this.#described({ ...read, policy: now.policy, text: now.text }, this.#plan(now.policy, server).problems, this.#hits) // prettier-ignore
  }

  /** What rules would be; nothing is saved. */
  async read(input: RulesInput): Promise<RelayRules> {
    const read = await readRules(this.#inFolder(input), this.#options.clock.now())
    return this.#described(read, refusing(read, this.#plan(read.policy, await this.#listeners())).problems)
  }

  /** `consent`: to listeners that other machines can reach. */
  setRules(input: RulesInput, listeners: Listening, consent = false): Promise<SetRules> {
    return this.#inTurn(() => this.#setRules(input, listeners, consent))
  }

  setSettings(change: SettingsChange): Promise<FieldProblem[]> {
    return this.#inTurn(async () => {
      this.#kept = await unlocked(this.#kept, this.#options.secrets)
      const next = withSettings(this.#kept, change)
      if (!next.ok) return next.problems
      const { store, secrets } = this.#options
      await saveSettings(next.kept, store, secrets)
      this.#kept = next.kept
      this.#changed()
      return []
    })
  }

  allow(hosts: readonly string[]): void {
    this.#allowed = hosts
    this.#changed()
  }

  /** The server's own name is said in EHLO: asked for again when its rules were changed. */
  renamed(): void {
    if (this.#name() !== this.#now.name) this.#changed()
  }

  /** A rule decided about an attempt. */
  hit(number: number): void {
    this.#hits.hit(number)
  }

  /** What is still to be written; after the last attempt. Never rejects. */
  stop(): Promise<void> {
    return this.#hits.flush()
  }

  async #setRules(input: RulesInput, listeners: Listening, consent: boolean): Promise<SetRules> {
    this.#kept = await unlocked(this.#kept, this.#options.secrets)
    const inFolder = this.#inFolder(input)
    const read = await readRules(inFolder, this.#options.clock.now())
    const before = listeners === 'planned' ? [] : await this.#listeners()
    const plan = refusing(read, listeners !== false ? this.#plan(read.policy, before, { consent, pem: read.pem }) : { listeners: before, problems: [] }) // prettier-ignore
    const wrong = hasErrors([...read.problems, ...plan.problems])
    const problems = [...read.problems, ...(wrong ? [] : await this.#putCertificate(read))]
    if (wrong || hasErrors(problems)) return { saved: false, rules: this.#described({ ...read, problems }, plan.problems) } // prettier-ignore
    const { anew, ...made }: Settled = read.text === null ? settled(read.policy, this.#kept.rules) : { policy: read.policy, text: read.text, ...folderOf(inFolder) } // prettier-ignore
    const { policy, text } = made
    const { store, secrets } = this.#options
    const kept: Kept = { ...this.#kept, rules: made, secrets: secretsFor(this.#kept, policy, read.given, read.renamed) } // prettier-ignore
    await saveRules(kept, store, secrets)
    this.#kept = kept
    this.#authorities = read.authorities
    this.#hits.rules(textsOf(policy))
    this.#test()
    this.#changed()
    const server = await this.#configure(listeners === true ? plan : null)
    const rules = this.#described({ ...read, policy, text, problems: [...read.problems, ...server, ...(anew ? [writtenAnew] : [])] }, plan.problems, this.#hits) // prettier-ignore
    this.#told = new Set(rules.problems.map(({ message }) => message))
    return { saved: true, rules, ...(listeners === 'planned' ? { listeners: plan.listeners } : {}) }
  }

  /** A text that says nothing of it is one of the same folder as before. */
  #inFolder(input: RulesInput): RulesInput {
    const { folder } = this.#kept.rules ?? {}
    return 'text' in input && input.folder === undefined && folder !== undefined
      ? { ...input, folder }
      : input
  }

  async #putCertificate({ pem }: { pem?: string | undefined }): Promise<RulesProblem[]> {
    if (pem === undefined || this.#server === null) return []
    const { problems } = await this.#server.addCertificate({ name: relayCertificate, certificate: pem, key: pem }) // prettier-ignore
    return problems.map(({ message }) => ({ severity: 'error', field: 'certificate', message: `the certificate ${message}` })) // prettier-ignore
  }

  /** Listeners of a server that runs take users and TLS of the rules anew, also when they stay where they are. */
  async #configure(plan: ListenerPlan | null): Promise<RulesProblem[]> {
    if (this.#server === null) return []
    const server = this.#server
    const answer = plan === null ? await server.relayChanged() : await server.configure({ listeners: plan.listeners }) // prettier-ignore
    // What keeps one listener from running stands in its status.
    const wrong = answer.problems.filter(({ field }) => !/^listeners\[\d+\]$/.test(field))
    return wrong.map(({ field, value, message }) => ({ severity: 'warning', message: `${field} ${value}: ${message}` })) // prettier-ignore
  }

  /** The server's, without how they stand. */
  async #listeners(): Promise<ListenerConfig[]> {
    const status = await this.#server?.loaded()
    return (status?.listeners ?? []).map((listener) => ListenerConfig.parse(listener))
  }

  #plan(
    { listeners, users }: RelayPolicy,
    before: readonly ListenerConfig[],
    { consent = false, pem }: { consent?: boolean; pem?: string | undefined } = {},
  ): ListenerPlan {
    const remedy = this.#options.terminal
      ? '--allow-outside is given'
      : "you allow access from outside for it among the local server's listeners"
    return planListeners(listeners, before, {
      consent,
      remedy,
      certificate: pem === undefined ? undefined : relayCertificate,
      askCertificate: users.some(({ method }) => method === 'certificate'),
    })
  }

  #described(read: ReadRules, planned: ListenerPlan['problems'], hits?: Hits): RelayRules {
    const { policy, given, renamed } = read
    const text = read.text ?? settled(policy, this.#kept.rules).text
    return {
      policy,
      text,
      rules: rulesOf(policy).map((rule, place) => ({
        number: place + 1,
        rule: rule.text,
        ...(rule.line === undefined ? {} : { line: rule.line }),
        ...(hits?.of(place + 1) ?? { hits: 0 }),
      })),
      problems: listed([...read.problems, ...(read.source === null ? planned : placed(planned, read.source))]),
      missing: missingSecrets(policy, secretsFor(this.#kept, policy, given, renamed)),
      openRelay: openRelayWords(policy),
    }
  } // prettier-ignore

  #warn(words: string): void {
    this.#options.log('warn', `The relay's rules: ${words}`)
  }

  #test(): void {
    this.openRelay = openRelayWords(this.#kept.rules?.policy ?? emptyPolicy())
    this.testedAt = this.#options.clock.now()
  }

  #name(): string {
    return this.#server?.status().name ?? 'relayscope.localhost'
  }

  #made(): RelayRulesNow {
    const { rules, secrets, settings } = this.#kept
    return { policy: rules?.policy ?? emptyPolicy(), secrets, settings, allowed: this.#allowed, name: this.#name(), authorities: this.#authorities } // prettier-ignore
  }

  #changed(): void {
    this.#now = this.#made()
    this.#options.changed(this.#now)
  }

  /** One after another: two changes at once must not leave a mixture. */
  #inTurn<T>(task: () => Promise<T>): Promise<T> {
    const next = this.#last.then(task)
    this.#last = next.catch(() => undefined)
    return next
  }
}
