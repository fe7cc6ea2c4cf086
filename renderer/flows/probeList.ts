/** Owns: the list of probes: the live list, deleting, and finding the one before. */
import type { ProbeReport } from '#shared/rpc/contract/probeReport.ts'
import type { Services } from './services.ts'
import { followShared } from './shared.ts'
import { wordsOf } from './transcripts.ts'
import { whenBack } from './whenBack.ts'

/** The list from the start. Changes that came meanwhile are in the answer or follow it. */
async function reload({ client, stores }: Services): Promise<void> {
  const { setList, setSummaries } = stores.probe.getState()
  try {
    setSummaries((await client.call('probe.list', { limit: 500 })).probes)
    setList('ready')
  } catch {
    setList('failed')
  }
}

/** Loads the list and follows every change while anybody wants it. Answers with the way to stop. */
export const followProbes = (services: Services): (() => void) =>
  followShared(services.client, 'probes', () => {
    const { stores, client } = services
    const changes = client.stream(
      'probe.changes',
      {},
      {
        batch: ({ events, lost }) => {
          const { put, remove } = stores.probe.getState()
          for (const event of events) {
            if (event.type === 'put') put([event.summary])
            else remove(event.ids)
          }
          // What was evicted before it was read can only be had by asking again.
          if (lost > 0) void reload(services)
        },
        closed: (error) => error && stores.probe.getState().setList('failed'),
      },
    )
    void reload(services)
    const stopTrying = whenBack(services, () => {
      if (stores.probe.getState().list === 'failed') void reload(services)
    })
    return () => {
      stopTrying()
      changes.close()
    }
  })

/** Undefined when done, else why not, in words. */
export async function deleteProbes(
  { client, stores }: Services,
  ids: readonly string[],
): Promise<string | undefined> {
  try {
    await client.call('probe.delete', { ids: [...ids] })
    stores.probe.getState().remove(ids)
    return undefined
  } catch (error) {
    return wordsOf(error)
  }
}

/** A report that is kept; undefined when it cannot be had. */
export const readReport = ({ client }: Services, id: string): Promise<ProbeReport | undefined> =>
  client.call('probe.report', { id }).catch(() => undefined)
