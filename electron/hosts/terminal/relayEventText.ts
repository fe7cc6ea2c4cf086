/** Owns: one line about what became of mail at the relay. */
import type { RelayEvent } from '#shared/rpc/contract/relay.ts'
import { shown } from './io.ts'

const verbs: Record<RelayEvent['what'], string> = {
  queued: 'queued',
  delivered: 'delivered',
  again: 'retry',
  bounced: 'bounced',
  held: 'held',
  dropped: 'dropped',
}

/** As `2026-11-01T10:00:00.000Z  delivered  a@x.example -> b@y.example  mx.y.example:25, TLS 1.3: 250 2.0.0 Ok  (s1.1/1)`. */
export function relayEventText(event: RelayEvent): string {
  const { at, what, sender, recipients, more, host, sealed, words, nextAt, id, size } = event
  const to = `${recipients.map(shown).join(', ')}${more > 0 ? ` and ${more} more` : ''}`
  const way = [host, sealed].flatMap((one) => (one === undefined ? [] : [shown(one)])).join(', ')
  const said = `${way === '' ? '' : `${way}: `}${shown(nextAt === undefined ? words : words.replace(/\.$/, ''))}`
  const next = nextAt === undefined ? '' : `, again at ${nextAt}`
  const octets = what === 'queued' ? `${size} bytes, ` : ''
  return `${at}  ${verbs[what]}  ${sender === '' ? '<>' : shown(sender)} -> ${to}  ${said}${next}  (${octets}${id})\n`
}
