/** Owns: what is asked of a probe. It holds no secret: a probe has no credentials. */
import { z } from 'zod'
import { Milliseconds } from './kinds.ts'

export const portModes = ['plain', 'starttls', 'implicit'] as const
export const PortMode = z.enum(portModes)
export type PortMode = z.infer<typeof PortMode>

/** `auto` finds out which of the others it is. */
export const AskedMode = z.enum([...portModes, 'auto'])
export type AskedMode = z.infer<typeof AskedMode>

/**
 * Milliseconds for one phase; what is left out takes the request's `timeout`. A TLS scan waits for each of its answers as
 * long as the longest of `connect`, `greeting`, `reply` and `tls`, since one connection of it goes through all of them;
 * the fetch of an MTA-STS policy keeps to `timeout`.
 */
export const ProbeTimeouts = z.object({
  /** Each question to a name server. */
  lookUp: Milliseconds.optional(),
  /** The TCP connection. */
  connect: Milliseconds.optional(),
  /** From the open connection to the greeting. */
  greeting: Milliseconds.optional(),
  /** Each reply after that. */
  reply: Milliseconds.optional(),
  /** The handshake. */
  tls: Milliseconds.optional(),
})
export type ProbeTimeouts = z.infer<typeof ProbeTimeouts>

export const ProbeRequest = z.object({
  /** A name, an address, or something that holds one: `host:port`, a URL. For `domain` a mail domain or an address of it. */
  host: z.string(),
  /** `domain`: its MX hosts in their order are probed, on port 25 unless ports are listed. */
  kind: z.enum(['server', 'domain']).default('server'),
  /** The usual ones when empty. Without a mode 465 is implicit, 25, 587 and 2525 STARTTLS, any other `auto`. */
  ports: z.array(z.object({ port: z.int(), mode: AskedMode.optional() })).default([]),
  ca: z.string().optional(),
  family: z.union([z.literal(0), z.literal(4), z.literal(6)]).default(0),
  /** For each look-up, connection, handshake and reply that `timeouts` does not name. */
  timeout: Milliseconds.default(10_000),
  timeouts: ProbeTimeouts.optional(),
  /** Enumerate versions, suites and groups by ClientHellos of our own: some tens of connections for each port. */
  tlsScan: z.boolean().default(false),
  /** ADDRESS or ADDRESS:PORT of a name server; the system's own look-up when left out. */
  resolver: z.string().optional(),
  /** The user calls that resolver validating (DNSSEC) and trusts the path to it. */
  resolverValidates: z.boolean().default(false),
  /**
   * At each port that greets, ask MAIL and RCPT for `to` without signing in, then RSET and QUIT: never DATA, so nothing is
   * delivered. `to` is an address at a domain that the server does not serve; `from` is the null reverse-path when empty.
   */
  relayTrial: z.object({ from: z.string().max(1000).default(''), to: z.string().max(1000) }).optional(),
  /** Ask for the names of the addresses (PTR); for a `domain` that is done in any case. */
  reverse: z.boolean().default(false),
  /** Hosts known to listen, as HOST:PORT, that may be contacted in this run: only these, and only when listed here. */
  controls: z.array(z.string()).default([]),
})
export type ProbeRequest = z.infer<typeof ProbeRequest>
