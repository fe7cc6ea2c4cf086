/** Owns: that a program that runs has taken its queue up: one that only keeps mail leaves it standing still in the store. */
import type { RelayStatus } from '#shared/rpc/contract/relay.ts'
import type { RpcClient } from '#shared/rpc/types.ts'
import { GivenError } from '../files.ts'

/** How the relay stands. Rejects with GivenError where nothing could be shown or done. */
export async function awakeRelay(client: Pick<RpcClient, 'call'>): Promise<RelayStatus> {
  const status = await client.call('relay.status', {})
  if (status.asleep !== true) return status
  throw new GivenError('The serve that runs there keeps mail and relays none, so its queue stands still. Start it with the rules of a relay: --config FILE.') // prettier-ignore
}
