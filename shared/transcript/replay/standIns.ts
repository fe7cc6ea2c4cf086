/** Owns: what is to be said of a replay of a redacted recording: whoever it names is nobody's address. */
import type { ClientScript, ServerScript } from '../../smtp/machine/replay/types.ts'
import type { EventBody } from '../event.ts'
import { isStandInAddress } from '../redact/standIns.ts'

const first = (addresses: readonly string[]): string | undefined => addresses.find(isStandInAddress)

/** Of the client's side: one sentence or none. */
export function standInsSaid({ steps }: Pick<ClientScript, 'steps'>): string[] {
  const address = first(steps.flatMap((step) => (step.kind === 'line' ? (step.address ?? []) : [])))
  if (address === undefined) return []
  return [`The recording was redacted: recipients like ${address} are stand-ins. They are sent as they stand, and a server may refuse them for it.`] // prettier-ignore
}

/** Of the server's side: one sentence or none. */
export function standInsAnswered({ exchanges }: Pick<ServerScript, 'exchanges'>): string[] {
  const address = first(exchanges.flatMap(({ verb, argument }) => (verb === 'RCPT' ? (argument ?? []) : [])))
  if (address === undefined) return []
  return [`The recording was redacted: recipients like ${address} are stand-ins. A real recipient gets the answer that one of them got, and replies name them.`] // prettier-ignore
}

/** As it stands in a transcript, before the dialogue. */
export const standInRemark = (text: string): EventBody => ({ kind: 'remark', phase: 'other', direction: 'none', text, understood: true }) // prettier-ignore
