/** Owns: the server's first words: a greeting, a refusal, or another protocol altogether. */
import { guessProtocol } from '../../grammar/otherProtocols.ts'
import type { Reply } from '../types.ts'
import type { ClientCore } from './core.ts'
import { quote } from './words.ts'

export function onGreeting(core: ClientCore, reply: Reply): void {
  const text = reply.text.join(' ')
  // RFC 959 §4.2: an FTP server greets with 220 too.
  if (/\bftp/iu.test(text) && !/smtp/iu.test(text)) return notSmtp(core, 'FTP')
  core.disarm()
  if (reply.code === 220) {
    if (/\*{4}/u.test(text))
      core.finding('banner-masked', 'banner', 'The greeting is overwritten with asterisks.')
    return core.move('greeted')
  }
  const message = `The server refused the session in its greeting: ${quote(reply)}`
  core.finding('banner-rejected', 'banner', message)
  core.fail('refused', 'server', message)
  // RFC 5321 §3.1: after 554 the server waits for QUIT; after 421 it closes at once.
  if (reply.code === 421) return core.finish(core.ending!)
  core.move('greeted')
}

/** What came instead of a reply; `raw` are the octets as received. */
export function notSmtp(core: ClientCore, service: string | null): void {
  if (service === 'TLS') {
    const message = 'The server answered with a TLS record: this port speaks TLS from the first octet.'
    core.finding('port-speaks-implicit-tls', 'banner', message)
    return core.finish({ how: 'failed', by: 'this-computer', message })
  }
  const what = service === null ? 'something that is not SMTP' : `${service}, not SMTP`
  const message = `The server speaks ${what}.`
  core.finding('banner-not-smtp', 'banner', message)
  core.finish({ how: 'failed', by: 'server', message })
}

/** Protocols whose first octets come without a line end are told by `octets` at once. */
export function recognise(octets: Uint8Array): string | null {
  return guessProtocol(octets)
}
