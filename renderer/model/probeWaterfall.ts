/**
 * Owns: a probe's row as bars on a time axis that all rows share: what each phase took, who could read it, and where
 * nobody answered. Times are microseconds.
 */
import type { PortResult } from '#shared/rpc/contract/probeReport.ts'
import { roundAxis } from './timeAxis.ts'

/**
 * `neither`: before a word was said; `readable`: in clear; `sealed`: inside TLS; `silent`: waited for in vain;
 * `refused`: the answer was no.
 */
export type BarLook = 'neither' | 'readable' | 'sealed' | 'silent' | 'refused'

export interface Bar {
  key: string
  /** As "starttls". */
  name: string
  look: BarLook
  start: number
  took: number
  /** What was waited for in vain; absent else. */
  words?: string
}

type Step = keyof PortResult['timings']
const names: Partial<Record<Step, string>> = { ehloAfterTls: 'ehlo' }

const beforeTls: Record<PortResult['mode'], readonly Step[]> = {
  plain: ['banner', 'ehlo'],
  starttls: ['banner', 'ehlo', 'starttls'],
  implicit: [],
}
const afterTls: Record<PortResult['mode'], readonly Step[]> = {
  plain: [],
  starttls: ['ehloAfterTls'],
  implicit: ['banner', 'ehlo'],
}

/** A handshake was done, with this computer's TLS. */
export const isSealed = ({ tls }: Pick<PortResult, 'tls'>): boolean =>
  tls !== undefined && tls.version !== '' && tls.version !== 'none'

function steps(result: PortResult): [Step, BarLook][] {
  const { mode } = result
  const sealed = isSealed(result)
  return [
    ['dns', 'neither'],
    ['tcp', 'neither'],
    ...beforeTls[mode].map((step): [Step, BarLook] => [step, 'readable']),
    ['tls', sealed ? 'sealed' : 'neither'],
    ...afterTls[mode].map((step): [Step, BarLook] => [step, sealed ? 'sealed' : 'readable']),
  ]
}

/** Of a wait that a person ended. */
export const stoppedWords = 'stopped'

/** What follows the last phase that was measured. */
function rest(result: PortResult, last: Step | undefined): Omit<Bar, 'start' | 'took'> {
  const { connect, timings, tone } = result
  // A person ended it: the server is not to be blamed.
  if (tone === 'neutral' && timings.banner === undefined)
    return { key: 'rest', name: 'banner', look: 'silent', words: stoppedWords }
  if (connect === 'timeout') return { key: 'rest', name: 'tcp', look: 'silent', words: 'no answer' }
  if (timings.banner === undefined)
    return last === 'tls' || result.mode !== 'implicit'
      ? { key: 'rest', name: 'banner', look: 'silent', words: 'no greeting' }
      : { key: 'rest', name: 'tls', look: 'silent', words: 'no TLS' }
  return { key: 'rest', name: 'quit', look: isSealed(result) ? 'sealed' : 'readable' }
}

/** In the order of time, without gaps. */
export function barsOf(result: PortResult): Bar[] {
  const { timings, connect, address } = result
  const bars: Bar[] = []
  let at = 0
  let last: Step | undefined
  for (const [step, look] of steps(result)) {
    const took = timings[step]
    if (took === undefined || (step === 'tcp' && connect === 'timeout')) continue
    const refused = step === 'tcp' && connect !== 'connected'
    bars.push({ key: step, name: names[step] ?? step, look: refused ? 'refused' : look, start: at, took })
    at += took
    last = step
  }
  const left = timings.total - at
  if (left > 0 && address !== undefined && (connect === 'connected' || connect === 'timeout'))
    bars.push({ ...rest(result, last), start: at, took: left })
  return bars
}

/** The end of what was answered: a wait in vain does not stretch the axis for all others. */
const answeredUntil = (bars: readonly Bar[]): number => {
  const last = bars.findLast(({ look }) => look !== 'silent')
  return last ? last.start + last.took : 0
}

export interface Axis {
  /** Microseconds from end to end. */
  length: number
  /** Microseconds between two ticks. */
  step: number
  /** Ticks that are named, each with its words and its place from 0 to 1. */
  ticks: { at: number; words: string }[]
}

/** The numbers on an axis of that length, and what they count. */
function measuredIn(length: number): { words: (at: number) => string; unit: 's' | 'ms' } {
  const unit = length >= 10_000_000 ? 's' : 'ms'
  return { unit, words: (at) => (at / (unit === 's' ? 1_000_000 : 1000)).toLocaleString('en-US') }
}

/** Each tick but the end with its unit, where there is room for all of them. */
export function everyTick({ length, step }: Axis): { at: number; words: string }[] {
  const { words, unit } = measuredIn(length)
  const count = Math.round(length / step) - 1
  return Array.from({ length: count + 1 }, (_, tick) => ({
    at: (tick * step) / length,
    words: tick === 0 ? '0' : `${words(tick * step)} ${unit}`,
  }))
}

/** One axis for all rows, long enough for everything that was answered. */
export function axisOf(rows: readonly (readonly Bar[])[]): Axis {
  const { length, step, count } = roundAxis(Math.max(0, ...rows.map(answeredUntil)))
  const { words, unit } = measuredIn(length)
  const middle = count >= 3 ? [Math.floor(count / 2)] : []
  const ticks = [0, ...middle, count].map((tick) => ({ at: tick / count, words: words(tick * step) }))
  ticks.at(-1)!.words += ` ${unit}`
  return { length, step, ticks }
}

export interface PlacedBar extends Bar {
  /** Parts of the axis, 0 to 1. */
  left: number
  width: number
}

/** A wait in vain goes to the end of the axis, however long it was. */
export function placeBars(bars: readonly Bar[], { length }: Axis): PlacedBar[] {
  return bars.map((bar) => {
    const left = Math.min(1, bar.start / length)
    const width = bar.look === 'silent' ? 1 - left : Math.min(1 - left, bar.took / length)
    return { ...bar, left, width }
  })
}

/**
 * Round trips of the dialogue: TCP, each command, and the handshake, which takes one in TLS 1.3 and two before (RFC 8446
 * §2, RFC 5246 §7.3). The greeting comes by itself. Undefined when the dialogue did not get through.
 */
export function roundTrips({ timings, tls, connect }: PortResult): number | undefined {
  if (connect !== 'connected' || timings.ehlo === undefined) return undefined
  const handshake = timings.tls === undefined ? 0 : tls?.version === 'TLSv1.3' ? 1 : 2
  const commands = [timings.ehlo, timings.starttls, timings.ehloAfterTls].filter((took) => took !== undefined)
  return 1 + handshake + commands.length + 1
}
