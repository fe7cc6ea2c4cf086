/** Owns: the rule about what a server says first, or that it says nothing, from a transcript alone. */
import { diagnoseBanner, type BannerEnd } from '../banner.ts'
import type { Reading } from '../reading/types.ts'
import type { Rule } from './types.ts'

export const greeting: Rule = (reading) => {
  const { opened, trial, greeting: said, tlsFailed, head, phase } = reading
  // What a failed handshake shows is told by the rule about handshakes.
  if (tlsFailed || (!said && phase !== 'banner')) return []
  const end = said ? 'answered' : bannerEnd(reading)
  if (end === undefined && !trial) return []
  const events = [...(opened ? [opened] : []), ...(said?.reply ? [said.reply] : [])]
  const until = said?.reply?.at ?? reading.end?.at ?? 0
  const waited = opened ? Math.max(0, until - opened.at) : 0
  return diagnoseBanner({ events, end: end ?? 'timeout', waited, port: head.port, trial })
}

function bannerEnd({ end }: Reading): BannerEnd | undefined {
  const how = end?.outcome
  return how === 'closed' || how === 'reset' || how === 'timeout' ? how : undefined
}
