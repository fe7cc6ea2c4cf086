/**
 * Owns: probing a host: each port of each of its addresses, its TLS, its domain. Never sends credentials. What it answers
 * is probeReport.ts's business.
 */
import { z } from 'zod'
import { call, Milliseconds, stream } from './kinds.ts'
import { PortResult, portModes, ProbeReport } from './probeReport.ts'

export { PortMode, PortResult, ProbeReport } from './probeReport.ts'

/** `auto` finds out which of the others it is. */
export const AskedMode = z.enum([...portModes, 'auto'])
export type AskedMode = z.infer<typeof AskedMode>

export const ProbeRequest = z.object({
  /** A name, an address, or something that holds one: `host:port`, a URL. For `domain` a mail domain or an address of it. */
  host: z.string(),
  /** `domain`: its MX hosts in their order are probed, on port 25 unless ports are listed. */
  kind: z.enum(['server', 'domain']).default('server'),
  /** The usual ones when empty. Without a mode 465 is implicit, 25, 587 and 2525 STARTTLS, any other `auto`. */
  ports: z.array(z.object({ port: z.int(), mode: AskedMode.optional() })).default([]),
  ca: z.string().optional(),
  family: z.union([z.literal(0), z.literal(4), z.literal(6)]).default(0),
  /** For each look-up, connection, handshake and reply. */
  timeout: Milliseconds.default(10_000),
  /** Enumerate versions, suites and groups by ClientHellos of our own: some tens of connections for each port. */
  tlsScan: z.boolean().default(false),
  /** ADDRESS or ADDRESS:PORT of a name server; the system's own look-up when left out. */
  resolver: z.string().optional(),
  /** The user calls that resolver validating (DNSSEC) and trusts the path to it. */
  resolverValidates: z.boolean().default(false),
  /** Ask for the names of the addresses (PTR); for a `domain` that is done in any case. */
  reverse: z.boolean().default(false),
  /** Hosts known to listen, as HOST:PORT, that may be contacted in this run: only these, and only when listed here. */
  controls: z.array(z.string()).default([]),
})
export type ProbeRequest = z.infer<typeof ProbeRequest>

export const ProbeProgress = z.object({
  stage: z.enum(['look-up', 'ports', 'tls-scan', 'domain', 'done']),
  /** Steps of this stage that are done, of all that are known by now. */
  done: z.int(),
  total: z.int(),
  /** What is being tested at this moment, as `192.0.2.1 port 587`. */
  active: z.array(z.string()),
})
export type ProbeProgress = z.infer<typeof ProbeProgress>

export const ProbeStart = z.discriminatedUnion('ok', [
  z.object({ ok: z.literal(true), id: z.string() }),
  z.object({
    ok: z.literal(false),
    problems: z.array(z.object({ field: z.string(), value: z.string(), message: z.string() })),
  }),
])

export const probe = {
  'probe.start': call(ProbeRequest, ProbeStart),
  /** One result for each port and address as it is known, without what its TLS scan adds; ends with the probe. */
  'probe.results': stream(z.object({ id: z.string() }), PortResult),
  /** What is being tested and how far it is; ends with the probe. */
  'probe.progress': stream(z.object({ id: z.string() }), ProbeProgress),
  'probe.report': call(z.object({ id: z.string() }), ProbeReport),
  /** Ends what runs; the report then holds what is known so far. */
  'probe.cancel': call(z.object({ id: z.string() }), z.object({ ok: z.boolean() })),
}
