/**
 * Owns: one DNS message each way, over dns-packet: the question's octets, and an answer's octets read and checked
 * against the question. What does not belong to the question is nobody's answer: lies, strays and late ones end here.
 */
import {
  AUTHENTIC_DATA,
  CHECKING_DISABLED,
  DNSSEC_OK,
  RECURSION_DESIRED,
  decode,
  encode,
  type Answer,
  type DecodedPacket,
  type OptAnswer,
} from 'dns-packet'
import type { RecordType } from './types.ts'

export interface Question {
  /** In A-labels, checked by `isAskable`. */
  name: string
  type: RecordType
  dnssec: boolean
  unchecked: boolean
  /** False for a server that does not know EDNS (RFC 6891 §7). */
  edns: boolean
}

export interface Message {
  /** With EDNS's upper bits. */
  rcode: number
  truncated: boolean
  authentic: boolean
  answers: readonly Answer[]
  /** No answer, only the names of other servers: this one does not look up for others (RFC 2308 §2.1). */
  referral: boolean
  /** Extended error (RFC 8914): its number and text. */
  extended?: { code: number; text: string } | undefined
}

export type ReadMessage = { kind: 'answer'; message: Message } | { kind: 'stray' } | { kind: 'unreadable' }

/** What is taken in one datagram: no fragments on any usual path (RFC 9715 §3.1). More comes over TCP. */
const datagramSize = 1232
/**
 * Records in one message. A name costs at most a walk through the whole message (pointers to pointers), so their number
 * bounds the work that a hostile message makes.
 */
const maxRecords = 600

/** Whether a name can stand in a question: printable ASCII labels of 1 to 63, 253 in all (RFC 1035 §2.3.4). */
export const isAskable = (name: string): boolean =>
  name.length > 0 && name.length <= 253 && name.split('.').every((label) => /^[!-~]{1,63}$/.test(label))

export function writeQuestion(id: number, question: Question): Uint8Array {
  const { name, type, dnssec, unchecked, edns } = question
  const flags = RECURSION_DESIRED | (dnssec ? AUTHENTIC_DATA : 0) | (unchecked ? CHECKING_DISABLED : 0)
  const opt: OptAnswer = {
    type: 'OPT',
    name: '.',
    udpPayloadSize: datagramSize,
    extendedRcode: 0,
    ednsVersion: 0,
    flags: dnssec ? DNSSEC_OK : 0,
    flag_do: dnssec,
    options: [],
  }
  return encode({ type: 'query', id, flags, questions: [{ type, name }], additionals: edns ? [opt] : [] })
}

/** Reads what came for the question. `stray`: it is an answer to something else, and the wait goes on. */
export function readAnswer(bytes: Uint8Array, id: number, question: Question): ReadMessage {
  const octets = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (octets.length < 12 || octets.readUInt16BE(0) !== id || (octets[2]! & 0x80) === 0)
    return { kind: 'stray' }
  const records = [6, 8, 10].reduce((sum, at) => sum + octets.readUInt16BE(at), 0)
  if (records > maxRecords || octets.readUInt16BE(4) > 1) return { kind: 'unreadable' }
  try {
    const packet = decode(octets)
    // The library reads some data beyond the end without a word.
    if (!(decode.bytes <= octets.length)) throw new RangeError('the message ends too early')
    return isFor(packet, question) ? { kind: 'answer', message: messageOf(packet) } : { kind: 'stray' }
  } catch {
    // A message cut short by its sender still says so in its head, and then TCP brings the whole.
    return (octets[2]! & 0x02) === 0
      ? { kind: 'unreadable' }
      : { kind: 'answer', message: { ...nothing, truncated: true } }
  }
}

const nothing: Message = { rcode: 0, truncated: false, authentic: false, answers: [], referral: false }

/** An error may come without its question (RFC 1035 §4.1.1 leaves it open); an answer must not. */
function isFor(packet: DecodedPacket, { name, type }: Question): boolean {
  const asked = packet.questions?.[0]
  if (!asked) return ((packet.flags ?? 0) & 0xf) !== 0
  return asked.type === type && sameName(asked.name, name) && asked.class === 'IN'
}

export const sameName = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase()

function messageOf(packet: DecodedPacket): Message {
  const opt = packet.additionals?.find((record) => record.type === 'OPT')
  const answers = packet.answers ?? []
  const authorities = packet.authorities ?? []
  const error = opt?.options.find(isExtendedError)?.data
  return {
    rcode: ((packet.flags ?? 0) & 0xf) | ((opt?.extendedRcode ?? 0) << 4),
    truncated: packet.flag_tc,
    authentic: packet.flag_ad,
    answers,
    referral:
      answers.length === 0 &&
      !packet.flag_aa &&
      !packet.flag_ra &&
      authorities.some(({ type }) => type === 'NS') &&
      !authorities.some(({ type }) => type === 'SOA'),
    ...(error && error.length >= 2
      ? { extended: { code: error.readUInt16BE(0), text: printable(error.toString('utf8', 2)) } }
      : {}),
  }
}

/** Its types name fewer options than there are. */
const isExtendedError = ({ code }: { code: number }): boolean => code === 15

/** Text from a stranger: one line, no control characters, not too long. */
export const printable = (text: string): string => text.replace(/[^\u0020-\u007e]/g, '?').slice(0, 200)
