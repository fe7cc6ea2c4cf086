/** Owns: the log of a host: one line per entry on stderr, from a level on. */
import type { Log, LogLevel } from '#engine/ports.ts'

const levels: LogLevel[] = ['debug', 'info', 'warn', 'error']

/** The level that RELAYSCOPE_LOG names, else `fallback`. */
export function logLevel(name: string | undefined, fallback: LogLevel = 'warn'): LogLevel {
  return levels.find((level) => level === name) ?? fallback
}

/** A hostile peer's text in a message must not forge lines or move the cursor. */
// eslint-disable-next-line no-control-regex -- control characters are what is looked for
const control = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]/g
const oneLine = (text: string): string =>
  text.replace(control, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`).slice(0, 4000)

export function createLog(level: LogLevel, write: (line: string) => void, now = () => new Date()): Log {
  const least = levels.indexOf(level)
  return (entry, message, fields = {}) => {
    if (levels.indexOf(entry) < least) return
    const pairs = Object.entries(fields).map(([name, value]) => ` ${name}=${JSON.stringify(value)}`)
    write(`${oneLine(`${now().toISOString()} ${entry} ${message}${pairs.join('')}`)}\n`)
  }
}
