/** Owns: reading a pcapng file back in tests, by the draft and without our writer's help; and a dialogue to write. */
import type { EventBody, SessionSummary, TlsMode, TranscriptEvent } from '#shared/transcript/event.ts'
import type { Recorded } from '#shared/transcript/export/types.ts'

export interface ReadBlock {
  type: number
  body: Buffer
}

/** Blocks in order; throws when lengths before and after a block differ or are no multiple of four. */
export function readBlocks(file: Uint8Array): ReadBlock[] {
  const buffer = Buffer.from(file)
  const blocks: ReadBlock[] = []
  for (let at = 0; at < buffer.length;) {
    const length = buffer.readUInt32LE(at + 4)
    if (length % 4 !== 0 || length < 12) throw new Error(`block at ${at} has ${length} octets`)
    if (buffer.readUInt32LE(at + length - 4) !== length) throw new Error(`block at ${at} ends otherwise`)
    blocks.push({ type: buffer.readUInt32LE(at), body: buffer.subarray(at + 8, at + length - 4) })
    at += length
  }
  return blocks
}

/** Options from `at` on, as code and value. */
export function readOptions(body: Buffer, at: number): { code: number; value: Buffer }[] {
  const options: { code: number; value: Buffer }[] = []
  while (at < body.length) {
    const [code, length] = [body.readUInt16LE(at), body.readUInt16LE(at + 2)]
    if (code === 0) break
    options.push({ code, value: body.subarray(at + 4, at + 4 + length) })
    at += 4 + Math.ceil(length / 4) * 4
  }
  return options
}

export interface ReadPacket {
  micros: number
  /** Of the whole packet, what is missing included. */
  length: number
  ip: Buffer
  from: number
  to: number
  seq: number
  ack: number
  flags: number
  payload: Buffer
  comments: string[]
}

export function readPackets(file: Uint8Array): ReadPacket[] {
  return readBlocks(file)
    .filter((block) => block.type === 6)
    .map(({ body }) => {
      const kept = body.readUInt32LE(12)
      const ip = body.subarray(20, 20 + kept)
      const tcp = ip.subarray(ip[0]! >> 4 === 6 ? 40 : 20)
      const comments = readOptions(body, 20 + Math.ceil(kept / 4) * 4).filter(({ code }) => code === 1)
      return {
        micros: body.readUInt32LE(4) * 2 ** 32 + body.readUInt32LE(8),
        length: body.readUInt32LE(16),
        ip,
        from: tcp.readUInt16BE(0),
        to: tcp.readUInt16BE(2),
        seq: tcp.readUInt32BE(4),
        ack: tcp.readUInt32BE(8),
        flags: tcp[13]!,
        payload: tcp.subarray((tcp[12]! >> 4) * 4),
        comments: comments.map(({ value }) => value.toString('utf8')),
      }
    })
}

export const headOf = (more: Partial<SessionSummary> = {}): SessionSummary => ({
  id: 's',
  source: 'send',
  role: 'client',
  startedAt: '2026-01-02T03:04:05.678Z',
  host: 'mx.example',
  port: 587,
  tls: 'starttls',
  state: 'ended',
  events: 0,
  tone: 'good',
  words: 'Accepted, 250',
  took: 0,
  messages: [],
  ...more,
})

/** Numbers and times events, 10 ms apart. */
export const eventsOf = (bodies: readonly EventBody[]): TranscriptEvent[] =>
  bodies.map((body, i) => ({ ...body, session: 's', seq: i + 1, at: (i + 1) * 10_000 }))

export const said = (
  raw: string,
  sealed = false,
  more: { phase?: 'body' | 'other'; edited?: boolean; added?: boolean; cutFrom?: number } = {},
): EventBody => ({
  kind: 'line',
  phase: 'other',
  direction: 'to-server',
  raw,
  ...(sealed ? { sealed } : {}),
  ...more,
})
export const answered = (raw: string, sealed = false, phase: 'starttls' | 'other' = 'other'): EventBody => ({
  kind: 'reply',
  phase,
  direction: 'to-client',
  raw,
  code: Number(raw.slice(0, 3)),
  ...(sealed ? { sealed } : {}),
})
export const handshake: EventBody = {
  kind: 'tls', phase: 'tls', direction: 'none', outcome: 'established', took: 5000, version: 'TLSv1.3', cipher: 'TLS_AES_256_GCM_SHA384',
} // prettier-ignore

export interface Delivery {
  port: number
  tls: TlsMode
  family?: 4 | 6
  /** Content in stretches; `null` for one of 5000 octets that was not kept. */
  content?: readonly (string | null)[]
  /** Lines of the client after EHLO, each answered with 250. */
  more?: readonly EventBody[]
}

/** A whole delivery over one connection, as the recorder writes it. */
export function deliveryOf({
  port,
  tls,
  family = 4,
  content = ['Subject: hi\r\n\r\nhi\r\n'],
  more = [],
}: Delivery): Recorded {
  const address = family === 4 ? '203.0.113.25' : '2001:db8:4::25'
  const local = { address: family === 4 ? '198.51.100.7' : '2001:db8:7::7', port: 51_234 }
  const sealed = tls !== 'none'
  const early = tls === 'implicit'
  const bodies: EventBody[] = [
    { kind: 'resolve', phase: 'dns', direction: 'none', name: 'mx.example', family: 0, addresses: [{ address, family }], took: 900 },
    { kind: 'connect', phase: 'tcp', direction: 'none', address, port, family, local, took: 4000, outcome: 'connected' },
    ...(early ? [handshake] : []),
    answered('220 mx.example ESMTP\r\n', early),
    said('EHLO me.example\r\n', early),
    answered('250-mx.example\r\n250 STARTTLS\r\n', early),
  ] // prettier-ignore
  if (tls === 'starttls') {
    bodies.push(said('STARTTLS\r\n'), answered('220 2.0.0 Go ahead\r\n', false, 'starttls'), handshake)
    bodies.push(said('EHLO me.example\r\n', true), answered('250 mx.example\r\n', true))
  }
  for (const body of more)
    bodies.push({ ...body, ...(sealed ? { sealed } : {}) }, answered('250 OK\r\n', sealed))
  bodies.push(said('MAIL FROM:<a@x.example>\r\n', sealed), answered('250 2.1.0 OK\r\n', sealed))
  bodies.push(said('RCPT TO:<b@y.example>\r\n', sealed), answered('250 2.1.5 OK\r\n', sealed))
  bodies.push(said('DATA\r\n', sealed), answered('354 Go\r\n', sealed))
  let offset = 0
  for (const [i, raw] of content.entries()) {
    const size = raw?.length ?? 5000
    bodies.push({ kind: 'chunk', phase: 'body', direction: 'to-server', body: 1, offset, size, last: i === content.length - 1, encoding: 'data', ...(raw === null ? {} : { raw }), ...(sealed ? { sealed } : {}) }) // prettier-ignore
    offset += size
  }
  bodies.push(said('.\r\n', sealed, { phase: 'body' }), answered('250 2.0.0 Kept\r\n', sealed))
  bodies.push(said('QUIT\r\n', sealed), answered('221 Bye\r\n', sealed))
  bodies.push({ kind: 'end', phase: 'other', direction: 'none', outcome: 'completed', by: 'client', message: 'Done.' }) // prettier-ignore
  return { head: headOf({ port, tls }), events: eventsOf(bodies) }
}

/** Everything that a format wrote, as one. */
export const whole = (pieces: Iterable<string | Uint8Array>): Buffer =>
  Buffer.concat([...pieces].map((piece) => Buffer.from(piece)))
