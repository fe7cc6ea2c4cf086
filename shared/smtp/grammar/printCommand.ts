/**
 * Owns: writing command lines (RFC 5321 §4.1.1). CR, LF and NUL in any argument throw, so an argument can never become a
 * second command.
 */
import type { Command } from './command.ts'

/** The wire line, CRLF included. Throws RangeError naming the argument that cannot be sent. */
export declare function printCommand(command: Exclude<Command, { verb: 'unknown' }>): Uint8Array
