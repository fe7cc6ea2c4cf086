/**
 * Owns: the matrix of a probe: its rows in one order whether they have come or are waited for, grouped by host and port;
 * rows that say the same are folded into one with a count.
 */
import type { ProbeProgress, ProbeRequest } from '#shared/rpc/contract/probe.ts'
import type { PortResult } from '#shared/rpc/contract/probeReport.ts'
import { type PortChoice, usualChoices, usualMode } from './probeForm.ts'
import { roleOf, rowOf, timeWords, type ResultRow } from './probeRow.ts'
import { axisOf, type Axis } from './probeWaterfall.ts'
import { tlsName } from './tls.ts'

/** What is not known yet: being tested, or waiting for its turn. */
export interface WaitingRow {
  kind: 'waiting'
  key: string
  host: string
  port: number
  role: string
  family: 4 | 6 | undefined
  address: string | undefined
  /** Milliseconds of the window's clock at which it began; absent before its turn. */
  since: number | undefined
}

/** Rows that say what the one above them says. */
export interface FoldedRow {
  kind: 'folded'
  key: string
  port: number
  /** As "18 more addresses answer the same". */
  words: string
  /** As "35 ms to 61 ms". */
  time: string
  count: number
  rows: readonly ResultRow[]
}

export type MatrixRow = ResultRow | WaitingRow | FoldedRow

export interface PortGroup {
  key: string
  host: string
  port: number
  role: string
  rows: MatrixRow[]
}

export interface HostGroup {
  host: string
  /** Of its MX record; absent for a server. */
  preference: number | undefined
  groups: PortGroup[]
}

export interface Matrix {
  hosts: HostGroup[]
  axis: Axis
  /** The host is worth a heading: there are several, or it is not what was asked for. */
  named: boolean
  /** Rows with a result. */
  count: number
}

export interface MatrixInput {
  results: readonly PortResult[]
  target: string
  kind: 'server' | 'domain'
  /** When the probe began, in milliseconds of the epoch. */
  now: number
  request?: ProbeRequest | undefined
  /** Of a probe that runs. */
  progress?: ProbeProgress | null | undefined
  /** When what is active began, by its name. */
  since?: Readonly<Record<string, number>>
  /** In the order of preference. */
  mx?: readonly { preference: number; host: string }[] | undefined
  /** Keys of folded rows that a person opened. */
  unfolded?: readonly string[]
}

/** A port typed with the host is the only one that is tested when none is listed. */
const typedPort = /^(?:[a-z]+:\/\/)?(?:\[[^\]]*\]|[^/:\s[\]]+):(\d{1,5})(?:\/|$)/i

function planned(request: ProbeRequest | undefined, kind: MatrixInput['kind']): PortChoice[] {
  const typed = Number(typedPort.exec(request?.host.trim().slice(0, 300) ?? '')?.[1])
  if (request && request.ports.length > 0)
    return request.ports.map(({ port, mode }) => ({ port, mode: mode ?? usualMode(port) }))
  return typed > 0 ? [{ port: typed, mode: usualMode(typed) }] : usualChoices(kind)
}

/** As the engine names it. */
const placeName = (address: string, port: number) => `${address} port ${port}`
const familyOf = (address: string): 4 | 6 => (address.includes(':') ? 6 : 4)

/** Every port of every address that is known by now and has no result; each port alone while no address is known. */
function waitingRows(input: MatrixInput, done: readonly ResultRow[]): WaitingRow[] {
  const { progress, target, kind, since = {} } = input
  if (!progress || (progress.stage !== 'look-up' && progress.stage !== 'ports')) return []
  const none = kind === 'server' ? [{ host: target, addresses: [] }] : []
  const known = new Set(done.map(({ host, port, address }) => `${host} ${placeName(address ?? '', port)}`))
  return (progress.hosts ?? none).flatMap(({ host, addresses }) => {
    const places = progress.stage === 'look-up' && addresses.length === 0 ? [undefined] : addresses
    const ports = [...new Set(planned(input.request, kind).map(({ port }) => port))]
    return ports.flatMap((port) =>
      places.flatMap((address): WaitingRow[] => {
        const name = placeName(address ?? '', port)
        if (known.has(`${host} ${name}`)) return []
        const family = address === undefined ? undefined : familyOf(address)
        const begun = progress.active.includes(name) ? (since[name] ?? 0) : undefined
        const key = `wait ${host} ${name}`
        return [{ kind: 'waiting', key, host, port, role: roleOf(port), family, address, since: begun }]
      }),
    )
  })
}

/** Two rows with the same mark say the same, but for address and times. */
function sameMark({ family, reach, mode, auth, size, result }: ResultRow): string {
  const { connect, tls, banner, tone, findings } = result
  return JSON.stringify([
    family,
    connect,
    reach.words.replace(/,.*/, ''),
    mode?.words,
    auth,
    size,
    tone,
    banner?.slice(0, 3),
    tls && [tlsName(tls.version), tls.verified, tls.certificate?.fingerprint256, tls.scan !== undefined],
    findings.map(({ code }) => code),
  ])
}

