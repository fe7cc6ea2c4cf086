/** Owns: what a probe tells of itself while it runs: its stage, how far it is, what it is testing at this moment. */
import type { ProbeProgress } from '#shared/rpc/contract/probe.ts'
import { EventLog } from '#shared/rpc/eventLog.ts'
import type { StreamSource } from '#shared/rpc/types.ts'

/** What is shown as active at most. */
const mostActive = 20
/** Addresses of one host that are named at most. */
const mostAddresses = 40
/** Whoever reads late needs the newest only. */
const kept = 64

export class Progress {
  readonly #log = new EventLog<ProbeProgress>(kept)
  readonly #active = new Map<string, number>()
  #stage: ProbeProgress['stage'] = 'look-up'
  #done = 0
  #total = 0
  #hosts: NonNullable<ProbeProgress['hosts']> | undefined
  #over = false

  get states(): StreamSource<ProbeProgress> {
    return this.#log
  }

  /** A new stage with its number of steps. */
  stage(stage: ProbeProgress['stage'], total: number): void {
    this.#stage = stage
    this.#done = 0
    this.#total = total
    this.#tell()
  }

  /** What is tested in all; told with the next stage or step. */
  hosts(hosts: readonly { host: string; addresses: readonly { address: string }[] }[]): void {
    this.#hosts = hosts.map(({ host, addresses }) => ({
      host,
      addresses: addresses.slice(0, mostAddresses).map(({ address }) => address),
    }))
  }

  /** One step of this stage is done. */
  step(): void {
    this.#done++
    this.#tell()
  }

  /** `what` is being tested now, or no longer. */
  active(what: string, on: boolean): void {
    const count = (this.#active.get(what) ?? 0) + (on ? 1 : -1)
    if (count > 0) this.#active.set(what, count)
    else this.#active.delete(what)
    this.#tell()
  }

  /** Nothing follows. */
  end(): void {
    this.#active.clear()
    this.stage('done', 0)
    this.#over = true
    this.#log.end()
  }

  #tell(): void {
    if (this.#over) return
    const active = [...this.#active.keys()].slice(0, mostActive)
    const hosts = this.#hosts ? { hosts: this.#hosts } : {}
    this.#log.append({ stage: this.#stage, done: this.#done, total: this.#total, active, ...hosts })
  }
}
