/**
 * Owns: a name server for tests whose every answer is a test's own choice, lies included: UDP and TCP on one loopback
 * port. What it was asked is kept, so that a test can count the questions.
 */
import { decode, encode, type Answer, type Packet } from 'dns-packet'
import { createSocket, type Socket as UdpSocket } from 'node:dgram'
import { createServer, type Server, type Socket } from 'node:net'

export interface AskedOf {
  id: number
  name: string
  type: string
  transport: 'udp' | 'tcp'
  /** DO, AD and CD as they were sent. */
  bits: { dnssec: boolean; authentic: boolean; unchecked: boolean }
  edns: boolean
  /** Where the question came from. */
  from: string
}

/** Parts of the answer; the rest fits the question. Octets go out as they are. */
export type Said = Partial<Packet> | Uint8Array
export type Script = (asked: AskedOf, count: number) => Said | Said[] | undefined

export interface ScriptedDns {
  /** `127.0.0.1:PORT` */
  readonly server: string
  readonly asked: AskedOf[]
  /** Resolves with the next question; for waiting without a clock. */
  next(): Promise<AskedOf>
  stop(): Promise<void>
}

export async function startDns(script: Script, options: { tcp?: boolean } = {}): Promise<ScriptedDns> {
  const dns = new Scripted(script)
  for (let tries = 0; ; tries++) {
    const port = await dns.openUdp()
    if (options.tcp === false || (await dns.openTcp(port))) break
    if (tries > 20) throw new Error('no port is free for UDP and TCP')
  }
  return dns
}

class Scripted implements ScriptedDns {
  server = ''
  readonly asked: AskedOf[] = []
  readonly #script: Script
  readonly #waiting: ((asked: AskedOf) => void)[] = []
  readonly #open = new Set<Socket>()
  #udp: UdpSocket | undefined
  #tcp: Server | undefined

  constructor(script: Script) {
    this.#script = script
  }

  async openUdp(): Promise<number> {
    await new Promise<void>((done) => (this.#udp ? this.#udp.close(() => done()) : done()))
    const udp = createSocket('udp4')
    this.#udp = udp
    udp.on('message', (bytes, from) => {
      const said = this.#answer(bytes, 'udp', `${from.address}:${from.port}`)
      for (const message of said) udp.send(message, from.port, from.address)
    })
    await new Promise<void>((done) => udp.bind(0, '127.0.0.1', done))
    const { port } = udp.address()
    this.server = `127.0.0.1:${port}`
    return port
  }

  async openTcp(port: number): Promise<boolean> {
    const tcp = createServer((socket) => {
      this.#open.add(socket)
      socket.on('close', () => this.#open.delete(socket))
      socket.on('error', () => {})
      socket.on('data', (bytes: Buffer) => {
        for (const message of this.#answer(bytes.subarray(2), 'tcp', 'tcp')) {
          const length = Buffer.alloc(2)
          length.writeUInt16BE(message.length)
          // In two pieces, as a network may cut them anywhere.
          socket.write(length.subarray(0, 1))
          socket.write(Buffer.concat([length.subarray(1), message]))
        }
      })
    })
    this.#tcp = tcp
    return new Promise((done) => {
      tcp.once('error', () => done(false))
      tcp.listen(port, '127.0.0.1', () => done(true))
    })
  }

  #answer(bytes: Buffer, transport: 'udp' | 'tcp', from: string): Uint8Array[] {
    const packet = decode(bytes)
    const question = packet.questions![0]!
    const asked: AskedOf = {
      id: packet.id!,
      name: question.name,
      type: question.type,
      transport,
      bits: {
        dnssec: packet.additionals?.[0]?.type === 'OPT' && packet.additionals[0].flag_do,
        authentic: packet.flag_ad,
        unchecked: packet.flag_cd,
      },
      edns: packet.additionals?.[0]?.type === 'OPT',
      from,
    }
    this.asked.push(asked)
    const said = this.#script(asked, this.asked.length)
    for (const tell of this.#waiting.splice(0)) tell(asked)
    const all = said === undefined ? [] : Array.isArray(said) ? said : [said]
    return all.map((one) => (one instanceof Uint8Array ? one : encode({ ...reply(asked), ...one })))
  }

  next(): Promise<AskedOf> {
    return new Promise((resolve) => this.#waiting.push(resolve))
  }

  async stop(): Promise<void> {
    for (const socket of this.#open) socket.destroy()
    await new Promise<void>((done) => (this.#tcp ? this.#tcp.close(() => done()) : done()))
    await new Promise<void>((done) => (this.#udp ? this.#udp.close(() => done()) : done()))
  }
}

export const bits = { authoritative: 1 << 10, truncated: 1 << 9, recursion: 1 << 7, authentic: 1 << 5 }
export const codes = { formatError: 1, serverFailure: 2, notFound: 3, refused: 5 }

/** An empty answer that fits the question. */
export const reply = ({ id, name, type }: AskedOf): Packet => ({
  type: 'response',
  id,
  flags: bits.recursion,
  questions: [{ name, type: type as 'A' }],
})

export const withCode = (code: number): Partial<Packet> => ({ flags: bits.recursion | code })

/** Answers out of records: aliases come along with what they lead to; other names do not exist. */
export function zone(records: readonly Answer[], flags = 0): Script {
  return ({ name, type }) => {
    const known = records.some((record) => record.name === name)
    const here = records.filter((record) => record.name === name && (record.type === type || record.type === 'CNAME'))
    const alias = here.find((record) => record.type === 'CNAME')
    const beyond = alias?.type === 'CNAME' ? records.filter((record) => record.name === alias.data && record.type === type) : []
    return { answers: [...here, ...beyond], flags: bits.recursion | flags | (known ? 0 : codes.notFound) }
  }
} // prettier-ignore

const ttl = 60
export const a = (name: string, data: string): Answer => ({ type: 'A', name, ttl, data })
export const aaaa = (name: string, data: string): Answer => ({ type: 'AAAA', name, ttl, data })
export const cname = (name: string, data: string): Answer => ({ type: 'CNAME', name, ttl, data })
export const ptr = (name: string, data: string): Answer => ({ type: 'PTR', name, ttl, data })
export const mx = (name: string, preference: number, exchange: string): Answer => ({ type: 'MX', name, ttl, data: { preference, exchange } }) // prettier-ignore
export const txt = (name: string, ...data: string[]): Answer => ({ type: 'TXT', name, ttl, data })
export const tlsa = (name: string, usage: number, selector: number, matchingType: number, data: Uint8Array): Answer => ({ type: 'TLSA', name, ttl, data: { usage, selector, matchingType, certificate: Buffer.from(data) } }) // prettier-ignore
