/** Owns: xtext (RFC 3461 §4): printable ASCII as it is; `+`, `=` and everything else as `+XX`, upper-case hex. */
import type { Read } from './problem.ts'
export declare function encodeXtext(text: string): string
export declare function decodeXtext(text: string): Read<string>
