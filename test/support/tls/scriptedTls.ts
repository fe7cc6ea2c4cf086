/**
 * Owns: a TLS server in memory that answers one ClientHello, octet for octet as the RFCs say: it reads the hello with a
 * reader of its own and writes ServerHello, HelloRetryRequest, Certificate, ServerKeyExchange or an alert.
 */
import { concat, utf8 } from '#shared/bytes/bytes.ts'
import { cipherSuites } from '#shared/tls/cipherSuites.ts'
import { Octets, uint, uint16s, vector } from '#shared/tls/octets.ts'
import { versionNumber, type TlsVersion } from '#shared/tls/versions.ts'

export interface ReadHello {
  recordVersion: number
  version: TlsVersion | undefined
  suites: number[]
  groups: number[]
  serverName: string | undefined
  extensions: Map<number, Uint8Array>
  length: number
}

/** Reads a whole record with a ClientHello; throws when a length is wrong. */
export function readClientHello(bytes: Uint8Array): ReadHello {
  const record = new Octets(bytes)
  if (record.uint(1) !== 22) throw new Error('no handshake record')
  const recordVersion = record.uint(2)
  const message = new Octets(record.vector(2))
  if (message.uint(1) !== 1) throw new Error('no ClientHello')
  const body = new Octets(message.vector(3))
  const legacy = body.uint(2)
  body.take(32)
  body.vector(1)
  const suites = numbers(body.vector(2))
  body.vector(1)
  const extensions = new Map<number, Uint8Array>()
  if (body.left > 0) {
    const list = new Octets(body.vector(2))
    while (list.left > 0) extensions.set(list.uint(2), list.vector(2))
    if (list.broken) throw new Error('an extension is longer than the list')
  }
  if (record.broken || record.left > 0 || message.broken || message.left > 0 || body.broken || body.left > 0)
    throw new Error('a length is wrong')
  const versions = extensions.get(43)
  const asked = versions ? new Octets(versions.subarray(1)).uint(2) : legacy
  const names = extensions.get(0)
  const groups = extensions.get(10)
  return {
    recordVersion,
    version: (['SSLv3', 'TLSv1', 'TLSv1.1', 'TLSv1.2', 'TLSv1.3'] as const).find(
      (v) => versionNumber(v) === asked,
    ),
    suites,
    groups: groups ? numbers(new Octets(groups).vector(2)) : [],
    serverName: names ? new TextDecoder().decode(names.subarray(5)) : undefined,
    extensions,
    length: bytes.length,
  }
}

function numbers(bytes: Uint8Array): number[] {
  const octets = new Octets(bytes)
  const list: number[] = []
  while (octets.left > 0) list.push(octets.uint(2))
  return list
}

export interface TlsScript {
  /** Suites of each version in the server's order. */
  suites: Partial<Record<TlsVersion, readonly number[]>>
  groups?: readonly number[]
  /** Choose by the client's order. */
  clientOrder?: boolean
  certificates?: readonly Uint8Array[]
  /** Without a name: another certificate, or an alert. */
  withoutName?: 'other' | 'refused'
  primeBits?: number
  /** An elliptic certificate: lists without this group are refused up to TLS 1.2 (RFC 8422 §5.1). */
  certificateGroup?: number
  asksCertificate?: boolean
  compression?: number
}

const retryRandom = Uint8Array.from(
  'cf21ad74e59a6111be1d8c021e65b891c2a211167abb8c5e079e09e2c8a8339c'.match(/../g)!,
  (pair) => Number.parseInt(pair, 16),
)

const record = (type: number, content: Uint8Array): Uint8Array =>
  concat([new Uint8Array([type, 3, 3]), vector(2, content)])
const message = (type: number, body: Uint8Array): Uint8Array => concat([uint(1, type), vector(3, body)])
const extension = (type: number, content: Uint8Array): Uint8Array =>
  concat([uint(2, type), vector(2, content)])

export const alert = (description: number, level = 2): Uint8Array =>
  record(21, new Uint8Array([level, description]))

const exchangeOf = (suite: number): string => cipherSuites.get(suite)?.keyExchange ?? ''

/** What the scripted server answers to these octets. */
export function answerHello(script: TlsScript, bytes: Uint8Array): Uint8Array {
  const hello = readClientHello(bytes)
  const own = hello.version && script.suites[hello.version]
  if (!hello.version || !own) return alert(70)
  if (hello.serverName === undefined && script.withoutName === 'refused') return alert(112)
  const group = choose(script.groups ?? [29, 23], hello.groups, script)
  const usable = own.filter((suite) => exchangeOf(suite) !== 'ECDHE' || group !== undefined)
  const suite = choose(usable, hello.suites, script)
  const lacksCurve = script.certificateGroup !== undefined && !hello.groups.includes(script.certificateGroup)
  if (suite === undefined || (lacksCurve && hello.version !== 'TLSv1.3')) return alert(40)
  if (hello.version === 'TLSv1.3') return group === undefined ? alert(40) : record(22, retry(suite, group))
  return concat([
    record(22, serverHello(hello, suite, script)),
    record(22, flight(hello, suite, group, script)),
  ])
}

function choose(own: readonly number[], offered: readonly number[], script: TlsScript): number | undefined {
  return script.clientOrder
    ? offered.find((number) => own.includes(number))
    : own.find((number) => offered.includes(number))
}

const retry = (suite: number, group: number): Uint8Array =>
  message(
    2,
    concat([
      uint(2, 0x0303),
      retryRandom,
      vector(1),
      uint(2, suite),
      uint(1, 0),
      vector(2, extension(43, uint(2, 0x0304)), extension(51, uint(2, group))),
    ]),
  )

function serverHello(hello: ReadHello, suite: number, script: TlsScript): Uint8Array {
  const extensions = hello.extensions.has(0xff01) ? [vector(2, extension(0xff01, uint(1, 0)))] : []
  const start = [
    uint(2, versionNumber(hello.version!)),
    new Uint8Array(32).fill(7),
    vector(1),
    uint(2, suite),
  ]
  return message(2, concat([...start, uint(1, script.compression ?? 0), ...extensions]))
}

function flight(hello: ReadHello, suite: number, group: number | undefined, script: TlsScript): Uint8Array {
  const named = hello.serverName !== undefined || script.withoutName !== 'other'
  const chain = named ? (script.certificates ?? [utf8('certificate')]) : [utf8('another certificate')]
  const exchange = exchangeOf(suite)
  const parts = [message(11, vector(3, ...chain.map((der) => vector(3, der))))]
  if (exchange === 'ECDHE')
    parts.push(message(12, concat([uint(1, 3), uint(2, group!), vector(1, utf8('point')), vector(2)])))
  if (exchange === 'DHE') {
    const prime = new Uint8Array((script.primeBits ?? 2048) / 8).fill(0xff)
    parts.push(
      message(12, concat([vector(2, prime), vector(2, uint(1, 2)), vector(2, uint(1, 5)), vector(2)])),
    )
  }
  if (script.asksCertificate)
    parts.push(message(13, concat([vector(1), vector(2, uint16s([0x0401])), vector(2)])))
  return concat([...parts, message(14, new Uint8Array())])
}
