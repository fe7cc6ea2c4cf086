/**
 * Owns: which groups a server takes for its key exchange. In TLS 1.3 it is told no key share, so that its
 * HelloRetryRequest names the group (RFC 8446 §4.1.4); before, its ServerKeyExchange does (RFC 8422 §5.4).
 */
import { groupNumbers, isFiniteField, isForTls13 } from '../groups.ts'
import type { TlsVersion } from '../versions.ts'
import type { Answer, Ask, Chain, GroupFacts } from './types.ts'

export class GroupChain implements Chain {
  readonly #version: TlsVersion
  readonly #suites: readonly number[]
  readonly #serverName: string | undefined
  #left: number[]
  readonly #found: number[] = []
  /**
   * A group that goes on being offered, last: up to TLS 1.2 a server with an elliptic certificate refuses lists without
   * the curve of the certificate (RFC 8422 §5.1), whatever else is on them.
   */
  #anchor: number | undefined
  #anchors: number[] = []
  #done = false

  constructor(version: TlsVersion, suites: readonly number[], serverName: string | undefined) {
    this.#version = version
    this.#suites = suites
    this.#serverName = serverName
    this.#left = groupNumbers.filter((group) => (version === 'TLSv1.3' ? isForTls13(group) : isCurve(group)))
  }

  ask(): Ask | undefined {
    if (this.#done) return undefined
    const groups = this.#anchor === undefined ? [...this.#left] : [...this.#left, this.#anchor]
    return { version: this.#version, suites: this.#suites, groups, serverName: this.#serverName }
  }

  answer(answer: Answer): void {
    const group = answer.kind === 'hello' ? answer.hello.group : undefined
    if (group !== undefined && this.#left.includes(group)) {
      this.#found.push(group)
      this.#left = this.#left.filter((other) => other !== group)
      this.#done = this.#left.length === 0
    } else this.#refused()
  }

  facts(): GroupFacts {
    return { version: this.#version, groups: this.#found }
  }

  /** Is it the end, or did it only miss the curve of its certificate? Certificates have one of a few. */
  #refused(): void {
    if (this.#anchor === undefined && this.#version !== 'TLSv1.3')
      this.#anchors = this.#found.filter((group) => group >= 23 && group <= 25)
    this.#anchor = this.#anchors.shift()
    this.#done = this.#anchor === undefined
  }
}

/** Curves that a ServerKeyExchange can name. */
const isCurve = (group: number): boolean =>
  !isFiniteField(group) && group < 0x0200 && (group < 31 || group > 33)
