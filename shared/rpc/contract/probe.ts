/**
 * Owns: probing a host: each port of each of its addresses, its TLS, its domain. Never sends credentials. What it answers
 * is probeReport.ts's business.
 */
import { z } from 'zod'
import { call, nothing, stream } from './kinds.ts'
import { PortResult, ProbeReport, tones } from './probeReport.ts'
import { ProbeRequest } from './probeRequest.ts'

export { PortResult, ProbeReport } from './probeReport.ts'
export { AskedMode, PortMode, ProbeRequest, ProbeTimeouts } from './probeRequest.ts'

export const ProbeProgress = z.object({
  stage: z.enum(['look-up', 'ports', 'relay-trial', 'tls-scan', 'domain', 'done']),
  /** Steps of this stage that are done, of all that are known by now. */
  done: z.int(),
  total: z.int(),
  /** What is being tested at this moment, as `192.0.2.1 port 587`. */
  active: z.array(z.string()),
  /** What is tested in all, in its order: no addresses before the look-up of a host has ended. Absent before it is known. */
  hosts: z.array(z.object({ host: z.string(), addresses: z.array(z.string()) })).optional(),
})
export type ProbeProgress = z.infer<typeof ProbeProgress>

export const ProbeStart = z.discriminatedUnion('ok', [
  z.object({ ok: z.literal(true), id: z.string() }),
  z.object({
    ok: z.literal(false),
    problems: z.array(z.object({ field: z.string(), value: z.string(), message: z.string() })),
  }),
])

/** One probe in the list of all. */
export const ProbeSummary = z.object({
  id: z.string(),
  /** As understood, in ASCII (A-labels). */
  target: z.string(),
  kind: z.enum(['server', 'domain']),
  /** With its own letters, when the name has some that ASCII lacks. */
  unicode: z.string().optional(),
  startedAt: z.iso.datetime(),
  /** Microseconds; 0 while it runs. */
  took: z.int().min(0),
  running: z.boolean(),
  cancelled: z.boolean(),
  tone: z.enum(tones),
  /** The verdict; while it runs, what is being done. */
  message: z.string(),
  recommendation: z
    .object({ port: z.int(), tls: z.enum(['implicit', 'starttls', 'opportunistic']) })
    .nullable(),
  /** As asked, so that the same can be asked again; a `ca` of more than 16 KiB stands in the report's `request` only. */
  request: ProbeRequest,
})
export type ProbeSummary = z.infer<typeof ProbeSummary>

/** A probe that began or ended, or probes that are no longer kept. */
export const ProbeChange = z.discriminatedUnion('type', [
  z.object({ type: z.literal('put'), summary: ProbeSummary }),
  z.object({ type: z.literal('gone'), ids: z.array(z.string()) }),
])
export type ProbeChange = z.infer<typeof ProbeChange>

/** Ended probes that are kept; of more the oldest go. */
export const mostProbesKept = 500

const Id = z.object({ id: z.string() })

export const probe = {
  'probe.start': call(ProbeRequest, ProbeStart),
  /** One result for each port and address as it is known, without what its TLS scan adds; ends with the probe. */
  'probe.results': stream(Id, PortResult),
  /** What is being tested and how far it is; ends with the probe. */
  'probe.progress': stream(Id, ProbeProgress),
  /** Answers when the probe has ended; probes of earlier runs of the program are answered too. */
  'probe.report': call(Id, ProbeReport),
  /** Ends what runs; the report then holds what is known so far. */
  'probe.cancel': call(Id, z.object({ ok: z.boolean() })),
  /** Newest first, running ones included. */
  'probe.list': call(
    z.object({ limit: z.int().min(1).max(mostProbesKept).default(200) }),
    z.object({ probes: z.array(ProbeSummary) }),
  ),
  /** Ended ones; those that run stay. Their dialogues stay too, until they are removed as transcripts. */
  'probe.delete': call(z.object({ ids: z.array(z.string()).max(10_000) }), z.object({ deleted: z.int() })),
  /** From now on; a reader that has lost some reads the list anew. */
  'probe.changes': stream(nothing, ProbeChange),
}
