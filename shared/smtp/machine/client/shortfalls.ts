/** Owns: what the message needs and the server does not announce, said before MAIL; it is tried all the same. */
import { has, sessionLimits } from '../../grammar/capabilities.ts'
import type { ClientCore } from './core.ts'

export function noteShortfalls(core: ClientCore): void {
  const { capabilities } = core
  const transaction = core.options.transaction!
  // After a skipped EHLO the offer is unknown, which is not the same as absent.
  if (transaction.eightBit && core.hello === 'accepted' && !has(capabilities, '8BITMIME')) {
    const message = 'The content has octets above 127, but the server does not offer 8BITMIME.'
    core.finding('extension-missing', 'mail', message)
  }
  const { rcptMax } = sessionLimits(capabilities)
  const recipients = transaction.to.length
  if (rcptMax === undefined || recipients <= rcptMax) return
  const message = `The message has ${recipients} recipients; the server announces a limit of ${rcptMax} (RFC 9422).`
  core.finding('rate-limited', 'rcpt', message)
}
