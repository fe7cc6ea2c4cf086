/**
 * Owns: the course of one probe: look-ups, every cell at once as far as the lanes allow, control hosts beside them, relay
 * trials and TLS scans when the cells are done, and what is known at the end or when it is cancelled.
 */
import type { ProbeRequest } from '#shared/rpc/contract/probe.ts'
import type { PortResult, ProbeReport } from '#shared/rpc/contract/probeReport.ts'
import { EventLog } from '#shared/rpc/eventLog.ts'
import { openResolver } from '#engine/dns/resolver.ts'
import type { Resolver } from '#engine/dns/types.ts'
import type { Lookup } from '#engine/dialogue/resolve.ts'
import { type Cell, type CellDeps, type CellRun, probeCell } from './cell.ts'
import { askControl, type ControlRun } from './controls.ts'
import { DomainDesk } from './domainDesk.ts'
import { Lanes } from './lanes.ts'
import { leftOut, lookUp, type LookedUp, type LookUpDeps } from './lookUp.ts'
import type { PortPlan, ProbePlan } from './plan.ts'
import { portResult, unreached } from './portResult.ts'
import { limitsOf, type Place, placeName, type SessionDeps, type Settings } from './portSession.ts'
import { Progress } from './progress.ts'
import { type RelayDeps, relayRemark, relayRuns, type RelayTried } from './relayRuns.ts'
import { reportOf, type Row, type Unreached } from './report.ts'
import type { Scanned } from './scanCell.ts'
import { scanRuns } from './scanRuns.ts'

export interface ProbeDeps extends SessionDeps {
  /** The system's or the chosen resolver's by default. */
  lookup?: Lookup | undefined
  /** Milliseconds before a connection that was turned away is made again. */
  pauses?: readonly number[] | undefined
  /** Of MTA-STS policy hosts; 443 unless a test says otherwise. */
  policyPort?: number | undefined
}

/** Connections at once over all, and to one address: all usual ports, and some more. */
const overall = 40
const perAddress = 6
/** Cells of one probe; what is beyond is said and not probed. */
const mostCells = 200
/** MX hosts of one domain that are probed. */
const mostHosts = 10

export class ProbeRun {
  readonly results = new EventLog<PortResult>(mostCells)
  readonly progress = new Progress()
  readonly startedAt: string
  readonly #began: number
  readonly #id: string
  readonly #plan: ProbePlan
  readonly #request: ProbeRequest
  readonly #deps: ProbeDeps
  readonly #signal: AbortSignal
  readonly #settings: Settings
  readonly #resolver: Resolver
  readonly #lanes = new Lanes(overall, perAddress)
  readonly #remarks: string[]
  readonly #runs: Row[] = []
  readonly #unreached: Unreached[] = []
  readonly #scans = new Map<CellRun, Scanned>()
  readonly #controls: ControlRun[] = []
  #relays: readonly RelayTried[] = []
  #desk: DomainDesk | undefined
  #names: Promise<void> = Promise.resolve()

  constructor(id: string, plan: ProbePlan, request: ProbeRequest, deps: ProbeDeps, signal: AbortSignal) {
    this.#id = id
    this.#plan = plan
    this.#request = request
    this.#deps = deps
    this.#signal = signal
    this.startedAt = deps.clock.now().toISOString()
    this.#began = deps.clock.micros()
    this.#settings = { ca: request.ca, timeout: request.timeout, timeouts: request.timeouts }
    this.#remarks = [...plan.remarks]
    const choice = { server: plan.resolver ?? 'system', validating: request.resolverValidates }
    const opened = openResolver(choice, { timeout: limitsOf(request).lookUp, signal })
    if (!opened.ok) throw new RangeError(opened.message)
    this.#resolver = opened.resolver
  }

  /** Rejects only for a defect of this program. */
  async run(): Promise<ProbeReport> {
    try {
      const controls = this.#askControls()
      await this.#probeHosts(await this.#hosts())
      await controls
      await this.#tryRelaying()
      await this.#scanAll()
      await this.#awaitDomain()
      return this.#report()
    } finally {
      this.#desk?.end()
      this.results.end()
      this.progress.end()
    }
  }

