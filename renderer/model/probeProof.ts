/** Owns: where a cell of the matrix is proven: a dialogue, and the event in it that shows what the cell says. */
import type { PortResult } from '#shared/rpc/contract/probeReport.ts'

export const cells = ['reach', 'banner', 'mode', 'versions', 'certificate', 'auth', 'size', 'time'] as const
export type CellName = (typeof cells)[number]

export interface CellProof {
  session: string
  /** Absent: the dialogue as a whole; nothing in it says more. */
  event?: number
}

/** Undefined when there is no dialogue: nobody was connected to, and nobody was asked for an address. */
export function proofOf(result: PortResult, cell: CellName): CellProof | undefined {
  const { session, events = {}, tls } = result
  // Versions that were enumerated stand in the dialogue of the scan, not in one event of it.
  if (cell === 'versions' && tls?.scan) return { session: tls.scan.session }
  if (session === '') return undefined
  const hello = events.ehloAfterTls ?? events.ehlo
  const numbers: Record<CellName, number | undefined> = {
    reach: events.connect,
    banner: events.banner ?? events.last,
    mode: events.tls ?? events.starttls ?? events.ehlo,
    versions: events.tls,
    certificate: events.tls,
    auth: hello,
    size: hello,
    time: events.last,
  }
  const event = numbers[cell]
  return event === undefined ? { session } : { session, event }
}
