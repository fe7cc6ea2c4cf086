/** Owns: what somebody on the path sees at an event that is no line, in a sentence; '' for lines, whose octets say it. */
import type { EventOf, TranscriptEvent } from '#shared/transcript/event.ts'

function handshake({ outcome, version, sni }: EventOf<'tls'>): string {
  const name = sni === undefined ? 'no name of the server' : 'the server’s name'
  const hello = `The first message of the handshake in clear: versions, ciphers, ${name}.`
  if (outcome === 'failed') return `${hello} And that it came to nothing.`
  // RFC 8446 §4.4.2: encrypted since TLS 1.3.
  if (version === undefined || /1[.]3/.test(version))
    return `${hello} The certificate is sealed already, as is all that follows.`
  return `${hello} The server’s certificate too. What follows is sealed.`
}

const edits: Record<EventOf<'edit'>['action'], string> = {
  edited: 'Nothing of this: only what was sent in the end.',
  skipped: 'Nothing of this: the line was never sent.',
  inserted: 'Only the line itself, as any other.',
  repeated: 'Only the line itself, once more.',
  dropped: 'That the connection ends without a word.',
  reset: 'A reset of the connection.',
}

export function pathMoment(event: TranscriptEvent): string {
  switch (event.kind) {
    case 'line':
    case 'reply':
    case 'chunk':
      return ''
    case 'resolve':
      return 'The name and its addresses, where a name server is asked in clear.'
    case 'connect':
      return event.outcome === 'connected'
        ? 'Both addresses and ports, and that they are connected.'
        : 'Both addresses and ports, and that no connection came of it.'
    case 'tls':
      return handshake(event)
    case 'wait':
      return 'Silence.'
    case 'edit':
      return edits[event.action]
    case 'end':
      return event.outcome === 'reset' ? 'A reset of the connection.' : 'That nothing more comes.'
    case 'finding':
    case 'remark':
      break
  }
  return 'Nothing of this: it did not travel.'
}
