/**
 * Owns: assembling a server's replies from octets (RFC 5321 §4.2.1), bounded in line length, lines and octets. What is
 * wrong but readable is read and named in `malformed`.
 */
import type { Reply } from '../machine/types.ts'
import type { ReplyLine } from './reply.ts'

export interface ReceivedReply {
  /** Null when it could not be read as SMTP at all; `malformed` then says why. */
  reply: Reply | null
  lines: ReplyLine[]
  /** As received, every line end included (over-long lines cut). */
  raw: Uint8Array
  /** What is wrong with it, in words. */
  malformed?: string
  /** True octets, when `raw` holds fewer. */
  cutFrom?: number
}

export interface ReplyLimits {
  /** Octets kept of one line; default 2000 (the standard's 512 is widely exceeded; longer than 512 is reported). */
  line: number
  /** Lines of one reply; default 1000. More end the reply as malformed. */
  lines: number
  /** Octets of one reply; default 65536. */
  octets: number
}

export declare class ReplyReader {
  constructor(limits?: Partial<ReplyLimits>)
  push(bytes: Uint8Array): void
  /** The next whole reply, or null until more octets come. */
  next(): ReceivedReply | null
  readonly buffered: number
  /** Takes everything unread: unfinished lines and lines of an unfinished reply. For the switch to TLS. */
  rest(): Uint8Array
  /** Forgets everything unread; answers how many octets it held. */
  clear(): number
  /** The connection ended: what is left of an unfinished reply, as malformed; null when nothing is. */
  flush(): ReceivedReply | null
}
