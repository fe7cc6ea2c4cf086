/** Owns: what a person may choose to hide before a transcript leaves this computer. Secrets are no choice: they are never in one. */
import { z } from 'zod'

/** Each choice replaces the same thing by the same stand-in everywhere, so that a reader can still tell who is who. */
export const Redaction = z.object({
  /** Mail addresses, user names and display names: `person1@domain1.example`. */
  addresses: z.boolean().default(true),
  /** Host names and IP addresses: `host1.example`, 192.0.2.1, 2001:db8::1 (RFC 2606, 5737, 3849). */
  names: z.boolean().default(true),
  /** Message content, headers included: removed, its sizes kept. */
  bodies: z.boolean().default(true),
})
export type Redaction = z.infer<typeof Redaction>

/** How many different things were replaced or removed. */
export interface Redacted {
  addresses: number
  names: number
  bodies: number
}
