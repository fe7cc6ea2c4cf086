/**
 * Owns: the Compare form's values: their defaults, what is saved of them, the request they make, and the engine's field
 * problems at the fields. Control hosts are kept as a list of the user's own; whether one is asked is said for each run.
 */
import { z } from 'zod'
import type { FieldProblem } from '#shared/rpc/contract/dialogue.ts'
import type { ProbeRequest } from '#shared/rpc/contract/probe.ts'
import { isLoopback } from './hosts.ts'

export const askedModes = ['auto', 'starttls', 'implicit', 'plain'] as const
export type AskedMode = (typeof askedModes)[number]

export interface PortChoice {
  port: number
  mode: AskedMode
}

const text = (most: number) => z.string().max(most).catch('')
const mostPorts = 64
const mostControls = 10

export const ProbeDraft = z.object({
  host: text(1000),
  kind: z.enum(['server', 'domain']).catch('server'),
  /** Empty: the usual ones. */
  ports: z
    .array(z.object({ port: z.int(), mode: z.enum(askedModes) }))
    .max(mostPorts)
    .catch([]),
  family: z.enum(['0', '4', '6']).catch('0'),
  /** Seconds, as typed. */
  timeout: z.string().max(20).catch('10'),
  tlsScan: z.boolean().catch(false),
  resolver: text(200),
  resolverValidates: z.boolean().catch(false),
  ca: text(100_000),
  reverse: z.boolean().catch(false),
  /** Recipient of a relay trial; none is made when empty. */
  relayTo: text(1000),
  /** HOST:PORT each, as typed. */
  controls: z.array(z.string().max(300)).max(mostControls).catch([]),
})
export type ProbeDraft = z.infer<typeof ProbeDraft>

export const emptyProbeDraft = (): ProbeDraft => readProbeDraft({})

/** Saved values; whatever is wrong or unknown becomes its default. A relay trial is asked for anew: it was meant for one server. */
export function readProbeDraft(saved: unknown): ProbeDraft {
  const known = ProbeDraft.safeParse({ timeout: '10', ...(typeof saved === 'object' ? saved : {}) })
  return { ...(known.success ? known.data : ProbeDraft.parse({ timeout: '10' })), relayTo: '' }
}

/** What a port usually speaks; nobody knows of the others. */
export const usualMode = (port: number): AskedMode =>
  port === 465 ? 'implicit' : usualPorts.includes(port) ? 'starttls' : 'auto'

const usualPorts: readonly number[] = [25, 465, 587, 2525]
export const usualChoices = (kind: ProbeDraft['kind']): PortChoice[] =>
  (kind === 'domain' ? [25] : usualPorts).map((port) => ({ port, mode: usualMode(port) }))

/** What is tested with this form. */
export const portsOf = ({ ports, kind }: Pick<ProbeDraft, 'ports' | 'kind'>): readonly PortChoice[] =>
  ports.length > 0 ? ports : usualChoices(kind)

export const modeWords: Record<AskedMode, string> = {
  auto: 'Find out',
  starttls: 'STARTTLS',
  implicit: 'TLS from the start',
  plain: 'In clear',
}

/** The ports with one more, or why not, in words. Readers of mail are refused by the engine, in its own words. */
export function withPort(
  ports: readonly PortChoice[],
  typed: string,
): { ok: true; ports: PortChoice[] } | { ok: false; message: string } {
  const found = /^(\d{1,6})(?::(plain|starttls|implicit|auto))?$/.exec(typed.trim().toLowerCase())
  const port = Number(found?.[1])
  if (!found || port < 1 || port > 65_535)
    return { ok: false, message: `“${typed.trim().slice(0, 20)}” is not a port: a whole number from 1 to 65535, such as 587 or 2587:starttls.` } // prettier-ignore
  const mode = askedModes.find((known) => known === found[2]) ?? usualMode(port)
  if (ports.some((one) => one.port === port && one.mode === mode))
    return { ok: false, message: `Port ${port} is in the list already.` }
  if (ports.length >= mostPorts)
    return { ok: false, message: `At most ${mostPorts} ports are tested at once.` }
  return { ok: true, ports: [...ports, { port, mode }] }
}

/** Places in the form where a problem can be shown and focus can go, in its order. */
export const probeFields = [
  'host',
  'ports',
  'family',
  'timeout',
  'resolver',
  'relayTrial',
  'ca',
  'controls',
] as const
export type ProbeField = (typeof probeFields)[number]
export type ProbeProblems = Partial<Record<ProbeField | 'form', string>>

