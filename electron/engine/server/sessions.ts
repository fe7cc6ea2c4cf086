/** Owns: all sessions of the local server: admitting or refusing a connection, recording its beginning, ending them all. */
import { isIPv6, type Socket } from 'node:net'
import type { HoldRules } from '#shared/rpc/contract/server.ts'
import type { Clock, Log } from '../ports.ts'
import type { Store } from '../store/types.ts'
import type { Hub, Recorder } from '../transcripts/types.ts'
import { Admission, type AdmissionLimits } from './admission.ts'
import { diagnosed } from './diagnosed.ts'
import type { Listener } from './listener.ts'
import type { Hold } from './hold.ts'
import { holds, nobody } from './holdRules.ts'
import { NotKeptLog } from './notKeptLog.ts'
import { refuse } from './refusal.ts'
import { rulesFor } from './relayRules.ts'
import type { SessionRules } from './rules.ts'
import { Session } from './session.ts'
import { Sweep } from './sweep.ts'
import { type Home, Visit } from './visit.ts'
import { Wire } from './wire.ts'

export interface SessionsOptions {
  hub: Pick<Hub, 'begin'>
  store: Pick<Store, 'openContent'>
  clock: Clock
  log: Log
  /** A session came or went, or a message was kept. */
  changed: () => void
}

/** Held sessions that are named. */
const mostHeld = 50
/** Gates of ended sessions that are kept for whoever asks late: they say that it has ended. */
const mostEnded = 50
/** Milliseconds that sessions get to end politely. */
const graceMs = 3000

export class Sessions {
  readonly #options: SessionsOptions
  readonly #admission: Admission
  readonly #sweep: Sweep
  readonly #live = new Set<Session>()
  /** Those in which a person is waited for, in the order in which that began. */
  readonly #waiting = new Set<Session>()
  readonly #gates = new Map<string, Hold>()
  #hold: HoldRules = nobody
  #whenEmpty: (() => void) | undefined
  readonly #home: Home
  messages = 0

