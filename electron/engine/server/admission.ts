/** Owns: how many connections are open, in all and per client address, and whether one more may stay. */

export interface AdmissionLimits {
  connections: number
  connectionsPerAddress: number
}

export class Admission {
  limits: AdmissionLimits
  #open = 0
  readonly #perAddress = new Map<string, number>()

  constructor(limits: AdmissionLimits) {
    this.limits = limits
  }

  get open(): number {
    return this.#open
  }

  /** Counts the connection in, or says why not. Who was counted in must `leave`. */
  enter(address: string): string | null {
    const { connections, connectionsPerAddress } = this.limits
    if (this.#open >= connections) return `the limit of ${connections} connections is reached`
    const here = this.#perAddress.get(address) ?? 0
    if (here >= connectionsPerAddress)
      return `the limit of ${connectionsPerAddress} connections from one address is reached`
    this.#open++
    this.#perAddress.set(address, here + 1)
    return null
  }

  leave(address: string): void {
    this.#open--
    const here = (this.#perAddress.get(address) ?? 1) - 1
    if (here > 0) this.#perAddress.set(address, here)
    else this.#perAddress.delete(address)
  }
}
