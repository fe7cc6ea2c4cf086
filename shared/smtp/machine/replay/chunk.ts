/** Owns: saying a recorded BDAT again (RFC 3030 §2): its octets are gathered first, for command and octets are one line. */
import { concat } from '../../../bytes/bytes.ts'
import { unmasked } from '../../grammar/mask.ts'
import { own, type ClientRun } from './clientRun.ts'
import type { ClientStep } from './types.ts'

type Chunk = Extract<ClientStep, { kind: 'chunk' }>

/** Octets asked for at a time. */
const block = 65_536

export function beginChunk(run: ClientRun, place: number, step: Chunk): void {
  const { core } = run
  run.chunk = []
  run.content = { step: place, from: 0 }
  if (step.offset === 0) core.bodies++
  if (step.size === 0) return sayChunk(run, step)
  pull(run, step.size)
}

function pull({ core }: ClientRun, left: number): void {
  core.arm('body-block', core.timeouts.bodyBlock)
  core.out.push({ type: 'pull', max: Math.min(block, left) })
}

/** A stretch has come. */
export function onChunkContent(run: ClientRun, step: Chunk, bytes: Uint8Array): void {
  run.chunk.push(bytes)
  const left = step.size - (run.content?.from ?? 0)
  if (left > 0) return pull(run, left)
  run.core.disarm()
  sayChunk(run, step)
}

function sayChunk(run: ClientRun, { bytes, offset, size, last }: Chunk): void {
  const place = run.content?.step ?? own
  const whole = concat([bytes, ...run.chunk])
  run.content = null
  run.chunk = []
  const line = { kind: 'body', phase: 'body', bytes: whole, shown: unmasked(bytes), verb: 'BDAT' } as const
  run.core.send({ name: 'body' }, line, { offset, size, last })
  run.progress[place] = 'held'
  const id = [...run.core.pending.keys()].at(-1)
  if (id !== undefined) run.lines.set(id, place)
}