  constructor(options: SessionsOptions, limits: AdmissionLimits) {
    this.#options = options
    const { store, clock, log, changed } = options
    const unkept = new NotKeptLog(log, () => clock.micros() / 1000)
    this.#home = {
      store,
      log,
      now: () => this.#sweep.now(),
      date: () => clock.now(),
      kept: () => {
        this.messages++
        changed()
      },
      notKept: (error, what) => unkept.tell(error, what),
      over: (visit) => this.#over(visit),
      held: (session, waits) => this.#held(session, waits),
    }
    this.#admission = new Admission(limits)
    this.#sweep = new Sweep(options.clock)
  }

  /** New limits count for connections that come from now on. `shortest`: milliseconds of the shortest time limit. */
  limit(limits: AdmissionLimits, shortest: number): void {
    this.#admission.limits = limits
    this.#sweep.suit(shortest)
  }

  get holdRules(): HoldRules {
    return this.#hold
  }

  /** For clients that come from now on. */
  set holdRules(rules: HoldRules) {
    this.#hold = rules
  }

  /** Sessions in which a person is waited for, the longest held first. */
  get held(): string[] {
    const held = [...this.#waiting].filter((session) => session.holding)
    return held.slice(0, mostHeld).map(({ id }) => id)
  }

  /** The gate of a session that runs; made when it is first asked for; or the one of a session that has just ended. Null when there is no such session. */
  gate(id: string): Hold | null {
    for (const session of this.#live) {
      if (session.id === id) return this.#gated(session, false, [])
    }
    return this.#gates.get(id) ?? null
  }

  /** Never throws: it is called by the listening socket, and one connection must not end the program. */
  accept(socket: Socket, listener: Listener): void {
    try {
      this.#accept(socket, listener)
    } catch (error) {
      this.#options.log('error', 'A connection could not be served', { reason: String(error) })
      socket.destroy()
    }
  }

  #accept(socket: Socket, listener: Listener): void {
    const { rules: shared } = listener
    if (shared === null || socket.remoteAddress === undefined) return void socket.destroy()
    const address = plainAddress(socket.remoteAddress)
    const rules = shared.relaying === undefined ? shared : rulesFor(shared, address)
    const recorder = this.#record(socket, address, listener, rules)
    listener.total++
    const why = this.#enter(address, listener)
    if (why === null) this.#open(socket, address, listener, rules, recorder)
    else refuse(socket, rules, recorder, why)
    this.#options.changed()
  }

  /** Counted in by all of us and by its listener, or by neither. */
  #enter(address: string, listener: Listener): string | null {
    const why = this.#admission.enter(address)
    if (why !== null) return why
    const here = listener.admission.enter(address)
    if (here !== null) this.#admission.leave(address)
    return here
  }

  /** 421 to all; after a moment the deaf ones are cut off. Resolves when none is left. */
  async stop(): Promise<void> {
    for (const session of this.#live) session.finish()
    if (this.#live.size === 0) return
    const timer = setTimeout(() => {
      for (const session of this.#live) session.destroy()
    }, graceMs)
    await new Promise<void>((resolve) => (this.#whenEmpty = resolve))
    clearTimeout(timer)
  }

  #open(socket: Socket, address: string, listener: Listener, rules: SessionRules, recorder: Recorder): void {
    const port = socket.localPort ?? listener.config.port
    const visit = new Visit(this.#home, { rules, recorder, port, address, listener })
    const session = new Session(visit)
    visit.session = session
    if (this.#hold.who !== 'off') this.#holdNew(session, address)
    listener.sessions++
    this.#live.add(session)
    this.#sweep.add(session)
    session.begin(new Wire(socket, session))
  }

  #holdNew(session: Session, address: string): void {
    const rules = this.#hold
    if (!holds(rules, address)) return
    if (rules.who === 'next') this.#hold = { ...rules, who: 'off' }
    this.#gated(session, rules.step, rules.breakpoints)
  }

  #gated(session: Session, step: boolean, breakpoints: readonly string[]): Hold {
    const gate = session.hold(step, breakpoints)
    this.#gates.set(session.id, gate)
    return gate
  }

  #held(session: Session, waits: boolean): void {
    this.#waiting.delete(session)
    if (waits) this.#waiting.add(session)
    this.#options.changed()
  }

  #over({ session, address, listener }: Visit): void {
    if (session === null || !this.#live.delete(session)) return
    this.#waiting.delete(session)
    this.#forgetGates()
    this.#sweep.remove(session)
    this.#admission.leave(address)
    listener.admission.leave(address)
    listener.sessions--
    this.#options.changed()
    if (this.#live.size === 0) this.#whenEmpty?.()
  }

  #forgetGates(): void {
    if (this.#gates.size <= mostEnded) return
    const live = new Set([...this.#live].map(({ id }) => id))
    const ended = [...this.#gates.keys()].filter((id) => !live.has(id))
    for (const id of ended.slice(0, Math.max(0, ended.length - mostEnded))) this.#gates.delete(id)
  }

  #record(socket: Socket, address: string, listener: Listener, rules: SessionRules): Recorder {
    const port = socket.localPort ?? listener.config.port
    const head = { source: 'server', role: 'server', host: address, port, tls: rules.tls } as const
    const recorder = diagnosed(this.#options.hub.begin(head), head, this.#options.clock.now())
    recorder.write({
      kind: 'connect',
      phase: 'tcp',
      direction: 'none',
      address,
      port: socket.remotePort ?? 0,
      family: isIPv6(address) ? 6 : 4,
      local: { address: plainAddress(socket.localAddress ?? listener.config.address), port },
      took: 0,
      outcome: 'connected',
    })
    return recorder
  }
}

/** An IPv4 client of an IPv6 socket is an IPv4 client (RFC 4291 §2.5.5.2). */
const plainAddress = (address: string): string =>
  address.startsWith('::ffff:') && address.includes('.') ? address.slice(7) : address
