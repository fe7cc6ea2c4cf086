/**
 * Owns: one TCP connection as packets: handshake, segments with right numbers, an end. Each end acknowledges with what
 * it sends next; acknowledgements of their own were never recorded, so none are made up but those of an opening and an end.
 */
import type { Ends } from './address.ts'
import type { Packet } from './blocks.ts'
import { flags, ipPacket } from './ipPacket.ts'

export type Side = 'client' | 'server'
const other = { client: 'server', server: 'client' } as const

/** First sequence numbers of a connection lie this far apart, so that a reader tells two of the same ports apart. */
const isnStep = 0x1000_0000

/** Octets in one segment before a network card cuts it; an IP packet has 65 535 with its headers. */
const offloaded = 65_000

export class TcpStream {
  readonly #ends: Ends
  readonly #next: Record<Side, number>
  readonly #most: number
  readonly #startedAt: number
  #id: number
  #open = true

  /** `startedAt`: microseconds since 1970; `count`: how many streams were before. */
  constructor(ends: Ends, startedAt: number, count: number) {
    this.#ends = ends
    this.#startedAt = startedAt
    this.#next = { client: (count + 1) * isnStep, server: (count + 1) * isnStep + isnStep / 2 }
    this.#most = ends.client.address.length === 4 ? 1460 : 1440
    this.#id = count << 12
  }

  get open(): boolean {
    return this.#open
  }

  /** SYN, SYN+ACK and ACK; `at` and `took` in microseconds. */
  *connect(at: number, took: number, comments: readonly string[]): Generator<Packet> {
    yield* this.attempt(at - took, comments)
    yield this.#packet('server', at, flags.syn | flags.ack)
    yield this.#packet('client', at, flags.ack)
  }

  /** A SYN that nobody answers. */
  *attempt(at: number, comments: readonly string[]): Generator<Packet> {
    yield this.#packet('client', at, flags.syn, { comments })
  }

  /**
   * Octets from one end; of `missing` more only the size is known. A line that was cut is one packet that was cut, as
   * large as segmentation offload makes them: a reader waits for the rest of a line that a whole packet begins.
   */
  *send(
    side: Side,
    at: number,
    octets: Uint8Array,
    missing = 0,
    comments: readonly string[] = [],
  ): Generator<Packet> {
    const total = octets.length + missing
    const most = missing > 0 && octets.length > 0 ? offloaded : this.#most
    let first = comments
    for (let from = 0; from < total;) {
      const size = Math.min(most, total - from)
      const payload = octets.subarray(from, from + size)
      const push = from + size === total ? flags.psh : 0
      yield this.#packet(side, at, flags.ack | push, {
        payload,
        missing: size - payload.length,
        comments: first,
      })
      first = []
      from += size
    }
  }

  /** FIN from one end and from the other. */
  *finish(side: Side, at: number, comments: readonly string[]): Generator<Packet> {
    this.#open = false
    yield this.#packet(side, at, flags.fin | flags.ack, { comments })
    yield this.#packet(other[side], at, flags.fin | flags.ack)
    yield this.#packet(side, at, flags.ack)
  }

  *reset(side: Side, at: number, comments: readonly string[]): Generator<Packet> {
    this.#open = false
    yield this.#packet(side, at, flags.rst | flags.ack, { comments })
  }

  #packet(
    side: Side,
    at: number,
    bits: number,
    {
      payload = new Uint8Array(0),
      missing = 0,
      comments = [],
    }: { payload?: Uint8Array; missing?: number; comments?: readonly string[] } = {},
  ): Packet {
    const octets = ipPacket({
      from: this.#ends[side],
      to: this.#ends[other[side]],
      seq: this.#next[side],
      ack: this.#next[other[side]],
      flags: bits,
      payload,
      missing,
      id: this.#id++,
    })
    const counted = (bits & (flags.syn | flags.fin)) === 0 ? 0 : 1
    this.#next[side] = (this.#next[side] + payload.length + missing + counted) % 2 ** 32
    return { time: this.#startedAt + Math.max(0, at), octets, missing, comments }
  }
}
