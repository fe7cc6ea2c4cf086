/** Owns: moments of the relay in few words: how long ago, in how long, and the clock beside them. */
import { clockTime, countWords } from './measures.ts'

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour

/** `4 min`, `3 h`, `2 days`. */
function spanShort(milliseconds: number): string {
  if (milliseconds < hour) return `${Math.round(milliseconds / minute)} min`
  if (milliseconds < 2 * day) return `${Math.round(milliseconds / hour)} h`
  return `${Math.round(milliseconds / day)} days`
}

/** `in 23 min`, `within 1 min`; a moment that has passed is `now`. */
export function inWords(iso: string, now: number): string {
  const left = Date.parse(iso) - now
  return left <= 0 ? 'now' : left < minute ? 'within 1 min' : `in ${spanShort(left)}`
}

/** `just now`, `2 minutes ago`, `3 hours ago`. */
export function agoWords(iso: string, now: number): string {
  const gone = now - Date.parse(iso)
  if (gone < minute) return 'just now'
  if (gone < hour) return `${countWords(Math.floor(gone / minute), 'minute')} ago`
  if (gone < day) return `${countWords(Math.floor(gone / hour), 'hour')} ago`
  return `${countWords(Math.floor(gone / day), 'day')} ago`
}

const calendarDay = (at: Date): number => Date.UTC(at.getFullYear(), at.getMonth(), at.getDate()) / day

/** `11:15` today, `Mon` within six days to either side, else `12 Mar`. */
export function shortMoment(iso: string, now: number): string {
  const at = new Date(iso)
  const away = Math.abs(calendarDay(at) - calendarDay(new Date(now)))
  if (away === 0) return clockTime(iso)
  if (away < 7) return at.toLocaleDateString('en-GB', { weekday: 'short' })
  return at.toLocaleDateString('en-GB', { day: 'numeric', month: 'short' })
}

/** `10:20:14`, with the day before it when it is another. */
export function exactMoment(iso: string, now: number): string {
  const at = new Date(iso)
  const time = `${clockTime(iso)}:${String(at.getSeconds()).padStart(2, '0')}`
  return calendarDay(at) === calendarDay(new Date(now)) ? time : `${shortMoment(iso, now)} ${time}`
}

/** As shortMoment; one that reads as the one before it says how it differs: `:28` in the same minute, `14:30` on the same other day. */
export function toldApart(moments: readonly string[], now: number): string[] {
  const short = moments.map((iso) => shortMoment(iso, now))
  return short.map((words, place) => {
    if (place === 0 || short[place - 1] !== words) return words
    const iso = moments[place]!
    return words === clockTime(iso) ? exactMoment(iso, now).slice(-3) : clockTime(iso)
  })
}

/** A wait of a rule: `10 min`, `4 h`, `5 days`, `1 h 30 min`. */
export function waitWords(milliseconds: number): string {
  const units = [
    [day, 'day', 'days'],
    [hour, 'h', 'h'],
    [minute, 'min', 'min'],
    [1000, 's', 's'],
  ] as const
  const parts: string[] = []
  let left = milliseconds
  for (const [size, one, many] of units) {
    const count = Math.floor(left / size)
    left -= count * size
    if (count > 0 && parts.length < 2) parts.push(`${count} ${count === 1 ? one : many}`)
  }
  return parts.join(' ') || '0 s'
}
