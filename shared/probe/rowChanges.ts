/**
 * Owns: what differs between two results of one port of one address. Of two that did not both connect only that is told:
 * the one that did not says nothing of the rest. Greetings differ in times and numbers every time, which is no change.
 */
import type { PortResult } from '../rpc/contract/probeReport.ts'
import { saysTheSame } from '../transcript/diff/variable.ts'
import { changed, setTone, toneOf } from './change.ts'
import { timeChanges } from './timeChanges.ts'
import { tlsChanges } from './tlsChanges.ts'
import type { Change } from './types.ts'

/** Extensions told of one row. */
const mostExtensions = 30

export function rowChanges(before: PortResult, after: PortResult): Change[] {
  const where = changed('address', addressOf(before), addressOf(after))
  const connection = connectionChange(before, after)
  if (before.connect !== 'connected' || after.connect !== 'connected') return [...where, ...connection]
  return [
    ...where,
    ...changed('TLS mode', before.mode, after.mode, toneOf(modeRank(before), modeRank(after))),
    ...greetingChange(before, after),
    ...starttlsChange(before, after),
    ...tlsChanges(before.tls, after.tls),
    ...authChange(before, after),
    ...extensionChanges(before, after),
    ...timeChanges(before.timings, after.timings),
  ]
}

/** Nothing is known of a port whose test was given up before it answered. */
export const isUnknown = ({ connect, address }: PortResult): boolean =>
  connect === 'cancelled' || (connect === undefined && address !== undefined)

const addressOf = ({ address }: PortResult): string => address ?? 'none'
const modeRank = ({ mode }: PortResult): number => (mode === 'plain' ? 0 : 1)

const connectWords = {
  connected: 'connected',
  refused: 'refused',
  timeout: 'no answer in time',
  reset: 'reset',
  unreachable: 'unreachable',
  denied: 'denied by this computer',
  cancelled: 'not tested to the end',
  failed: 'failed',
} as const

export const connectionWords = (result: PortResult): string =>
  isUnknown(result)
    ? connectWords.cancelled
    : result.connect === undefined
      ? 'no address'
      : connectWords[result.connect]

function connectionChange(before: PortResult, after: PortResult): Change[] {
  const open = isUnknown(before) || isUnknown(after)
  const tone = open ? 'neutral' : toneOf(connectRank(before), connectRank(after))
  return changed('connection', connectionWords(before), connectionWords(after), tone)
}

function greetingChange({ banner: before }: PortResult, { banner: after }: PortResult): Change[] {
  if (before !== undefined && after !== undefined && saysTheSame(before, after)) return []
  return changed(
    'greeting',
    before ?? 'none',
    after ?? 'none',
    toneOf(greetingRank(before), greetingRank(after)),
  )
}

const heard = ({ capabilities, banner }: PortResult): boolean =>
  banner !== undefined && capabilities.length > 0

/** With implicit TLS there is none, and of a port that gave no EHLO reply nobody knows. */
function starttlsChange(before: PortResult, after: PortResult): Change[] {
  if (before.mode === 'implicit' || after.mode === 'implicit' || !heard(before) || !heard(after)) return []
  const words = (result: PortResult): string => (offersTls(result) ? 'offered' : 'not offered')
  return changed('STARTTLS', words(before), words(after), toneOf(Number(offersTls(before)), Number(offersTls(after)))) // prettier-ignore
}

/** Of the last EHLO reply on both sides; in clear and inside TLS a server offers different things on purpose. */
const comparable = (before: PortResult, after: PortResult): boolean =>
  (before.tls === undefined) === (after.tls === undefined) && said(before).length > 0 && said(after).length > 0 // prettier-ignore

const said = ({ capabilities, capabilitiesAfterTls }: PortResult): string[] =>
  capabilitiesAfterTls ?? capabilities

function authChange(before: PortResult, after: PortResult): Change[] {
  if (!comparable(before, after)) return []
  // Between mail servers nobody signs in: on port 25 its absence is nothing worse.
  const counts = before.port === 25 ? 0 : 1
  const tone = toneOf(Math.min(counts, before.auth.length), Math.min(counts, after.auth.length))
  return changed('AUTH', authWords(before), authWords(after), tone)
}

const authWords = ({ auth }: PortResult): string =>
  auth.length === 0 ? 'not offered' : auth.toSorted().join(' ')

function extensionChanges(before: PortResult, after: PortResult): Change[] {
  if (!comparable(before, after)) return []
  const [ours, theirs] = [keywords(said(before)), keywords(said(after))]
  const names = [...new Set([...ours.keys(), ...theirs.keys()])].toSorted()
  return names
    .filter((name) => name !== 'STARTTLS' && name !== 'AUTH')
    .flatMap((name) => {
      const [a, b] = [ours.get(name), theirs.get(name)]
      const tone = setTone(a === undefined ? [] : [name], b === undefined ? [] : [name], extensionRank)
      return changed(`extension ${name}`, a ?? 'not offered', b ?? 'not offered', tone)
    })
    .slice(0, mostExtensions)
}

/** What lets more mail through, or safer; the rest is a server's choice. */
const extensionRank = (name: string): number =>
  ['8BITMIME', 'SMTPUTF8', 'REQUIRETLS', 'PIPELINING', 'CHUNKING'].includes(name) ? 1 : 0

/** Each line by its keyword; parameters are a set, their order means nothing. */
function keywords(lines: readonly string[]): Map<string, string> {
  const found = new Map<string, string>()
  for (const line of lines) {
    const [keyword = '', ...parameters] = line.trim().split(/[ \t]+/)
    const name = keyword.toUpperCase().slice(0, 60)
    if (name !== '' && !found.has(name))
      found.set(name, [name, ...parameters.map((word) => word.toUpperCase()).toSorted()].join(' '))
  }
  return found
}

const connectRank = ({ connect }: PortResult): number => (connect === 'connected' ? 1 : 0)

const greetingRank = (banner: string | undefined): number =>
  banner === undefined ? 0 : banner.startsWith('2') ? 2 : 1

const offersTls = ({ capabilities }: PortResult): boolean => keywords(capabilities).has('STARTTLS')
