/**
 * Owns: hiding secrets in bytes that will be recorded. A secret becomes eight asterisks whatever its length.
 */
import type { Shown } from '../machine/types.ts'

export interface MaskContext {
  /** The line answers a 334: all of it is secret (`*` alone, which cancels, is shown). */
  exchange?: boolean
  /** An AUTH was refused before this line: a client that does not wait sends its secret now, as a line that is no known verb. */
  refused?: boolean
}

/** One line of a client, line end kept and shown. */
export declare function maskLine(line: Uint8Array, context?: MaskContext): Shown
/** Whole line secret, whatever it holds; its line end stays. */
export declare function maskWhole(line: Uint8Array): Shown
/** Nothing to hide. */
export declare function unmasked(bytes: Uint8Array): Shown
/**
 * Masks any occurrence of known secrets, raw or inside base64 at any alignment (`\0user\0password` among them): a hostile server may
 * echo a password in its reply. Keeps ranges that `shown` has already.
 */
export declare function maskSecrets(shown: Shown | Uint8Array, secrets: readonly string[]): Shown
