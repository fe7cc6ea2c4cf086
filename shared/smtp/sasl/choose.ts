/** Owns: which mechanism to use of those offered. */
import type { MechanismName } from './mechanisms.ts'

export type Choice =
  /** `warning` when it exposes the password on this channel: ask for consent first (RFC 4954 §14, RFC 8314 §5.1). */
  { ok: true; mechanism: MechanismName; reason: string; warning?: string } | { ok: false; message: string }

/** `wanted` is `auto` or a name; `protectedChannel` means TLS is on. */
export declare function choose(offered: readonly string[], wanted: string, protectedChannel: boolean): Choice
