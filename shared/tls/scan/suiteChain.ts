/**
 * Owns: which suites a server accepts in one version, and in whose order. It is offered a list, chooses one, is offered
 * the list without it, and so on until it refuses: one connection for each suite and one more. Suites of several lists of
 * ours are sorted by asking for each again, but only of a server that has an order: two questions tell.
 */
import { alertName } from '../alert.ts'
import { offersFor } from '../cipherSuites.ts'
import { groupNumbers } from '../groups.ts'
import { versionWords, type TlsVersion } from '../versions.ts'
import type { Answer, Ask, Chain, Order, VersionFacts } from './types.ts'

/** protocol_version: the version is refused, whatever the suites (RFC 8446 §6.2). */
const protocolVersion = 70

export class SuiteChain implements Chain {
  readonly version: TlsVersion
  readonly #serverName: string | undefined
  /** Lists that were not offered yet. */
  readonly #lists: number[][]
  #offered: number[]
  #found: number[] = []
  #listsWithHits = 0
  #hit = false
  #stage: 'find' | 'backward' | 'forward' | 'sort' | 'order' | 'done' = 'find'
  #order: Order = 'one'
  #refusal: string | undefined

  constructor(version: TlsVersion, serverName: string | undefined) {
    this.version = version
    this.#serverName = serverName
    this.#lists = offersFor(version)
    this.#offered = this.#lists.shift() ?? []
  }

  ask(): Ask | undefined {
    if (this.#stage === 'done') return undefined
    return {
      version: this.version,
      suites: this.#toOffer(),
      groups: groupNumbers,
      serverName: this.#serverName,
    }
  }

  answer(answer: Answer): void {
    const chosen =
      answer.kind === 'hello' && answer.hello.version === this.version ? answer.hello.suite : undefined
    if (this.#stage === 'order') return this.#judgeOrder(chosen)
    if (this.#stage === 'backward' || this.#stage === 'forward') return this.#judgeClient(chosen)
    // A suite that was not on the list is an answer to nothing.
    if (chosen === undefined || !this.#offered.includes(chosen)) return this.#refused(answer)
    this.#found.push(chosen)
    this.#offered = this.#offered.filter((suite) => suite !== chosen)
    if (!this.#hit) this.#listsWithHits++
    this.#hit = true
    if (this.#offered.length === 0) this.#nextList()
  }

  facts(): VersionFacts {
    return { version: this.version, suites: this.#found, order: this.#order, refusal: this.#refusal }
  }

  #toOffer(): number[] {
    if (this.#stage === 'order' || this.#stage === 'backward') return this.#found.toReversed()
    return this.#stage === 'forward' ? [...this.#found] : [...this.#offered]
  }

  #refused(answer: Answer): void {
    if (this.#found.length === 0) this.#refusal ??= refusalOf(answer, this.version)
    const otherVersion = answer.kind === 'hello' && answer.hello.version !== this.version
    const notThisVersion = otherVersion || (answer.kind === 'alert' && answer.description === protocolVersion)
    if (notThisVersion && this.#found.length === 0) this.#stage = 'done'
    else this.#nextList()
  }

  #nextList(): void {
    const next = this.#stage === 'find' ? this.#lists.shift() : undefined
    this.#hit = false
    if (next) this.#offered = next
    else if (this.#found.length === 0) this.#stage = 'done'
    else this.#afterFinding()
  }

  #afterFinding(): void {
    this.#refusal = undefined
    // Found in lists of ours, one behind the other: the server's own order is seen when all of them are on one.
    if (this.#stage === 'find' && this.#listsWithHits > 1 && this.#found.length < 127)
      this.#stage = 'backward'
    else this.#stage = this.#found.length > 1 ? 'order' : 'done'
  }

  /** Whoever takes the first of a list and of the same list backward has no order: there is nothing to sort. */
  #judgeClient(chosen: number | undefined): void {
    const first = this.#stage === 'backward' ? this.#found.at(-1) : this.#found[0]
    if (chosen !== first) {
      this.#offered = this.#found
      this.#found = []
      this.#stage = 'sort'
    } else if (this.#stage === 'backward') this.#stage = 'forward'
    else {
      this.#order = 'client'
      this.#stage = 'done'
    }
  }

  #judgeOrder(chosen: number | undefined): void {
    this.#stage = 'done'
    if (chosen === this.#found[0]) this.#order = 'server'
    else this.#order = chosen === this.#found.at(-1) ? 'client' : 'mixed'
  }
}

/** In a word or two, for a person. */
function refusalOf(answer: Answer, version: TlsVersion): string {
  if (answer.kind === 'alert') return `alert ${alertName(answer.description)}`
  if (answer.kind === 'other') return answer.why
  if (answer.kind !== 'hello') return answer.kind
  return answer.hello.version === version
    ? 'the server chose a suite that was not offered'
    : `the server answered with ${versionWords(answer.hello.version)}`
}