/** As many equal rows or more are folded. */
const foldFrom = 4

function fold(rows: readonly ResultRow[], unfolded: readonly string[]): MatrixRow[] {
  const sets = Map.groupBy(rows, sameMark)
  return [...sets.values()].flatMap((set): MatrixRow[] => {
    const [first, ...others] = set
    const key = `same as ${first!.key}`
    if (set.length < foldFrom || unfolded.includes(key)) return set
    const times = others.map(({ result }) => result.timings.total)
    const [least, most] = [timeWords(Math.min(...times)), timeWords(Math.max(...times))]
    const words = `${others.length} more addresses answer the same`
    const time = least === most ? least : `${least} to ${most}`
    return [
      first!,
      { kind: 'folded', key, port: first!.port, words, time, count: others.length, rows: others },
    ]
  })
}

/** Place of each in the order of first sight. */
const places = <T>(all: readonly T[]): Map<T, number> => {
  const found = new Map<T, number>()
  for (const one of all) if (!found.has(one)) found.set(one, found.size)
  return found
}

function inOrder<R extends ResultRow | WaitingRow>(rows: readonly R[], input: MatrixInput): R[] {
  const ports = places(planned(input.request, input.kind).map(({ port }) => port))
  const told = [...(input.mx ?? []), ...(input.progress?.hosts ?? []), ...rows]
  const hosts = places(told.map(({ host }) => host))
  const portOf = (port: number) => ports.get(port) ?? ports.size + port
  return rows.toSorted(
    (a, b) =>
      hosts.get(a.host)! - hosts.get(b.host)! ||
      portOf(a.port) - portOf(b.port) ||
      (a.family ?? 0) - (b.family ?? 0),
  )
}

/** Rows whose family has several addresses are marked so. */
function toldApart(rows: readonly ResultRow[]): ResultRow[] {
  const addresses = Map.groupBy(rows, ({ family }) => family)
  return rows.map((row) => {
    const beside = new Set(addresses.get(row.family)?.map(({ address }) => address))
    return beside.size > 1 ? { ...row, several: true } : row
  })
}

function portGroups(rows: readonly (ResultRow | WaitingRow)[], unfolded: readonly string[]): PortGroup[] {
  return [...Map.groupBy(rows, ({ port }) => port)].map(([port, all]) => ({
    key: `${all[0]!.host} ${port}`,
    host: all[0]!.host,
    port,
    role: roleOf(port),
    rows: [
      ...fold(toldApart(all.filter((row) => row.kind === 'result')), unfolded),
      ...all.filter((row) => row.kind === 'waiting'),
    ],
  }))
}

export function matrixOf(input: MatrixInput): Matrix {
  const { results, target, now, mx, unfolded = [] } = input
  const done = results.map((result) => rowOf(result, now))
  const all = inOrder<ResultRow | WaitingRow>([...done, ...waitingRows(input, done)], input)
  const hosts = [...Map.groupBy(all, ({ host }) => host)].map(([host, rows]) => ({
    host,
    preference: mx?.find((record) => record.host === host)?.preference,
    groups: portGroups(rows, unfolded),
  }))
  return {
    hosts,
    axis: axisOf(done.map(({ bars }) => bars)),
    named:
      hosts.length > 1 || hosts.some(({ host, preference }) => preference !== undefined || host !== target),
    count: done.length,
  }
}

/** What a probe is doing, and what is waited for, in one sentence. `timeout` in milliseconds. */
export function progressWords(
  { stage, done, total, active }: ProbeProgress,
  { target, timeout }: { target: string; timeout: number },
): string {
  const limit = `${timeout / 1000} s`
  if (stage === 'look-up') return `Looking up ${target}. Each question is given up after ${limit}.`
  if (stage === 'ports')
    return `${done} of ${total} tested. Connection, greeting, TLS and each reply are given up after ${limit}.`
  if (stage === 'tls-scan')
    return `TLS scan, ${done} of ${total} done${active[0] === undefined ? '' : `: ${active[0].replace(/^TLS of /, '')}`}. It takes a few tens of connections for each port.`
  if (stage === 'relay-trial')
    return `Asking whether strangers may relay, ${done} of ${total} done. Nothing is delivered.`
  if (stage === 'domain') return `Reading what DNS says of ${target}.`
  return 'Putting the answer together.'
}

/** The lead of a verdict and what follows it: the first clause can be read from afar. */
export function leadOf(message: string): [string, string] {
  const cut = /^(.{8,90}?(?:[.:;](?= )|(?=,? which )))/.exec(message)?.[1]
  return cut === undefined ? [message, ''] : [cut, message.slice(cut.length)]
}
