/** Owns: durations and sizes in words, the same in lists, descriptions and the command line. */

const plural = (n: string, unit: string): string => `${n} ${unit}${n === '1' ? '' : 's'}`

/** Microseconds, short: `0.4 ms`, `118 ms`, `2.50 s`, `3 min 05 s`. */
export function shortTime(micros: number): string {
  const ms = micros / 1000
  if (ms < 10) return `${ms.toFixed(1)} ms`
  if (ms < 999.5) return `${ms.toFixed(0)} ms`
  const seconds = ms / 1000
  if (seconds < 59.995) return `${seconds.toFixed(2)} s`
  const whole = Math.round(seconds)
  return `${Math.floor(whole / 60)} min ${String(whole % 60).padStart(2, '0')} s`
}

/** Microseconds as it is read aloud: `118 milliseconds`, `2.5 seconds`. */
export function spokenTime(micros: number): string {
  const ms = Math.round(micros / 1000)
  if (ms < 1) return 'less than a millisecond'
  if (ms < 1000) return plural(String(ms), 'millisecond')
  const seconds = Math.round(ms / 100) / 10
  if (seconds < 60) return plural(String(seconds), 'second')
  const whole = Math.round(seconds)
  const rest = whole % 60
  const minutes = plural(String(Math.floor(whole / 60)), 'minute')
  return rest === 0 ? minutes : `${minutes} ${plural(String(rest), 'second')}`
}

/** Octets: exact up to 9,999, then with a binary unit and one digit. */
export function octetsInWords(octets: number): string {
  if (octets < 10_000) return plural(octets.toLocaleString('en-US'), 'octet')
  const units = ['KiB', 'MiB', 'GiB', 'TiB']
  let value = octets / 1024
  let unit = 0
  while (value >= 1024 && unit < units.length - 1) {
    value /= 1024
    unit++
  }
  return `${value.toFixed(1)} ${units[unit]!}`
}
