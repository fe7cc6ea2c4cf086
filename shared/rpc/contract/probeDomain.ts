/** Owns: what a probe's report says of a mail domain: MX in order, TLSA, MTA-STS, TLS reporting; and of addresses' names. */
import { z } from 'zod'

const security = z.enum(['secure', 'insecure', 'bogus', 'unproven'])

export const DomainReport = z.object({
  /** The dialogue that holds every answer. */
  session: z.string(),
  name: z.string(),
  /** `failed`: nobody answered. */
  mx: z.enum(['found', 'null', 'none', 'failed']),
  /** The domain itself has an address. */
  hasAddress: z.boolean(),
  /** Of the MX records; `unproven` unless a resolver was asked that the user calls validating. */
  security: security.optional(),
  /** In the order of preference. */
  records: z.array(
    z.object({
      preference: z.int(),
      host: z.string(),
      addresses: z.array(z.string()),
      problem: z
        .enum(['alias', 'address', 'null-among-others', 'not-found', 'no-address', 'unanswered'])
        .optional(),
    }),
  ),
  tlsa: z.array(
    z.object({
      host: z.string(),
      port: z.int(),
      security,
      answered: z.boolean(),
      /** `matches` once the server's chain was seen. */
      records: z.array(
        z.object({
          usage: z.int(),
          selector: z.int(),
          matching: z.int(),
          matches: z.boolean().optional(),
          why: z.string().optional(),
        }),
      ),
    }),
  ),
  /** Absent when nobody answered for its record. */
  mtaSts: z
    .object({
      record: z.enum(['found', 'none', 'several', 'invalid']),
      policy: z.enum(['read', 'unreachable', 'untrusted', 'invalid']).optional(),
      problem: z.string().optional(),
      mode: z.enum(['enforce', 'testing', 'none']).optional(),
      patterns: z.array(z.string()),
      failing: z.array(z.object({ host: z.string(), why: z.string() })),
    })
    .optional(),
  tlsReporting: z.object({
    record: z.enum(['found', 'none', 'several', 'invalid', 'unanswered']),
    reports: z.array(z.string()),
    problem: z.string().optional(),
  }),
})
export type DomainReport = z.infer<typeof DomainReport>

/** Names of an address (PTR), and those that lead back to it. */
export const ReverseRow = z.object({
  address: z.string(),
  state: z.enum(['found', 'none', 'unanswered']),
  names: z.array(z.string()),
  confirmed: z.array(z.string()),
})
export type ReverseRow = z.infer<typeof ReverseRow>
