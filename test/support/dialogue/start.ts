/** Owns: starting dialogues in tests with few words. */
import { DialogueRequest, type GateState } from '#shared/rpc/contract/dialogue.ts'
import type { StreamSource } from '#shared/rpc/types.ts'
import type { z } from 'zod'
import { startDialogue, type Dialogue, type DialogueDeps } from '#engine/dialogue/index.ts'
import { messageSource } from '#engine/message/source.ts'
import { memoryHub, type MemoryHub } from './memoryHub.ts'

type Request = z.input<typeof DialogueRequest>

export const clock = { now: () => new Date(), micros: () => Math.round(performance.now() * 1000) }

export const content = 'From: a@example.com\r\nTo: b@example.com\r\n\r\nhello\r\n.dot\r\n'

export const deps = (hub: MemoryHub, more: Partial<DialogueDeps> = {}): DialogueDeps => ({
  hub,
  clock,
  compose: async () => ({ ok: true, source: messageSource(new TextEncoder().encode(content)) }),
  ...more,
})

export interface Running extends Dialogue {
  hub: MemoryHub
}

type Change = Omit<Partial<Request>, 'target'> & { target?: Partial<Request['target']> }

export const request = (port: number, { target, ...more }: Change = {}): Request => ({
  target: { host: '127.0.0.1', port, tls: 'none', timeouts: { connect: 10_000, reply: 10_000 }, ...target },
  auth: { mechanism: 'none' },
  message: { from: 'a@example.com', to: ['b@example.com'] },
  ...more,
})

/** A dialogue with a server on this port of loopback; throws when the plan has problems. */
export async function start(
  port: number,
  more: Change = {},
  other: Partial<DialogueDeps> = {},
): Promise<Running> {
  const hub = memoryHub()
  const plan = DialogueRequest.parse(request(port, more))
  const started = await startDialogue(plan, deps(hub, other))
  if (!started.ok) throw new Error(JSON.stringify(started.problems))
  return { ...started, hub }
}

/** The next state of the gate that fits, from the first one on. */
export function whenGate(
  states: StreamSource<GateState>,
  fits: (state: GateState) => boolean,
): Promise<GateState> {
  return new Promise((resolve, reject) => {
    let after = 0
    const look = async (): Promise<void> => {
      const batch = await states.read(after, 1000)
      after = batch.first + batch.events.length - 1
      const found = batch.events.find(fits)
      if (found) resolve(found)
      else if (batch.ended) reject(new Error('the gate ended first'))
      else return
      stop()
    }
    const stop = states.watch(() => void look())
    void look()
  })
}

/** The gate's latest state. */
export async function latest(states: StreamSource<GateState>): Promise<GateState> {
  const { events } = await states.read(0, 1000)
  return events.at(-1)!
}
