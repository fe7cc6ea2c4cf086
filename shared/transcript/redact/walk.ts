/**
 * Owns: where in a session's events text, names, addresses and octets are. Collecting and replacing both go through here,
 * so that nothing is looked for in one place and forgotten in the other.
 */
import { type Certificate, type EventOf, remarkLimit, type TranscriptEvent } from '../event.ts'
import type { Wire } from './octets.ts'

/** Each answers with what is to stand there. */
export interface Visitor {
  /** A sentence for a person. */
  text: (text: string) => string
  /** A host name or an IP address alone. */
  host: (text: string) => string
  wire: (wire: Wire, event: EventOf<'line' | 'reply' | 'edit'>) => Wire
  certificate: (certificate: Certificate) => Certificate
}

type Fault = { code: string; message: string }
const faultOf = (fault: Fault | undefined, { text }: Visitor): { fault?: Fault } =>
  fault === undefined ? {} : { fault: { ...fault, message: text(fault.message) } }

function wireOf<E extends EventOf<'line' | 'reply'>>(event: E, visitor: Visitor): E {
  const { raw, masked } = visitor.wire({ raw: event.raw, masked: event.masked }, event)
  const changed = masked === undefined ? { ...event, raw } : { ...event, raw, masked }
  // Of a line that is no command, an import's verb may be anything.
  if (changed.kind === 'line' && changed.verb !== undefined) changed.verb = visitor.text(changed.verb)
  return changed
}

function editOf(event: EventOf<'edit'>, visitor: Visitor): TranscriptEvent {
  const changed = { ...event }
  if (event.before !== undefined) changed.before = visitor.wire({ raw: event.before }, event).raw
  if (event.after !== undefined) changed.after = visitor.wire({ raw: event.after }, event).raw
  return changed
}

function tlsOf(event: EventOf<'tls'>, visitor: Visitor): TranscriptEvent {
  const changed = { ...event, ...faultOf(event.fault, visitor) }
  if (event.sni !== undefined) changed.sni = visitor.host(event.sni)
  if (event.chain !== undefined) changed.chain = event.chain.map(visitor.certificate)
  if (event.problem !== undefined)
    changed.problem = { ...event.problem, message: visitor.text(event.problem.message) }
  return changed
}

/** The event with what the visitor answers; content (`chunk`) is not visited. */
export function walk(event: TranscriptEvent, visitor: Visitor): TranscriptEvent {
  const { text, host } = visitor
  switch (event.kind) {
    case 'resolve': {
      const addresses = event.addresses.map((entry) => ({ ...entry, address: host(entry.address) }))
      const changed = { ...event, name: host(event.name), addresses, ...faultOf(event.fault, visitor) }
      if (event.server !== undefined) changed.server = text(event.server)
      return changed
    }
    case 'connect': {
      const changed = { ...event, address: host(event.address), ...faultOf(event.fault, visitor) }
      if (event.local !== undefined) changed.local = { ...event.local, address: host(event.local.address) }
      return changed
    }
    case 'line':
      return wireOf(event, visitor)
    case 'reply': {
      const changed = wireOf(event, visitor)
      return event.malformed === undefined ? changed : { ...changed, malformed: text(event.malformed) }
    }
    case 'tls':
      return tlsOf(event, visitor)
    case 'edit':
      return editOf(event, visitor)
    case 'finding':
      return { ...event, message: text(event.message), next: text(event.next) }
    case 'end':
      return { ...event, message: text(event.message) }
    case 'remark':
      return { ...event, text: text(event.text).slice(0, remarkLimit) }
    case 'chunk':
    case 'wait':
  }
  // A kind that is added and not looked into above does not compile here.
  const without: EventOf<'chunk' | 'wait'> = event
  return without
}
