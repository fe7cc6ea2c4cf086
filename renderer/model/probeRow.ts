/** Owns: one result of a probe as a row of the matrix: each cell in two or three words, and the whole row in one sentence. */
import type { PortResult } from '#shared/rpc/contract/probeReport.ts'
import { shownLines } from '#shared/transcript/shown.ts'
import { sizeShort } from './measures.ts'
import { certificateShort } from './probeDetailCertificate.ts'
import { barsOf, isSealed, type Bar } from './probeWaterfall.ts'
import { tlsName } from './tls.ts'

export type CellTone = 'good' | 'warn' | 'bad' | 'neutral'

export interface ModeCell {
  look: 'sealed' | 'open' | 'bad'
  words: string
}

export interface ResultRow {
  kind: 'result'
  key: string
  host: string
  port: number
  /** As "relay"; '' where the port has no usual one. */
  role: string
  family: 4 | 6 | undefined
  address: string | undefined
  /** Its family has further addresses on this port, so that only the address tells the rows apart. */
  several: boolean
  result: PortResult
  reach: { tone: CellTone; words: string }
  /** First line of the greeting; '' when there was none. */
  banner: string
  mode: ModeCell | null
  auth: string
  size: string
  time: string
  bars: Bar[]
  /** Everything, for who hears it. */
  spoken: string
}

const roles: ReadonlyMap<number, string> = new Map([
  [25, 'relay'],
  [465, 'submissions'],
  [587, 'submission'],
  [2525, 'convention'],
])
/** Characters of a line that the other side chose, at most. */
const longestLine = 300
/** The first line of what the other side said, control characters spelt out. */
const firstLine = (said: string): string => (shownLines(said.split('\n')[0]!)[0] ?? '').slice(0, longestLine)

export const roleOf = (port: number): string => roles.get(port) ?? ''

/** As "38 ms", under ten milliseconds "0.4 ms", from ten seconds on "12.5 s". */
export function timeWords(micros: number): string {
  const ms = micros / 1000
  if (ms >= 10_000) return `${(ms / 1000).toFixed(1)} s`
  return ms < 10 ? `${ms.toFixed(1)} ms` : `${Math.round(ms).toLocaleString('en-US')} ms`
}

const outcomes: Record<NonNullable<PortResult['connect']>, { tone: CellTone; words: string }> = {
  connected: { tone: 'good', words: 'Open' },
  refused: { tone: 'warn', words: 'Refused' },
  timeout: { tone: 'bad', words: 'No answer' },
  reset: { tone: 'bad', words: 'Reset' },
  unreachable: { tone: 'bad', words: 'Unreachable' },
  denied: { tone: 'bad', words: 'Not allowed' },
  cancelled: { tone: 'neutral', words: 'Cancelled' },
  failed: { tone: 'bad', words: 'Failed' },
}

export function reachOf({ connect, address, timings, banner, tone }: PortResult): ResultRow['reach'] {
  if (address === undefined)
    return tone === 'neutral' ? { tone, words: 'Cancelled' } : { tone: 'bad', words: 'No address' }
  if (connect !== 'connected') return outcomes[connect ?? 'cancelled']
  if (banner === undefined && tone === 'neutral') return { tone, words: 'Stopped' }
  if (banner === undefined) return { tone: 'warn', words: 'Open, silent' }
  return { tone: 'good', words: `Open, ${timeWords(timings.tcp ?? 0)}` }
}

const offersStarttls = ({ capabilities }: PortResult) =>
  capabilities.some((capability) => /^STARTTLS\b/i.test(capability))

/** Null where nothing was said. */
export function modeOf(result: PortResult): ModeCell | null {
  const { mode, banner, connect, timings } = result
  if (connect !== 'connected') return null
  if (isSealed(result)) return { look: 'sealed', words: mode === 'implicit' ? 'From the start' : 'STARTTLS' }
  if (timings.tls !== undefined) return { look: 'bad', words: 'TLS failed' }
  if (mode === 'implicit') return { look: 'bad', words: 'No TLS' }
  if (banner === undefined) return null
  if (mode === 'plain') return { look: 'open', words: 'In clear' }
  return { look: 'open', words: offersStarttls(result) ? 'Not made' : 'No STARTTLS' }
}

/** Octets that one message may have, as "52 MB" (RFC 1870); '' when not stated. */
export function sizeOf({ capabilities, capabilitiesAfterTls }: PortResult): string {
  for (const capability of capabilitiesAfterTls ?? capabilities) {
    const octets = /^SIZE (\d{1,15})$/i.exec(capability)?.[1]
    if (octets !== undefined && Number(octets) > 0) return sizeShort(Number(octets))
  }
  return ''
}

const listed = (words: readonly string[]): string =>
  words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)!}`

/** As "TLS 1.2 and 1.3"; '' when none is known. */
export function versionsSpoken({ tls }: Pick<PortResult, 'tls'>): string {
  const accepted = (tls?.versions ?? [])
    .filter(({ accepted: yes }) => yes)
    .map(({ version }) => tlsName(version))
  return accepted.length === 0 ? '' : `TLS ${listed(accepted.map((name) => name.replace(/^TLS /, '')))}`
}

function spoken(
  result: PortResult,
  cells: Pick<ResultRow, 'reach' | 'mode' | 'auth' | 'size'>,
  now: number,
): string {
  const { port, family, address, banner } = result
  const certificate = certificateShort(result.tls, now)
  const reach = cells.reach.words
  return [
    `${port}`,
    family === undefined ? '' : `IPv${family}`,
    address ?? '',
    cells.reach.tone === 'good' ? reach.replace('Open, ', 'open in ') : reach.toLowerCase(),
    cells.mode?.words ?? '',
    versionsSpoken(result),
    isSealed(result) ? `certificate ${certificate.spoken.toLowerCase().replace('valid, ', 'valid ')}` : '',
    cells.auth === '' ? (banner === undefined ? '' : 'no AUTH') : `AUTH ${cells.auth}`,
    cells.size === '' ? '' : `up to ${cells.size}`,
    banner === undefined ? '' : `whole dialogue ${timeWords(result.timings.total)}`,
  ]
    .filter(Boolean)
    .join(', ')
}

export const rowKey = ({
  host,
  port,
  asked,
  address,
}: Pick<PortResult, 'host' | 'port' | 'asked' | 'address'>) => `${host} ${port} ${asked} ${address ?? ''}`

/** `now`, in milliseconds of the epoch: when the probe was made, by which a certificate is judged. */
export function rowOf(result: PortResult, now: number): ResultRow {
  const { host, port, family, address, banner, auth, timings } = result
  const cells = {
    reach: reachOf(result),
    mode: modeOf(result),
    auth: auth.slice(0, 20).map(firstLine).join(' '),
    size: sizeOf(result),
  }
  return {
    kind: 'result',
    key: rowKey(result),
    host,
    port,
    role: roleOf(port),
    family,
    address,
    several: false,
    result,
    ...cells,
    banner: banner === undefined ? '' : firstLine(banner),
    time: timeWords(timings.total),
    bars: barsOf(result),
    spoken: spoken(result, cells, now),
  }
}