const isField = (name: string): name is ProbeField => probeFields.some((field) => field === name)

/** Problems by field, several at one field joined; one that belongs to no field of the form stands under `form`. */
export function probeProblems(problems: readonly FieldProblem[]): ProbeProblems {
  const found: ProbeProblems = {}
  for (const { field, message } of problems) {
    const name = field.replace(/[[.].*$/, '')
    const place = isField(name) ? name : 'form'
    if (!found[place]?.includes(message)) found[place] = found[place] ? `${found[place]} ${message}` : message
  }
  return found
}

/** Of these the fold-out holds the field: it opens when one of them is wrong. */
export const isOption = (field: ProbeField | 'form'): boolean => field !== 'host' && field !== 'form'

/** Seconds in which a phase must be done. */
const longest = 600

export interface ProbeInput {
  draft: ProbeDraft
  /** Control hosts that may be contacted in this run. */
  controlsOn: readonly string[]
  /** The local authority's certificate, trusted for hosts on this computer. */
  localCa?: string | undefined
}

/** The request, or what the page itself can tell is wrong. Everything else is the engine's to judge. */
export function probeRequest({
  draft,
  controlsOn,
  localCa,
}: ProbeInput): { ok: true; request: ProbeRequest } | { ok: false; problems: ProbeProblems } {
  const { host, kind, ports, family, tlsScan, resolver, resolverValidates, reverse } = draft
  const seconds = Number(draft.timeout.trim().replace(',', '.'))
  if (draft.timeout.trim() === '' || !(seconds >= 0.1 && seconds <= longest))
    return { ok: false, problems: { timeout: `“${draft.timeout.trim().slice(0, 20)}” is not a number of seconds from 0.1 to ${longest}, such as 10.` } } // prettier-ignore
  const local = isLoopback(host.trim().replace(/:\d+$/, '')) ? (localCa ?? '').trim() : ''
  const ca = [draft.ca.trim(), local].filter(Boolean).join('\n')
  return {
    ok: true,
    request: {
      host: host.trim(),
      kind,
      ports: ports.map(({ port, mode }) => ({ port, mode })),
      family: family === '4' ? 4 : family === '6' ? 6 : 0,
      timeout: Math.round(seconds * 1000),
      tlsScan,
      resolverValidates: resolver.trim() !== '' && resolverValidates,
      reverse,
      controls: draft.controls.filter((one) => controlsOn.includes(one)),
      ...(resolver.trim() === '' ? {} : { resolver: resolver.trim() }),
      ...(ca === '' ? {} : { ca }),
      ...(draft.relayTo.trim() === '' ? {} : { relayTrial: { to: draft.relayTo.trim(), from: '' } }),
    },
  }
}

/** The form as it was when this was asked for. The user's own list of control hosts stays. */
export function draftOfRequest(
  request: ProbeRequest,
  { draft, localCa }: { draft: ProbeDraft; localCa?: string | undefined },
): ProbeDraft {
  const { host, kind, ports, family, timeout, tlsScan, resolver = '', resolverValidates, reverse } = request
  const ca = (request.ca ?? '').replace((localCa ?? '').trim(), '').trim()
  return {
    ...draft,
    host,
    kind,
    ports: ports.map(({ port, mode }) => ({ port, mode: mode ?? usualMode(port) })),
    family: family === 4 ? '4' : family === 6 ? '6' : '0',
    timeout: String(timeout / 1000),
    tlsScan,
    resolver,
    resolverValidates,
    ca,
    reverse,
    relayTo: request.relayTrial?.to ?? '',
  }
}

/** The options that differ from the usual ones, in words; empty when all are usual. */
export function optionWords(draft: ProbeDraft, controlsOn: readonly string[]): string[] {
  const on = draft.controls.filter((one) => controlsOn.includes(one)).length
  return [
    draft.ports.length > 0 ? `ports ${draft.ports.map(({ port }) => port).join(', ')}` : '',
    draft.family === '0' ? '' : `IPv${draft.family} only`,
    draft.timeout.trim() === '10' ? '' : `${draft.timeout.trim()} s`,
    draft.tlsScan ? 'TLS scan' : '',
    draft.resolver.trim() === '' ? '' : `resolver ${draft.resolver.trim()}`,
    draft.ca.trim() === '' ? '' : 'another root',
    draft.reverse ? 'names of addresses' : '',
    draft.relayTo.trim() === '' ? '' : 'relay trial',
    on === 0 ? '' : on === 1 ? '1 control host' : `${on} control hosts`,
  ].filter(Boolean)
}
