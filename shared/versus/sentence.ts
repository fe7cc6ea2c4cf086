/** Owns: the honest sentence about a comparison: what was counted, what came of it, and which choices made the difference. */
import type { VersusPlan, VersusSide } from '../rpc/contract/versus.ts'
import { shortTime } from '../transcript/measure.ts'

type Plan = Omit<VersusPlan, 'message'>
type Side = Pick<VersusSide, 'outcome' | 'problem' | 'roundTrips' | 'took' | 'messages' | 'connections'>

const count = (n: number, what: string): string => `${n} ${what}${n === 1 ? '' : 's'}`

export function versusSentence(plan: Plan, smtp: Side, http: Side): string {
  const broken = [smtp, http].find(({ outcome }) => outcome !== 'completed')
  if (broken !== undefined)
    return broken.outcome === 'cancelled'
      ? 'It was cancelled; what had been counted by then is shown.'
      : `One of the two did not get to its end, so nothing is compared. ${broken.problem ?? ''}`.trim()
  const each = `For ${count(plan.messages, 'message')} SMTP waited for ${count(smtp.roundTrips, 'round trip')}, HTTP for ${http.roundTrips}.`
  return [each, timeWords(plan, smtp, http), ...reasons(plan)].join(' ')
}

function timeWords({ roundTrip }: Plan, smtp: Side, http: Side): string {
  const apart = Math.abs(smtp.took - http.took)
  const first = smtp.took < http.took ? 'SMTP' : 'HTTP'
  const close = apart < Math.max(smtp.took, http.took) * 0.1
  if (roundTrip === 0)
    return close
      ? 'Without a distance between the two ends there is hardly a difference in time.'
      : `Without a distance ${first} was done ${shortTime(apart)} earlier, which is this computer’s work and not the protocol’s.`
  if (close) return `Over ${roundTrip} ms they took about the same time.`
  return `Over ${roundTrip} ms ${first} was done ${shortTime(apart)} earlier.`
}

/** What of the difference is a choice, the costly ones first; at most three. */
function reasons({ smtp, http, messages }: Plan): string[] {
  const list: string[] = []
  if (messages > 1 && smtp.reuse !== http.reuse)
    list.push(`${smtp.reuse ? 'SMTP' : 'HTTP'} kept its connection and the other opened one for each message: that, and not the protocol, is most of it.`) // prettier-ignore
  else if (messages > 1 && !smtp.reuse)
    list.push('Both opened a connection for each message; kept open, either would need a fraction.')
  if (smtp.tls === 'starttls') list.push('STARTTLS costs SMTP two waits that implicit TLS does not have: the command and a second EHLO.') // prettier-ignore
  if (!smtp.pipelining) list.push('With PIPELINING MAIL, RCPT and DATA would share one wait.')
  if (smtp.tls !== 'none' && smtp.tlsVersion === '1.2') list.push('TLS 1.2 waits once more than TLS 1.3 in each handshake.') // prettier-ignore
  if (list.length === 0)
    list.push(
      'What is left is SMTP’s own: greeting, EHLO, sign-in and QUIT, which HTTP folds into one request.',
    )
  return list.slice(0, 3)
}
