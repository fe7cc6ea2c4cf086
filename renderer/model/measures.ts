/** Owns: how times and sizes are written in the page's narrow columns. */

/** Microseconds as whole milliseconds with thousands marked, under ten seconds; else seconds: `118`, `12.5 s`. */
export function msShort(micros: number): string {
  const ms = micros / 1000
  if (ms < 10_000) return Math.round(ms).toLocaleString('en-US')
  return `${(ms / 1000).toFixed(1)} s`
}

/**
 * The same where two of them stand in a gutter of 88 pixels: seven characters at most, a point in time and a wait. Beyond
 * some seconds a decimal says nothing that the eye could use.
 */
export function gutterTime(micros: number): string {
  const seconds = micros / 1_000_000
  if (seconds < 99.95) return msShort(micros)
  return seconds < 999.5
    ? `${Math.round(seconds)} s`
    : `${Math.round(seconds / 60).toLocaleString('en-US')} min`
}

/** As `98`, `1.4 s`, `30 s`. */
export function gutterWait(micros: number): string {
  const seconds = micros / 1_000_000
  if (seconds < 0.9995) return msShort(micros)
  return seconds < 9.95
    ? `${seconds.toFixed(1)} s`
    : gutterTime(Math.round(seconds) * 1_000_000).replace('.0', '')
}

/** The same with its unit always there: `118 ms`, `12.5 s`. */
export const timeShort = (micros: number): string => msShort(micros).replace(/\d$/, '$& ms')

/** A sentence begins with a capital, whoever wrote it. */
export const capital = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1)

/** As "4.2 KB": powers of 1000, the way mail limits are spoken of. */
export function sizeShort(octets: number): string {
  if (octets < 1000) return `${octets} B`
  const units = ['KB', 'MB', 'GB', 'TB']
  let value = octets / 1000
  let unit = 0
  while (value >= 999.95 && unit < units.length - 1) {
    value /= 1000
    unit++
  }
  return `${value < 10 ? value.toFixed(1) : Math.round(value)} ${units[unit]!}`
}

/** `10:42` in the person's own time zone. */
export function clockTime(iso: string): string {
  const date = new Date(iso)
  return `${String(date.getHours()).padStart(2, '0')}:${String(date.getMinutes()).padStart(2, '0')}`
}

export const countWords = (n: number, one: string, many = `${one}s`): string =>
  `${n.toLocaleString('en-US')} ${n === 1 ? one : many}`
