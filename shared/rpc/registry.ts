/** Owns: looking names up in the contract and among handlers, for both ends. A name that is not there is `undefined`. */
import { contract } from './contract.ts'
import type { Call, Stream } from './contract/kinds.ts'
import type { Handlers, StreamSource } from './types.ts'

/** Maps, so that `constructor` and `__proto__` are names like any unknown one. */
export const callEntries = new Map<string, Call>()
export const streamEntries = new Map<string, Stream>()
for (const [name, entry] of Object.entries(contract)) {
  if (entry.kind === 'call') callEntries.set(name, entry)
  else streamEntries.set(name, entry)
}

export type AnyCall = (input: unknown, signal: AbortSignal) => unknown
export type AnyStream = (key: unknown) => StreamSource<unknown> | Promise<StreamSource<unknown>>

/** The handlers of one kind by name, their arguments no longer typed: the caller parses them by the entry of that name. */
export function handlersOf(handlers: Partial<Handlers>): {
  calls: Map<string, AnyCall>
  streams: Map<string, AnyStream>
} {
  const calls = new Map<string, AnyCall>()
  const streams = new Map<string, AnyStream>()
  for (const [name, handler] of Object.entries(handlers)) {
    // oxlint-disable typescript/no-unsafe-type-assertion -- `Handlers` ties each name to its entry's schema
    if (callEntries.has(name)) calls.set(name, handler as AnyCall)
    else streams.set(name, handler as AnyStream)
    // oxlint-enable typescript/no-unsafe-type-assertion
  }
  return { calls, streams }
}
