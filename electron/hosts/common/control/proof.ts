/**
 * Owns: how two programs of one user prove to each other that both know the secret of a data folder, without saying it:
 * whoever took the port of a program that was killed learns nothing, and cannot answer for it.
 */
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'

/** 256 bits. */
export const newSecret = (): string => randomBytes(32).toString('base64url')

/** For one connection. */
export const newNonce = (): string => randomBytes(16).toString('base64url')

export interface Nonces {
  server: string
  client: string
}

/** Each side's own proof, so that neither can be sent back to whom it came from. */
export const proofOf = (secret: string, side: keyof Nonces, { server, client }: Nonces): string =>
  createHmac('sha256', secret).update(`${side}\n${server}\n${client}`).digest('base64url')

/** In constant time. */
export function isProof(given: unknown, right: string): boolean {
  if (typeof given !== 'string') return false
  const [one, other] = [Buffer.from(given), Buffer.from(right)]
  return one.length === other.length && timingSafeEqual(one, other)
}

/** A text of this field of a message; '' for anything else. */
export function textOf(message: unknown, field: string): string {
  if (typeof message !== 'object' || message === null) return ''
  const value: unknown = Reflect.get(message, field)
  return typeof value === 'string' ? value.slice(0, 200) : ''
}
