/**
 * Owns: message content on its way out, by DATA (dot-stuffed, RFC 5321 §4.5.2) or BDAT (RFC 3030 §2): one block at a
 * time, and the end of data as a line of its own, so that it can be held.
 *
 * After an edit the server may read content without our wanting it (a 354 to a line that a person turned into DATA).
 * Then nothing more is taken for a command: the transaction's content follows when there is one to send, otherwise
 * the end of data alone. A line that was held at the gate meanwhile counts as content when it is released.
 */
import { DotEncoder } from '../../grammar/dotEncoder.ts'
import { unmasked } from '../../grammar/mask.ts'
import { concat, utf8 } from '../../../bytes/bytes.ts'
import type { ClientCore, Content, Pending } from './core.ts'
import { commandLine, endLine } from './lines.ts'
import { octetsToSend, stopInCommands, stopInContent } from './stop.ts'

const block = 65_536
const crlf = utf8('\r\n')

/** `empty`: nothing but the end of data may follow. */
export function beginContent(core: ClientCore, encoding: Content['encoding'], empty: boolean): void {
  core.contentIssued = true
  core.bodies++
  core.content = {
    encoding,
    encoder: encoding === 'data' ? new DotEncoder() : null,
    offset: 0,
    pulled: false,
    last: false,
    empty,
    endIssued: false,
    tail: crlf,
  }
  if (encoding === 'data') core.move('go-ahead')
}

/** Goes on with the content when nothing is held and nothing awaited. */
export function continueContent(core: ClientCore): void {
  const content = core.content
  if (content === null || core.pending.size > 0 || content.pulled || content.endIssued) return
  if (content.encoding === 'bdat' && core.expected.length > 0) return
  if (content.encoding === 'data' && core.ending && !content.empty) return abandon(core)
  if (content.encoding === 'data' && (content.empty || content.last)) {
    if (core.options.stopAfter === 'body' && !content.empty) return stopInContent(core, 'body')
    content.endIssued = true
    const { tail } = content
    return core.send({ name: 'end' }, endLine(tail.at(-1) === 10 && tail.at(-2) === 13))
  }
  const left = octetsToSend(core)
  if (left === 0) return stopInside(core, content)
  content.pulled = true
  core.arm('body-block', core.timeouts.bodyBlock)
  core.out.push({ type: 'pull', max: Math.min(block, left) })
}

/** A person wants to end while content flows: a QUIT would be content and a dot would deliver half a message. */
function abandon(core: ClientCore): void {
  core.finish(core.ending!)
}

/** Between two chunks of BDAT a command may follow; RFC 3030 §2: what has no LAST is not delivered. */
function stopInside(core: ClientCore, { encoding }: Content): void {
  if (encoding === 'data') stopInContent(core, 'body')
  else stopInCommands(core, 'body')
}

/** Content that was pulled. */
export function onContent(core: ClientCore, given: Uint8Array, end: boolean): void {
  const content = core.content
  if (content === null || !content.pulled) return
  const left = octetsToSend(core)
  const bytes = given.subarray(0, left)
  // Where it stops after so many octets no line end is added to them.
  const last = end && given.length < left
  content.pulled = false
  content.last = last
  core.disarm()
  const chunk = { offset: content.offset, size: bytes.length, last }
  content.offset += bytes.length
  if (content.encoding === 'bdat') return sendChunk(core, bytes, chunk)
  let wire = content.encoder!.push(bytes)
  if (last) {
    const finish = content.encoder!.finish()
    if (content.offset > 0 && finish.length > 3) wire = concat([wire, crlf])
  }
  if (wire.length > 0) {
    core.send({ name: 'body' }, { kind: 'body', phase: 'body', bytes: wire, shown: unmasked(wire) }, chunk)
  } else if (last) core.note(chunkNote(core, 'data', chunk))
}

function sendChunk(core: ClientCore, bytes: Uint8Array, chunk: NonNullable<Pending['chunk']>): void {
  if (chunk.last && core.options.stopAfter === 'body') {
    return stopInCommands(core, 'body')
  }
  if (bytes.length === 0 && !chunk.last) return
  const command = commandLine({ verb: 'BDAT', size: bytes.length, last: chunk.last })
  const line = { ...command, kind: 'body' as const, bytes: concat([command.bytes, bytes]) }
  core.send({ name: 'body' }, line, chunk)
}

export function chunkNote(
  core: ClientCore,
  encoding: Content['encoding'],
  chunk: NonNullable<Pending['chunk']>,
) {
  return { kind: 'chunk', direction: 'to-server', body: core.bodies, ...chunk, encoding } as const
}

/**
 * Octets went out while the server reads content. Returns what came after CRLF.CRLF, or null when the data has not
 * ended. Lines of our own never end it: the encoder doubles their dots.
 */
export function afterEnd(content: Content, bytes: Uint8Array): Uint8Array | null {
  const wire = concat([content.tail, bytes])
  for (let at = wire.indexOf(46, 2); at >= 0; at = wire.indexOf(46, at + 1)) {
    if (wire[at - 2] === 13 && wire[at - 1] === 10 && wire[at + 1] === 13 && wire[at + 2] === 10) {
      return wire.subarray(at + 3)
    }
  }
  content.tail = wire.subarray(Math.max(0, wire.length - 4))
  return null
}
