/** Owns: probing the ports of one host: TCP, banner, EHLO, STARTTLS or implicit TLS per port. Never sends credentials. */
import { z } from 'zod'
import { connectOutcomes, findingBody, Phase } from '../../transcript/event.ts'
import { call, Milliseconds, stream } from './kinds.ts'

export const PortMode = z.enum(['plain', 'starttls', 'implicit'])
export type PortMode = z.infer<typeof PortMode>

export const ProbeRequest = z.object({
  host: z.string(),
  ports: z.array(z.object({ port: z.int(), mode: PortMode.optional() })).default([]),
  ca: z.string().optional(),
  family: z.union([z.literal(0), z.literal(4), z.literal(6)]).default(0),
  timeout: Milliseconds.default(10_000),
})

export const Finding = z.object({ ...findingBody, phase: Phase })

export const PortResult = z.object({
  session: z.string(),
  port: z.int(),
  mode: PortMode,
  address: z.string().optional(),
  connect: z.enum(connectOutcomes).optional(),
  banner: z.string().optional(),
  capabilities: z.array(z.string()),
  capabilitiesAfterTls: z.array(z.string()).optional(),
  tls: z
    .object({
      version: z.string(),
      cipher: z.string(),
      verified: z.boolean(),
      problem: z.string().optional(),
    })
    .optional(),
  /** One sentence for a person. */
  message: z.string(),
  next: z.string().optional(),
  tone: z.enum(['good', 'warn', 'bad', 'neutral']),
  findings: z.array(Finding),
  /** Microseconds. */
  took: z.int(),
})
export type PortResult = z.infer<typeof PortResult>

export const ProbeReport = z.object({
  id: z.string(),
  host: z.string(),
  startedAt: z.iso.datetime(),
  results: z.array(PortResult),
  cancelled: z.boolean(),
})
export type ProbeReport = z.infer<typeof ProbeReport>

export const ProbeStart = z.discriminatedUnion('ok', [
  z.object({ ok: z.literal(true), id: z.string() }),
  z.object({
    ok: z.literal(false),
    problems: z.array(z.object({ field: z.string(), value: z.string(), message: z.string() })),
  }),
])

export const probe = {
  'probe.start': call(ProbeRequest, ProbeStart),
  /** One result per port as it is known; ends with the probe. */
  'probe.results': stream(z.object({ id: z.string() }), PortResult),
  'probe.report': call(z.object({ id: z.string() }), ProbeReport),
  'probe.cancel': call(z.object({ id: z.string() }), z.object({ ok: z.boolean() })),
}
