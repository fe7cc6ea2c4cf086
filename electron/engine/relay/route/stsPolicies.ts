/**
 * Owns: the MTA-STS policies of the domains that mail goes to (RFC 8461): each is kept by its id for as long as it says,
 * also when record or policy host cannot be reached meanwhile (§5.1), so that who hides them does not take TLS away.
 * A restart forgets none (stsMemory.ts).
 */
import { fetchStsPolicy, readStsRecord, type StsOptions } from '../../domain/mtaSts.ts'
import type { StsPolicy } from '../../domain/stsPolicy.ts'
import type { Witness } from '../../domain/witness.ts'
import { type KeptPolicy, noMemory, type StsMemory } from './stsMemory.ts'

export interface Sts {
  /** Null: none, or one of mode `none`. */
  policy: StsPolicy | null
  /** A sentence where something is to be said. */
  remark?: string | undefined
}

/** Policies, and failures, that are kept; a queue may meet any number of domains. */
const most = 1000
/** A policy that could not be read is not asked for again so soon (§3.3). */
const failureLife = 300_000

interface KeptFailure {
  id: string
  problem: string
  until: number
}

export class StsPolicies {
  readonly #options: Omit<StsOptions, 'signal'>
  readonly #kept = new Map<string, KeptPolicy>()
  readonly #failed = new Map<string, KeptFailure>()
  readonly #asking = new Map<string, Promise<Sts>>()
  readonly #memory: StsMemory
  #loaded: Promise<void> | undefined

  constructor(options: Omit<StsOptions, 'signal'>, memory: StsMemory = noMemory) {
    this.#options = options
    this.#memory = memory
  }

  /** The policy host is contacted only when there is a record with an id that is not known. Never rejects. */
  find(domain: string, witness: Witness): Promise<Sts> {
    const known = this.#asking.get(domain)
    if (known) return known
    const asking = this.#find(domain, witness).finally(() => this.#asking.delete(domain))
    this.#asking.set(domain, asking)
    return asking
  }

  /** Whether there is a policy, without reading it. */
  async announced(domain: string, witness: Witness): Promise<boolean> {
    await this.#load()
    return this.#valid(domain) !== undefined || (await readStsRecord(domain, witness)).state === 'found'
  }

  #load(): Promise<void> {
    this.#loaded ??= this.#remember()
    return this.#loaded
  }

  async #remember(): Promise<void> {
    for (const [domain, kept] of await this.#memory.load(this.#now())) put(this.#kept, domain, kept)
  }

  #now(): number {
    return this.#options.now().getTime()
  }

  #valid(domain: string): KeptPolicy | undefined {
    const kept = this.#kept.get(domain)
    return kept !== undefined && kept.until > this.#now() ? kept : undefined
  }

  async #find(domain: string, witness: Witness): Promise<Sts> {
    await this.#load()
    const record = await readStsRecord(domain, witness)
    const kept = this.#valid(domain)
    if (record.state !== 'found') return kept ? inForce(kept.policy, domain, 'its record is not to be had') : none
    if (kept?.id === record.id) {
      witness.say(keptWords(domain, kept))
      return inForce(kept.policy)
    }
    const problem = this.#failedLately(domain, record.id) ?? (await this.#fetch(domain, record.id, witness))
    const now = this.#valid(domain)
    if (problem === undefined) return now ? inForce(now.policy) : none
    if (now) return inForce(now.policy, domain, problem)
    return { policy: null, remark: `${domain} announces MTA-STS, but its policy does not hold: ${problem}.` }
  } // prettier-ignore

  #failedLately(domain: string, id: string): string | undefined {
    const failure = this.#failed.get(domain)
    return failure?.id === id && failure.until > this.#now() ? failure.problem : undefined
  }

  /** What is wrong, in words; undefined when the policy is kept. */
  async #fetch(domain: string, id: string, witness: Witness): Promise<string | undefined> {
    // Not the plan's own signal: what one of several began for all goes on when that one's time is over.
    const signal = AbortSignal.timeout(5 * this.#options.timeout)
    const fetched = await fetchStsPolicy(domain, { ...this.#options, signal }, witness)
    const now = this.#now()
    if (fetched.how !== 'read') {
      put(this.#failed, domain, { id, problem: fetched.problem, until: now + failureLife })
      return fetched.problem
    }
    this.#failed.delete(domain)
    put(this.#kept, domain, { id, policy: fetched.policy, until: now + fetched.policy.maxAge * 1000 })
    void this.#memory.save(this.#kept)
    return undefined
  }
}

const none: Sts = { policy: null }

const keptWords = (domain: string, { id, until, policy: { mode, patterns } }: KeptPolicy): string =>
  `MTA-STS policy of ${domain}, id ${id}, read before and good until ${new Date(until).toISOString()}: mode ${mode}, mx ${patterns.join(', ')}`

/** `because`: why it is an older one. */
function inForce(policy: StsPolicy, domain?: string, because?: string): Sts {
  if (policy.mode === 'none') return none
  return because === undefined
    ? { policy }
    : { policy, remark: `The MTA-STS policy of ${domain} that is known from before holds: ${because}.` }
}

/** The newest at the end; the oldest goes. */
function put<V>(map: Map<string, V>, key: string, value: V): void {
  map.delete(key)
  if (map.size >= most) map.delete(map.keys().next().value ?? '')
  map.set(key, value)
}
