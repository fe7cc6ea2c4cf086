/**
 * Owns: freeing what was read from a client as soon as all of it was content that has gone to the store. Each read has
 * memory of its own, up to 64 KiB, that the collector learns of late: 10 MiB of it cost a collection of the whole heap.
 */
import type { ServerMachine } from '#shared/smtp/machine/options.ts'

/** The transaction whose data the next octets are; null while lines are read or something is awaited. */
export const receiving = ({
  state,
  waiting,
  transaction,
}: Pick<ServerMachine, 'state' | 'waiting' | 'transaction'>): object | null =>
  state === 'data' && !waiting ? transaction : null

/** Frees these octets: whoever still holds a part of them finds it empty. Memory that others have a part in stays. */
export function free({ buffer, byteLength }: Uint8Array): void {
  if (buffer instanceof ArrayBuffer && buffer.byteLength === byteLength) buffer.transfer(0)
}
