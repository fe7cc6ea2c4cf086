/** Owns: reading a message once for all who want it at the same moment: a hundred waits wake by the same arrival. */
import type { MessageDetail } from '#shared/rpc/contract/inbox.ts'
import type { RpcClient } from '#shared/rpc/types.ts'

export function sharedDetail(client: Pick<RpcClient, 'call'>): (id: string) => Promise<MessageDetail> {
  const running = new Map<string, Promise<MessageDetail>>()
  return (id) => {
    const known = running.get(id)
    if (known !== undefined) return known
    const asked = client.call('inbox.get', { id }).finally(() => running.delete(id))
    running.set(id, asked)
    return asked
  }
}
