/** Owns: one question that nothing follows from. */
import type { ServerHello } from '../serverAnswer.ts'
import type { Answer, Ask, Chain } from './types.ts'

export class Single implements Chain {
  readonly #ask: Ask
  answered = false
  hello: ServerHello | undefined

  constructor(ask: Ask) {
    this.#ask = ask
  }

  ask(): Ask | undefined {
    return this.answered ? undefined : this.#ask
  }

  answer(answer: Answer): void {
    this.answered = true
    this.hello = answer.kind === 'hello' ? answer.hello : undefined
  }
}
