/**
 * Owns: a whole scan of one port's TLS (RFC 8446, RFC 5246): which versions, suites and groups it takes and in whose
 * order, its certificates, what it does without a name. Pure: `take` gives a question, `give` takes its answer. Questions
 * of different chains may be open at once, so that the whole takes little more than its longest chain.
 */
import { cipherSuites } from '../cipherSuites.ts'
import { groupNumbers, isFiniteField } from '../groups.ts'
import type { ServerHello } from '../serverAnswer.ts'
import { tlsVersions, type TlsVersion } from '../versions.ts'
import { GroupChain } from './groupChain.ts'
import { Single } from './single.ts'
import { SuiteChain } from './suiteChain.ts'
import type { Answer, Ask, Chain, TlsFacts, WithoutName } from './types.ts'

export interface Question {
  ask: Ask
  /** For `give`. */
  chain: Chain
}

export interface ScanOptions {
  /** The name for SNI; undefined for an address, which has none (RFC 6066 §3). */
  serverName: string | undefined
  /** The versions to look for; all of them unless given. */
  versions?: readonly TlsVersion[] | undefined
}

const same = (a: Uint8Array | undefined, b: Uint8Array | undefined): boolean =>
  a !== undefined && b !== undefined && a.length === b.length && a.every((octet, i) => octet === b[i])

/** Chains that differ in their first certificate; more than a handful is a server making fun. */
const mostChains = 8

export class TlsScanner {
  readonly #serverName: string | undefined
  readonly #suites: SuiteChain[]
  readonly #groups: GroupChain[] = []
  readonly #waiting: Chain[]
  readonly #open = new Set<Chain>()
  readonly #chains: Uint8Array[][] = []
  #nameless: Single | undefined
  #prime: Single | undefined
  #control: Single | undefined
  #controlled = false
  /** The first question that was answered with a hello. */
  #good: Ask | undefined
  #quiet = false
  #asks = 0
  #compression = false
  #asksCertificate = false
  #secureRenegotiation: boolean | undefined

  constructor(options: ScanOptions) {
    this.#serverName = options.serverName
    const versions = options.versions ?? tlsVersions
    this.#suites = versions.map((version) => new SuiteChain(version, options.serverName))
    // The newest first: what people care for, and the first to show that TLS works here at all.
    this.#waiting = this.#suites.toReversed()
  }

  /** A question to ask now; undefined while every chain waits for an answer, or when there are none left. */
  take(): Question | undefined {
    for (;;) {
      const chain = this.#waiting.shift() ?? this.#last()
      if (!chain) return undefined
      const ask = chain.ask()
      if (!ask) {
        this.#follow(chain)
        continue
      }
      this.#open.add(chain)
      this.#asks++
      return { ask, chain }
    }
  }

  give({ ask, chain }: Question, answer: Answer): void {
    if (!this.#open.delete(chain)) return
    if (answer.kind === 'hello') this.#learn(ask, answer.hello)
    else if (answer.kind !== 'alert') this.#quiet = true
    chain.answer(answer)
    // To the front: a chain under way is ended before the next begins, and what follows from it comes soon.
    this.#waiting.unshift(chain)
  }

  facts(): TlsFacts {
    return {
      versions: this.#suites.map((chain) => chain.facts()),
      groups: this.#groups.map((chain) => chain.facts()),
      chains: this.#chains,
      withoutName: this.#withoutName(),
      primeBits: this.#prime?.hello?.primeBits,
      secureRenegotiation: this.#secureRenegotiation,
      compression: this.#compression,
      asksCertificate: this.#asksCertificate,
      doubtful: this.#control !== undefined && this.#control.hello === undefined,
      asks: this.#asks,
    }
  }

  #learn(ask: Ask, hello: ServerHello): void {
    this.#good ??= ask
    if (hello.asksCertificate) this.#asksCertificate = true
    if (hello.version === 'TLSv1.3' || hello.version !== ask.version) return
    if (hello.compression !== 0) this.#compression = true
    this.#secureRenegotiation = (this.#secureRenegotiation ?? true) && hello.extensions.includes(0xff01)
    const [own] = hello.certificates
    const known = this.#chains.some(([first]) => same(first, own))
    if (own && !known && ask.serverName === this.#serverName && this.#chains.length < mostChains)
      this.#chains.push([...hello.certificates])
  }

  /** What is worth asking now that this chain has come to its end. */
  #follow(chain: Chain): void {
    if (!(chain instanceof SuiteChain)) return
    const { version, suites } = chain.facts()
    if (suites.length > 0) this.#askMore(version, suites)
    if (this.#suites.every((other) => other.ask() === undefined)) this.#askNameless()
  }

  #askMore(version: TlsVersion, suites: readonly number[]): void {
    const elliptic = suites.filter((suite) => cipherSuites.get(suite)?.keyExchange === 'ECDHE')
    const usable = version === 'TLSv1.3' ? suites : elliptic
    if ((version === 'TLSv1.3' || version === 'TLSv1.2') && usable.length > 0) {
      const groups = new GroupChain(version, usable, this.#serverName)
      this.#groups.push(groups)
      this.#waiting.push(groups)
    }
    this.#askPrime(version, suites)
  }

  #askPrime(version: TlsVersion, suites: readonly number[]): void {
    const finite = suites.filter((suite) => cipherSuites.get(suite)?.keyExchange === 'DHE')
    if (this.#prime || version === 'TLSv1.3' || finite.length === 0) return
    const groups = groupNumbers.filter((group) => !isFiniteField(group))
    this.#prime = new Single({ version, suites: finite, groups, serverName: this.#serverName })
    this.#waiting.push(this.#prime)
  }

  /** Up to TLS 1.2 the certificate is seen; of a server with TLS 1.3 alone only whether it answers. */
  #askNameless(): void {
    const accepted = this.#suites.map((chain) => chain.facts()).filter(({ suites }) => suites.length > 0)
    const newest = accepted.findLast(({ version }) => version !== 'TLSv1.3') ?? accepted.at(-1)
    if (this.#serverName === undefined || this.#nameless || !newest) return
    const { version, suites } = newest
    this.#nameless = new Single({ version, suites, groups: groupNumbers, serverName: undefined })
    this.#waiting.push(this.#nameless)
  }

  /** When all is asked: was silence an answer, or did the server stop answering? One good question again tells. */
  #last(): Chain | undefined {
    if (this.#open.size > 0 || this.#controlled) return undefined
    this.#controlled = true
    if (!this.#quiet || !this.#good) return undefined
    this.#control = new Single(this.#good)
    return this.#control
  }

  #withoutName(): WithoutName {
    if (!this.#nameless?.answered) return 'unknown'
    const { hello } = this.#nameless
    if (!hello) return 'refused'
    const [own] = hello.certificates
    if (own === undefined) return 'unknown'
    return this.#chains.some(([first]) => same(first, own)) ? 'same' : 'other'
  }
}
