/** Owns: why a cell has no TLS to show, in a sentence that claims no more than was seen. */
import type { PortResult } from '#shared/rpc/contract/probeReport.ts'

export interface Absence {
  tone: 'bad' | 'warn' | 'open' | 'neutral'
  words: string
}

/** For a result without `tls`. */
export function tlsAbsence({ reachable, banner, mode, capabilities, findings, tone }: PortResult): Absence {
  if (!reachable) return { tone: 'neutral', words: 'Nobody answered, so nothing can be said of its TLS.' }
  const tried = findings.some(({ code }) => /^(?:tls|certificate|port-speaks)-/.test(code))
  if (tried) return { tone: 'bad', words: 'TLS was tried, and it did not come about.' }
  const offered = capabilities.some((line) => line.toUpperCase() === 'STARTTLS')
  if (mode === 'plain' && offered)
    return { tone: 'open', words: 'Not asked for: this port was spoken to in plain text. It does offer STARTTLS.' }
  if (mode === 'starttls' && offered)
    return { tone: 'warn', words: 'STARTTLS is offered, but TLS did not come about.' }
  if (capabilities.length > 0)
    return { tone: 'open', words: 'No TLS: STARTTLS is not offered. All that is said here can be read by others.' }
  if (tone === 'neutral') return { tone: 'neutral', words: 'It was cancelled before TLS came into question.' }
  return banner === undefined
    ? { tone: 'neutral', words: 'The dialogue did not get as far as TLS: nothing was said.' }
    : { tone: 'neutral', words: 'The dialogue did not get as far as TLS.' }
} // prettier-ignore
