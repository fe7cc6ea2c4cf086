/** Owns: a gate that holds nothing: nobody steps through the thousandth message, and watching every line costs time. */
import type { DriverGate } from '../dialogue/driverParts.ts'
import type { GateListener, MachineView } from '../dialogue/gateTypes.ts'
import type { Outgoing } from '#shared/smtp/machine/types.ts'

export class OpenGate implements DriverGate {
  readonly holding = false
  readonly #onSent: (line: Outgoing) => void
  #listener: GateListener | undefined
  #finished = false
  /** Of the last reply. */
  lastCode: number | undefined

  constructor(onSent: (line: Outgoing) => void) {
    this.#onSent = onSent
  }

  connect(_view: MachineView, listener: GateListener): void {
    this.#listener = listener
    if (this.#finished) listener.finish(undefined)
  }

  admit(): boolean {
    return true
  }

  sent(line: Outgoing): void {
    this.#onSent(line)
  }

  replied(code: number | undefined): void {
    this.lastCode = code
  }

  interrupted(): void {}

  end(): void {
    this.#listener = undefined
  }

  /** QUIT as soon as the protocol allows; also when the connection is not open yet. */
  finish(): void {
    this.#finished = true
    this.#listener?.finish(undefined)
  }
}
