/** Owns: one line of a syslog file: time, program, process, message. RFC 3164's form, RFC 5424's times, journalctl's. */

export interface LogLine {
  /** Milliseconds since 1970. */
  time: number
  /** The time had a fraction of a second. */
  fine: boolean
  /** As `smtpd`: the last part of Postfix's name of the daemon. */
  daemon: string
  /** As `submissions` of `postfix/submissions/smtpd`: the name that master.cf's `syslog_name` gives a listener; '' without one. */
  service: string
  pid: string
  message: string
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']
const form =
  /^(?:<\d{1,3}>)?(?:([A-Z][a-z]{2}) {1,2}(\d{1,2}) (\d\d):(\d\d):(\d\d)(\.\d{1,6})?|(\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d)(\.\d{1,9})?(Z|[+-]\d\d:?\d\d)?) (?:\S{1,255} )?(postfix[^\s[]{0,60})\[(\d{1,10})\]: (.*)$/s

/** A day: clocks and time zones differ, a log is not of tomorrow otherwise. */
const day = 86_400_000

/** Null for a line that is none of Postfix's. `now`: a line without a year is of the last twelve months. */
export function readLogLine(text: string, now: number): LogLine | null {
  const found = form.exec(text)
  if (!found) return null
  const [, month, date, hours, minutes, seconds, fraction, stamp, part, zone, program, pid, message] = found
  const time =
    stamp === undefined
      ? dated([months.indexOf(month!), Number(date), Number(hours), Number(minutes), Number(seconds)], now)
      : Date.parse(`${stamp.replace(' ', 'T')}${zone ?? 'Z'}`)
  const rest = Number(`0${fraction ?? part ?? ''}`) * 1000
  if (Number.isNaN(time)) return null
  const names = program!.split('/')
  const daemon = names.at(-1)!
  const service = names.length > 2 ? names.at(-2)! : ''
  return {
    time: time + rest,
    fine: (fraction ?? part) !== undefined,
    daemon,
    service,
    pid: pid!,
    message: message!,
  }
}

function dated(
  [month, date, hours, minutes, seconds]: readonly [number, number, number, number, number],
  now: number,
): number {
  if (month < 0) return Number.NaN
  const year = new Date(now).getUTCFullYear()
  const time = Date.UTC(year, month, date, hours, minutes, seconds)
  return time > now + day ? Date.UTC(year - 1, month, date, hours, minutes, seconds) : time
}
