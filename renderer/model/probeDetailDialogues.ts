/** Owns: the names of the further dialogues about a probe's cell, beside its own. */
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
  'relay-trial': {
    name: 'Relay trial',
    about: 'whether a stranger’s recipient is taken; nothing was delivered',
  },
  'tls-scan': { name: 'TLS scan', about: 'every version, suite and group that was asked for' },
}

/** In the order they were made; an empty session has no dialogue. */
export const otherDialogues = ({ others: more }: Pick<PortResult, 'others'>): CellDialogue[] =>
  more.filter(({ session }) => session !== '').map(({ why, session }) => ({ ...others[why], session }))
