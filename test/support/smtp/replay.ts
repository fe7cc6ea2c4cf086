/** Owns: recordings written by hand, a line each, for the replay machines. `C: ` is a client's line, `S: ` a server's. */
import type { ClientScript, ReplayClientOptions } from '#shared/smtp/machine/replay/types.ts'
import { ClientRun } from '#shared/smtp/machine/replay/clientRun.ts'
import type { EventBody } from '#shared/transcript/event.ts'
import { clientScriptOf, numbered } from './recorded.ts'

export type Part = string | EventBody

/** A reply's code is read from its first three characters. */
export function eventBody(part: Part): EventBody {
  if (typeof part !== 'string') return part
  const raw = `${part.slice(3)}\r\n`
  if (part.startsWith('C: ')) return { kind: 'line', phase: 'other', direction: 'to-server', raw }
  const code = /^\d{3}/.test(raw) ? { code: Number(raw.slice(0, 3)) } : {}
  return { kind: 'reply', phase: 'other', direction: 'to-client', raw, ...code }
}

export const clientScript = (...parts: Part[]): ClientScript => clientScriptOf(numbered(parts.map(eventBody)))

export const content = (size: number, last = true, change: { offset?: number; body?: number; encoding?: 'data' | 'bdat' } = {}): EventBody => ({
  kind: 'chunk', phase: 'body', direction: 'to-server', body: 1, offset: 0, size, last, encoding: 'data', ...change,
}) // prettier-ignore

/** A replay whose connection is open and greeted. */
export function greetedRun(script: ClientScript, change: Partial<ReplayClientOptions> = {}): ClientRun {
  const run = new ClientRun({
    script,
    tls: 'none',
    auth: null,
    waits: false,
    ehloName: 'own.example',
    ...change,
  })
  run.core.move('opened')
  run.core.move('greeted')
  return run
}
