/** Owns: how the relay stands, told as it changes; the title bar follows it always, the room while it is open. */
import type { Services } from './services.ts'
import { followShared } from './shared.ts'
import { wordsOf } from './transcripts.ts'
import { whenBack } from './whenBack.ts'

export const askRelayStatus = ({ client, stores }: Services): Promise<void> => {
  const { set } = stores.relay.getState()
  return client.call('relay.status', {}).then(
    (status) => set({ status, problem: '' }),
    (error: unknown) => set({ problem: wordsOf(error) }),
  )
}

/** Follows it while anybody wants it. Answers with the way to stop. */
export const followRelayStatus = (services: Services): (() => void) =>
  followShared(services.client, 'relayStatus', () => {
    const { set } = services.stores.relay.getState()
    const changes = services.client.stream('relay.changes', {}, {
      batch: ({ events }) => {
        const status = events.at(-1)
        if (status) set({ status, problem: '' })
      },
      closed: (error) => error && set({ problem: error.message }),
    })
    void askRelayStatus(services)
    const stopAsking = whenBack(services, () => void askRelayStatus(services))
    return () => {
      stopAsking()
      changes.close()
    }
  }) // prettier-ignore
