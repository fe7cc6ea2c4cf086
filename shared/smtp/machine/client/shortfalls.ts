/**
 * Owns: what was asked for or what the message needs and the server does not announce, said before MAIL in one finding:
 * what could be left out was, what could not is tried all the same.
 */
import { has, sessionLimits } from '../../grammar/capabilities.ts'
import type { ClientCore } from './core.ts'
import { dsnKeywords } from './parameters.ts'

export function noteShortfalls(core: ClientCore): void {
  // After a skipped EHLO the offer is unknown, which is not the same as absent.
  const found = core.hello === 'accepted' ? shortfalls(core) : []
  if (found.length > 0) {
    const message = found.map(({ says }) => says).join(' ')
    const references = found.map(({ reference }) => reference)
    const own = found.some(({ extension }) => extension === '8BITMIME') ? {} : { next }
    core.finding('extension-missing', 'mail', message, { references, ...own })
  }
  const { rcptMax } = sessionLimits(core.capabilities)
  const recipients = core.options.transaction!.to.length
  if (rcptMax === undefined || recipients <= rcptMax) return
  const message = `The message has ${recipients} recipients; the server announces a limit of ${rcptMax} (RFC 9422).`
  core.finding('rate-limited', 'rcpt', message)
}

const next =
  'Use a server that offers it, or ask for it no more; look whether it is offered inside TLS or after AUTH.'

interface Shortfall {
  extension: string
  says: string
  reference: string
}

const said = (extension: string): string => `${extension} is said although the server does not offer it.`

function shortfalls({ capabilities, options }: ClientCore): Shortfall[] {
  const transaction = options.transaction!
  const { eightBitMime = 'auto', smtputf8, size = 'auto' } = transaction.extensions ?? {}
  const missing: Shortfall[] = []
  const lacks = (wanted: boolean, extension: string, says: string, reference: string): void => {
    if (wanted && !has(capabilities, extension)) missing.push({ extension, says, reference })
  }
  const eightBit = 'The content has octets above 127, but the server does not offer 8BITMIME.'
  lacks(transaction.eightBit && eightBitMime === 'auto', '8BITMIME', eightBit, 'RFC 6152 §3')
  lacks(eightBitMime === 'on', '8BITMIME', said('8BITMIME'), 'RFC 6152 §3')
  lacks(smtputf8 === 'on', 'SMTPUTF8', said('SMTPUTF8'), 'RFC 6531 §3.1')
  const keywords = dsnKeywords(transaction)
  const dsn = `The server does not offer DSN: ${keywords.join(', ')} ${keywords.length === 1 ? 'was' : 'were'} left out, and nobody is asked for delivery reports.`
  lacks(keywords.length > 0, 'DSN', dsn, 'RFC 3461 §4')
  const bdat = 'The server does not offer CHUNKING: the message goes by DATA instead of BDAT.'
  lacks(options.chunking, 'CHUNKING', bdat, 'RFC 3030 §2')
  const declared = `The server does not offer SIZE: the declared ${size} octets were left out.`
  lacks(typeof size === 'number', 'SIZE', declared, 'RFC 1870 §3')
  return missing
}
