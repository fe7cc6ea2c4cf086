/** Owns: what the routes are given. */
import type { RpcClient } from '#shared/rpc/types.ts'
import type { Arrivals } from './arrivals.ts'
import type { Slots } from './slots.ts'
import type { Sessions } from './transcripts.ts'

export interface RouteDeps {
  /** The engine's own contract, in this process. */
  client: Pick<RpcClient, 'call'>
  sessions: Sessions
  arrivals: Arrivals
  waits: Slots
  streams: Slots
  version: string
}
