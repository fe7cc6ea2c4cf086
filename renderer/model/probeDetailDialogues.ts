/** Owns: the names of the dialogues that a probe's cell was read from. */
import type { PortResult } from '#shared/rpc/contract/probeReport.ts'

export interface CellDialogue {
  session: string
  /** As "TLS scan". */
  name: string
  about: string
}

const others: Record<PortResult['others'][number]['why'], Omit<CellDialogue, 'session'>> = {
  'look-up': { name: 'Look-up', about: 'how the name became addresses' },
  trial: { name: 'First try', about: 'to find out how this port wants to be spoken to' },
  'turned-away': { name: 'Turned away', about: 'the server asked to come again later' },
  'tls-scan': { name: 'TLS scan', about: 'every version, suite and group that was asked for' },
}

/** Its own first, then the others in the order they were made; an empty session has no dialogue. */
export function cellDialogues({ session, others: more, port }: PortResult): CellDialogue[] {
  const own = { session, name: `Dialogue on ${port}`, about: 'this result tells of it' }
  const rest = more.map((one) => ({ ...others[one.why], session: one.session }))
  return [own, ...rest].filter((one) => one.session !== '')
}
