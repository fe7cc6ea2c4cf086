/** Owns: the one error that crosses rpc. Anything else that a handler throws stays on its side, unseen. */
import type { RpcErrorCode } from './types.ts'

/** Its message is read by a person at the other end: no secret, no path of a program, no stack. */
export class RpcError extends Error {
  readonly code: RpcErrorCode
  constructor(code: RpcErrorCode, message: string) {
    super(message)
    this.name = 'RpcError'
    this.code = code
  }
}

/** A session, message or probe that is not there (any more). */
export const notFound = (what: string, id: string): RpcError =>
  new RpcError(
    'not-found',
    `${what} ${JSON.stringify(id.slice(0, 80))} is not here: it was removed or never existed.`,
  )

const unexpected = 'The engine met a fault that nobody foresaw. Its log says more.'

/** What may be told of anything thrown: an RpcError's own words, of all else only that it happened. */
export function tellable(thrown: unknown): { code: RpcErrorCode; message: string } {
  if (thrown instanceof RpcError) return { code: thrown.code, message: thrown.message }
  return { code: 'internal', message: unexpected }
}
