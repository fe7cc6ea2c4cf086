/**
 * Owns: a dialogue as a capture file that Wireshark, tshark, tcpdump and Zeek read as SMTP: what was sealed is in clear,
 * on port 25 or 587, because those readers look for SMTP nowhere else. What is made up is said in comments of the file.
 */
import { concat } from '../../bytes/bytes.ts'
import { enhancedPacket, interfaceDescription, nameResolution, sectionHeader } from './pcapng/blocks.ts'
import { commentsBySeq, sectionComments } from './pcapng/comments.ts'
import { Conversation } from './pcapng/conversation.ts'
import { knownNames } from './pcapng/names.ts'
import type { ExportFormat, Recorded } from './types.ts'

/** Octets that are collected before they are given away. */
const pieceSize = 64 << 10

function* blocks({ head, events }: Recorded, program: string): Generator<Uint8Array> {
  yield sectionHeader(program, sectionComments(head))
  yield interfaceDescription('dialogue', 'A recorded SMTP dialogue, decrypted')
  const names = knownNames(head, events)
  if (names.length > 0) yield nameResolution(names)
  const comments = yield* asEmpty(commentsBySeq(events))
  for (const packet of new Conversation(head, events, comments).packets()) yield enhancedPacket(packet)
}

const empty = new Uint8Array(0)

/** The work's result; its steps are pieces without octets. */
function* asEmpty<T>(work: Generator<void, T>): Generator<Uint8Array, T> {
  for (;;) {
    const step = work.next()
    if (step.done === true) return step.value
    yield empty
  }
}

function* inPieces(parts: Iterable<Uint8Array>): Generator<Uint8Array> {
  let held: Uint8Array[] = []
  let size = 0
  for (const part of parts) {
    if (part.length === 0) {
      yield part
      continue
    }
    held.push(part)
    size += part.length
    if (size < pieceSize) continue
    yield concat(held)
    held = []
    size = 0
  }
  if (size > 0) yield concat(held)
}

export const pcapng: ExportFormat = {
  id: 'pcapng',
  name: 'Capture for Wireshark',
  extension: '.pcapng',
  mime: 'application/x-pcapng',
  leavesOut: 'IP and TCP headers are made up; TLS records and bare acknowledgements are left out.',
  write: (recorded, program) => inPieces(blocks(recorded, program)),
}
