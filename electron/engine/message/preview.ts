/** Owns: telling what a message will be like on the wire before it is sent. Composes and signs as a send does. */
import { isAscii } from '#shared/bytes/bytes.ts'
import { type Message, maxPreview, type MessagePart, type Preview } from '#shared/rpc/contract/message.ts'
import type { FieldProblem } from '#shared/rpc/contract/fieldProblem.ts'
import { composeMessage, type ComposeOptions } from './compose.ts'
import { readMessage } from './parse.ts'
import { messageSource } from './source.ts'

/** Never throws for bad input. */
export async function previewMessage(
  message: Message,
  options: ComposeOptions,
): Promise<Preview | { ok: false; problems: FieldProblem[] }> {
  const composed = await composeMessage(message, options)
  if (!composed.ok) return composed
  const { bytes, envelope, parts, remarks } = composed
  const { eightBit, utf8 } = messageSource(bytes)
  return {
    ok: true,
    base64: Buffer.from(bytes.subarray(0, maxPreview)).toString('base64'),
    size: bytes.length,
    parts: parts ?? (await partsOf(bytes)),
    eightBit,
    smtputf8: utf8 || [envelope.from, ...envelope.to].some((address) => !isAscii(address)),
    longestLine: longestLineOf(bytes),
    envelope,
    remarks,
  }
}

async function partsOf(bytes: Uint8Array): Promise<MessagePart[]> {
  const { parts } = await readMessage(bytes.length, async (from, size) => bytes.subarray(from, from + size))
  return parts.map(({ name, type, size }) => ({ type, size, ...(name === '' ? {} : { name }) }))
}

/** Octets, without the line end. */
export function longestLineOf(bytes: Uint8Array): number {
  let longest = 0
  for (let at = 0; at < bytes.length;) {
    const lf = bytes.indexOf(0x0a, at)
    const end = lf < 0 ? bytes.length : lf
    const octets = end - at - (lf > at && bytes[lf - 1] === 0x0d ? 1 : 0)
    if (octets > longest) longest = octets
    at = end + 1
  }
  return longest
}
