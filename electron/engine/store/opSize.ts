/** Owns: how many octets a write carries, roughly: for who has to wait, and for the length of the log. */
import type { LegText } from './relayWireTypes.ts'
import type { WriteOp } from './wireTypes.ts'

const sum = (sizes: readonly number[]): number => sizes.reduce((all, one) => all + one, 0)
const ofLegs = (legs: readonly LegText[]): number =>
  sum(legs.map(({ json, text }) => json.length + (text?.length ?? 0)))

export function octetsOf(op: WriteOp): number {
  if (op.type === 'transcript') return op.lines.length
  if (op.type === 'chunk') return op.bytes.byteLength
  if (op.type === 'finish') return op.bytes.byteLength + (op.relay === undefined ? 0 : op.relay.json.length + ofLegs(op.relay.legs)) // prettier-ignore
  if (op.type === 'putLegs') return ofLegs(op.legs)
  if (op.type === 'putAttempts') return sum(op.rows.map(({ json }) => json.length))
  if (op.type === 'putReport') return op.json.length
  return op.type === 'putProbe' ? op.row.report.length : 0
}
