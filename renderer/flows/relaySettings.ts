/** Owns: the relay's settings: paused or not, where mail goes, and the hosts that it may go to. */
import type { CallInput } from '#shared/rpc/contract.ts'
import type { FieldProblem } from '#shared/rpc/contract/fieldProblem.ts'
import { loadAllowedHosts, saveAllowedHosts } from './inboxRelease.ts'
import { actOnQueue } from './relayQueue.ts'
import type { Services } from './services.ts'
import { wordsOf } from './transcripts.ts'

export type SettingsChange = CallInput<'relay.setSettings'>

/** Nothing when it was saved, else what is wrong by its field; '' is about none. */
export async function setRelaySettings({ client, stores }: Services, change: SettingsChange): Promise<readonly FieldProblem[]> {
  const { set } = stores.relay.getState()
  set({ busy: true })
  try {
    const { status, problems } = await client.call('relay.setSettings', change)
    const before = stores.relay.getState().status?.settings.delivery
    const left = before?.to === 'host' && status.settings.delivery.to !== 'host'
    set({ status, ...(left ? { lastHost: before } : {}) })
    return problems
  } catch (error) {
    return [{ field: '', value: '', message: wordsOf(error) }]
  } finally {
    set({ busy: false })
  }
} // prettier-ignore

/** Holds the whole queue, or lets it go on. What could not be done is said at the top of the page. */
export async function pauseRelay(services: Services, paused: boolean): Promise<void> {
  const problems = await setRelaySettings(services, { paused })
  const said = problems.map(({ message }) => message).join(' ')
  services.stores.view.getState().set(
    said === ''
      ? { announcement: paused ? 'Nothing is delivered any more until you resume.' : 'The queue goes on.' }
      : { notice: said },
  ) // prettier-ignore
}

/** Adds a host to those of the whole program, and releases the entry that waited for it. Undefined when done, else why not. */
export async function allowHost(services: Services, host: string, leg: string): Promise<string | undefined> {
  try {
    const hosts = await loadAllowedHosts(services)
    if (!hosts.includes(host)) {
      const answer = await saveAllowedHosts(services, [...hosts, host])
      if (!answer.ok) return answer.problem
    }
  } catch (error) {
    return wordsOf(error)
  }
  // The engine may have let it go by itself when the host was allowed: that nothing was left to release is no failure.
  await actOnQueue(services, 'release', { ids: [leg] })
  return undefined
}