  #report(): ProbeReport {
    return reportOf({
      id: this.#id,
      startedAt: this.startedAt,
      took: Math.max(0, Math.round(this.#deps.clock.micros() - this.#began)),
      request: this.#request,
      cancelled: this.#signal.aborted,
      plan: this.#plan,
      remarks: this.#remarks,
      rows: this.#inOrder(),
      unreached: this.#unreached,
      scans: this.#scans,
      controls: this.#controls.filter((one) => one !== undefined),
      relays: this.#relays,
      desk: this.#desk,
    })
  }

  /** What is probed: the host itself, or the first MX of the domain in their order. */
  async #hosts(): Promise<readonly string[]> {
    const { kind, host } = this.#plan
    if (kind === 'server') return [host]
    this.progress.stage('domain', 1)
    const hosts = await this.#openDesk().readDomain()
    const left = hosts.slice(mostHosts)
    if (left.length > 0)
      this.#remarks.push(
        `${host} has ${hosts.length} MX; the first ${mostHosts} are probed, not ${left.join(', ')}.`,
      )
    return hosts.slice(0, mostHosts)
  }

  /** Beside the sessions, which do not wait for it. */
  async #askNames(addresses: readonly string[]): Promise<void> {
    const { kind } = this.#plan
    if (this.#signal.aborted || (kind === 'server' && !this.#request.reverse)) return
    if (addresses.length > 0) await (this.#desk ?? this.#openDesk()).readReverse(addresses)
  }

  /** What DNS and the policy host still owe when the ports are done. */
  async #awaitDomain(): Promise<void> {
    if (!this.#desk) return
    this.progress.stage('domain', 1)
    await Promise.all([this.#names, this.#desk.settled()])
  }

  #openDesk(): DomainDesk {
    const { hub, clock, policyPort } = this.#deps
    const { timeout, ca } = this.#request
    const deps = {
      hub,
      timeout,
      ca,
      policyPort,
      resolver: this.#resolver,
      signal: this.#signal,
      now: () => clock.now(),
    }
    this.#desk = new DomainDesk(this.#plan.host, deps)
    return this.#desk
  }

  #look(): LookUpDeps {
    const { family } = this.#request
    const lookup = this.#deps.lookup ?? this.#resolver.lookup
    return {
      hub: this.#deps.hub,
      lookup,
      family,
      timeout: limitsOf(this.#request).lookUp,
      signal: this.#signal,
      resolver: this.#plan.resolver,
    }
  }

  /** The domain that names this host as its MX; of a domain without MX the domain itself is asked for, and no record names it. */
  #mxOf(host: string): string | undefined {
    const { kind, host: target } = this.#plan
    return kind === 'domain' && host !== target ? target : undefined
  }

  async #probeHosts(hosts: readonly string[]): Promise<void> {
    this.progress.hosts(hosts.map((host) => ({ host, addresses: [] })))
    this.progress.stage('look-up', hosts.length)
    const found = await Promise.all(
      hosts.map(async (host) => {
        const lookedUp = await lookUp(host, { ...this.#look(), mxOf: this.#mxOf(host) })
        this.progress.step()
        return lookedUp
      }),
    )
    this.#remarks.push(...found.flatMap((one) => leftOut(one) ?? []))
    const cells = this.#cellsOf(found)
    this.#names = this.#askNames(cells.map(({ cell }) => cell.address.address))
    this.progress.hosts(found)
    this.progress.stage('ports', cells.length)
    await Promise.all(cells.map(({ cell, lookedUp }, index) => this.#probe(cell, lookedUp, index)))
  }

  /** Port by port, so that what many ask for stands together; a host without an address has one row for each port. */
  #cellsOf(found: readonly LookedUp[]): { cell: Cell; lookedUp: LookedUp }[] {
    const cells: { cell: Cell; lookedUp: LookedUp }[] = []
    for (const lookedUp of found)
      for (const { port, mode } of this.#plan.ports) {
        const { host } = lookedUp
        for (const address of lookedUp.addresses)
          cells.push({ cell: { host, address, port, asked: mode }, lookedUp })
        if (lookedUp.addresses.length === 0) this.#without(lookedUp, { port, mode }, cells.length)
      }
    const over = cells.length - mostCells
    if (over > 0)
      this.#remarks.push(
        `${over} of ${cells.length} combinations of port and address are not probed: choose fewer ports, or one address family.`,
      )
    return cells.slice(0, mostCells)
  }

  #without(lookedUp: LookedUp, plan: PortPlan, before: number): void {
    const result = unreached(lookedUp, plan, this.#signal.aborted)
    this.#unreached.push({ result, before })
    this.results.append(result)
  }

  async #probe(cell: Cell, lookedUp: LookedUp, index: number): Promise<void> {
    const run = await probeCell(cell, this.#cellDeps())
    this.progress.step()
    if (!run) return
    this.#runs.push({ run, lookedUp, index })
    this.results.append(portResult(run, { lookedUp }))
  }

  #cellDeps(): CellDeps {
    const { hub, clock, log, patience, pauses } = this.#deps
    const onActive = (place: Place, on: boolean): void => this.progress.active(placeName(place), on)
    return {
      hub,
      clock,
      log,
      patience,
      pauses,
      settings: this.#settings,
      lanes: this.#lanes,
      signal: this.#signal,
      onActive,
    }
  }

  async #askControls(): Promise<void> {
    const deps = { look: this.#look(), session: this.#deps, settings: this.#settings, lanes: this.#lanes }
    await Promise.all(
      this.#plan.controls.map(async (control, index) => {
        const asked = await askControl(control, deps)
        if (asked) this.#controls[index] = asked
      }),
    )
  }

  async #tryRelaying(): Promise<void> {
    const { relay } = this.#plan
    if (!relay || this.#signal.aborted) return
    const runs = this.#inOrder().map(({ run }) => run)
    this.#relays = await relayRuns(runs, relay, this.#afterwards())
    this.#remarks.push(relayRemark(this.#relays, relay))
  }

  /** For what follows the cells. */
  #afterwards(): RelayDeps & { lanes: Lanes } {
    return {
      ...this.#deps,
      settings: this.#settings,
      signal: this.#signal,
      lanes: this.#lanes,
      progress: this.progress,
    }
  }

  async #scanAll(): Promise<void> {
    if (!this.#request.tlsScan || this.#signal.aborted) return
    const runs = this.#inOrder().map(({ run }) => run)
    for (const [run, scanned] of await scanRuns(runs, this.#afterwards())) this.#scans.set(run, scanned)
  }

  #inOrder(): Row[] {
    return this.#runs.toSorted((a, b) => a.index - b.index)
  }
}
