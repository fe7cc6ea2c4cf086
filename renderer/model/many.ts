/**
 * Owns: the form for many messages (numbers as typed, to numbers or words), and the figures of a run as they are shown.
 * Pure: no store, no call.
 */
import {
  confirmAbove,
  type ManyProgress,
  type ManyRequest,
  mostConnections,
  mostMessages,
  mostRate,
} from '#shared/rpc/contract/many.ts'
import { isLoopback } from './hosts.ts'

/** As typed. `perConnection` and `rate` may be empty. */
export interface ManyForm {
  messages: string
  connections: string
  perConnection: string
  rate: string
  /** The host, typed once more. */
  confirm: string
}

export const emptyManyForm: ManyForm = {
  messages: '100',
  connections: '5',
  perConnection: '',
  rate: '',
  confirm: '',
}

export type ManyProblems = Partial<Record<keyof ManyForm | 'form', string>>
export type ManyNumbers = Pick<
  ManyRequest,
  'messages' | 'connections' | 'perConnection' | 'rate' | 'confirmedHost'
>

const grouped = (value: number): string => value.toLocaleString('en-US')

/** A whole number from 1, with or without commas between its digits; undefined when it is none. */
function whole(text: string, most: number): number | undefined {
  const digits = text.replaceAll(/[\s,]/g, '')
  const value = /^\d{1,9}$/.test(digits) ? Number(digits) : 0
  return value >= 1 && value <= most ? value : undefined
}

/** Whether the host has to be typed once more. */
export const needsName = (messages: number, host: string): boolean =>
  messages > confirmAbove && !isLoopback(host)

/** How many messages are asked for; 0 while that is no number. */
export const messagesOf = (form: ManyForm): number => whole(form.messages, mostMessages) ?? 0

/** How many connections are asked for; 0 while that is no number. */
export const connectionsOf = (form: ManyForm): number => whole(form.connections, mostConnections) ?? 0

/** The numbers of a request, or what is wrong with each field. */
export function readManyForm(
  form: ManyForm,
  host: string,
): { ok: true; numbers: ManyNumbers } | { ok: false; problems: ManyProblems } {
  const problems: ManyProblems = {}
  const messages = whole(form.messages, mostMessages)
  const connections = whole(form.connections, mostConnections)
  const per = form.perConnection.trim() === '' ? 0 : whole(form.perConnection, mostMessages)
  const rate = form.rate.trim() === '' ? undefined : Number(form.rate.replaceAll(',', ''))
  if (messages === undefined) problems.messages = `Write a number from 1 to ${grouped(mostMessages)}.`
  if (connections === undefined) problems.connections = `Write a number from 1 to ${mostConnections}.`
  if (per === undefined) problems.perConnection = 'Write a number from 1, or leave it empty.'
  if (rate !== undefined && !(rate > 0 && rate <= mostRate))
    problems.rate = `Write a number above 0, up to ${grouped(mostRate)}, or leave it empty.`
  if (messages !== undefined && needsName(messages, host) && !sameName(form.confirm, host))
    problems.confirm = `Type ${host} to confirm.`
  if (
    messages === undefined ||
    connections === undefined ||
    per === undefined ||
    Object.keys(problems).length > 0
  )
    return { ok: false, problems }
  const numbers = {
    messages,
    connections,
    perConnection: per,
    confirmedHost: host,
    ...(rate === undefined ? {} : { rate }),
  }
  return { ok: true, numbers }
}

const sameName = (a: string, b: string): boolean => a.trim().toLowerCase() === b.trim().toLowerCase()

/** Widths in per cent of the parts of a bar: what was taken, refused, failed. */
export function shares({ accepted, rejected, failed, messages }: ManyProgress): {
  accepted: number
  rejected: number
  failed: number
} {
  const share = (count: number): number => (messages === 0 ? 0 : (100 * count) / messages)
  return { accepted: share(accepted), rejected: share(rejected), failed: share(failed) }
}

/** A duration in as many digits as are read: `0.9 ms`, `12 ms`, `1.4 s`. */
export function shownMicros(micros: number): string {
  if (micros < 10_000) return `${(micros / 1000).toFixed(1)} ms`
  if (micros < 1_000_000) return `${Math.round(micros / 1000)} ms`
  return `${(micros / 1e6).toFixed(micros < 10_000_000 ? 1 : 0)} s`
}

export const shownCount = grouped
/** Messages a second. */
export const shownRate = (rate: number): string =>
  rate > 0 && rate < 10 ? rate.toFixed(1) : grouped(Math.round(rate))

/** Points of an SVG line over a box of this size, the newest right; '' of fewer than two. */
export function linePoints(values: readonly number[], width: number, height: number): string {
  if (values.length < 2) return ''
  const most = Math.max(...values, 1e-9)
  const step = width / (values.length - 1)
  return values
    .map((value, i) => `${(i * step).toFixed(1)},${(height - (value / most) * height).toFixed(1)}`)
    .join(' ')
}

/** What a run does now, in words. */
export function phaseWords({ phase, backedOff }: ManyProgress): string {
  if (phase === 'backing-off') return `Paused, because the server asked for it: ${backedOff.message ?? ''}`
  if (phase === 'cancelling') return 'Ending: what is on its way is finished.'
  return phase === 'done' ? 'Done.' : 'Sending.'
}
