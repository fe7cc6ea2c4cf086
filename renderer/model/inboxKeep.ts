/** Owns: the form of the keep rules: from what is typed to rules, with what is wrong; what they remove, in words. */
import type { KeepRemoved, KeepRules, KeepTally } from '#shared/rpc/contract/inboxKeep.ts'
import { countWords, sizeShort } from './measures.ts'

export interface KeepForm {
  on: boolean
  /** As typed; empty for no rule. */
  count: string
  days: string
  size: string
  spareStarred: boolean
  dialogues: boolean
}

const units: Record<string, number> = { '': 1, k: 1e3, m: 1e6, g: 1e9 }

/** Octets in the largest unit that divides them, as `500M`. */
function sizeText(octets: number): string {
  const found = (['g', 'm', 'k'] as const).find((unit) => Number.isInteger(octets / units[unit]!))
  return found === undefined ? String(octets) : `${octets / units[found]!}${found.toUpperCase()}`
}

export const keepForm = ({ count, days, octets, ...rest }: KeepRules): KeepForm => ({
  on: rest.on,
  spareStarred: rest.spareStarred,
  dialogues: rest.dialogues,
  count: count === null ? '' : String(count),
  days: days === null ? '' : String(days),
  size: octets === null ? '' : sizeText(octets),
})

export type KeepField = 'count' | 'days' | 'size'
export type ReadKeep =
  { ok: true; rules: KeepRules } | { ok: false; problems: Partial<Record<KeepField, string>> }

function whole(typed: string, most: number): number | null | undefined {
  const text = typed.trim().replaceAll(/[ ,_](?=\d{3})/gu, '')
  if (text === '') return null
  const value = /^\d{1,9}$/u.test(text) ? Number(text) : 0
  return value >= 1 && value <= most ? value : undefined
}

function size(typed: string): number | null | undefined {
  const found = /^(\d{1,9}(?:\.\d{1,3})?)\s?([kmg]?)b?$/iu.exec(typed.trim())
  if (typed.trim() === '') return null
  const octets = found === null ? 0 : Math.round(Number(found[1]) * units[found[2]!.toLowerCase()]!)
  return octets >= 1 && octets <= 1e13 ? octets : undefined
}

export function readKeep(form: KeepForm): ReadKeep {
  const [count, days, octets] = [whole(form.count, 10_000_000), whole(form.days, 3650), size(form.size)]
  if (count === undefined || days === undefined || octets === undefined) {
    const problems: Partial<Record<KeepField, string>> = {}
    if (count === undefined) problems.count = `${form.count} is no number of rows; write 1 to 10000000, or leave it empty.` // prettier-ignore
    if (days === undefined) problems.days = `${form.days} is no number of days; write 1 to 3650, or leave it empty.` // prettier-ignore
    if (octets === undefined) problems.size = `${form.size} is no size; write 500M or 2G, or leave it empty.`
    return { ok: false, problems }
  }
  const { on, spareStarred, dialogues } = form
  return { ok: true, rules: { on, count, days, octets, spareStarred, dialogues } }
}

/** As "37 messages of 1.2 MB and 2 sessions"; "nothing" for none. */
export function tallyWords({ messages, sessions, octets }: KeepTally): string {
  const mail = messages > 0 ? `${countWords(messages, 'message')} of ${sizeShort(octets)}` : ''
  const others = sessions > 0 ? `${countWords(sessions, 'session')} without mail` : ''
  return [mail, others].filter(Boolean).join(' and ') || 'nothing'
}

export const removedWords = (removed: KeepRemoved | null): string =>
  removed === null
    ? 'The rules have removed nothing so far.'
    : `So far the rules have removed ${tallyWords(removed)}, last on ${new Date(removed.at).toLocaleString('en-GB')}.`
