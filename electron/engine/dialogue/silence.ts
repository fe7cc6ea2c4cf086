/**
 * Owns: finding out why a port that took the connection says nothing. A port that waits for a ClientHello is silent just
 * like a dead one, so TLS is tried once on a connection of its own; a plain HTTP server gives itself away by its answer.
 */
import type { ImplicitTlsTrial } from '#shared/diagnosis/banner.ts'
import { toByteString } from '#shared/bytes/bytes.ts'
import { tryImplicitTls, type DialDeps, type DialTarget } from './dialer.ts'
import { within } from './limit.ts'
import type { Address } from './resolve.ts'

/** Milliseconds of silence after which the trial is made. */
export const patienceMs = 4000
/** With a short limit on replies the trial must come before that limit ends everything. */
export const patienceFor = (replyLimit: number = Number.POSITIVE_INFINITY): number =>
  Math.min(patienceMs, Math.ceil(replyLimit / 2))
/** Milliseconds to wait for a greeting inside TLS. */
const greetingMs = 3000

/** Undefined when not even a connection could be made, or all was cancelled. Sends no SMTP. */
export async function explainSilence(
  address: Address,
  target: DialTarget,
  deps: DialDeps,
): Promise<ImplicitTlsTrial | undefined> {
  const tried = await tryImplicitTls(address, target, deps)
  if (!tried || deps.signal?.aborted) return undefined
  const { handshake, evidence } = tried
  if (!handshake.ok)
    return { established: false, said: toByteString(handshake.answer.subarray(0, 512)), evidence }
  const { socket } = handshake
  const first = await within(greetingMs, deps.signal, () => firstBytes(socket))
  socket.destroy()
  const said = first.how === 'done' ? toByteString(first.value.subarray(0, 512)) : ''
  if (said !== '') {
    const seq = deps.journal.aside({
      kind: 'reply',
      phase: 'banner',
      direction: 'to-client',
      sealed: true,
      raw: said,
      ...(/^[2-5]\d\d[ -]/.test(said) ? { code: Number(said.slice(0, 3)) } : {}),
    })
    evidence.push(seq)
  }
  return { established: true, said, evidence }
}

const firstBytes = (socket: {
  once(event: 'data', listener: (chunk: Buffer) => void): unknown
  once(event: 'close', listener: () => void): unknown
}): Promise<Uint8Array> =>
  new Promise((resolve) => {
    socket.once('data', (chunk) => resolve(new Uint8Array(chunk)))
    socket.once('close', () => resolve(new Uint8Array()))
  })
