/** Owns: reports about relayed mail that came back: bounces and complaints, newest first. */
import type { Services } from './services.ts'
import { wordsOf } from './transcripts.ts'

const pageSize = 100

export async function loadReports({ client, stores }: Services): Promise<void> {
  const { set } = stores.relay.getState()
  try {
    const { items, next } = await client.call('relay.reports', { limit: pageSize })
    set({ reports: { state: 'ready', items, next } })
  } catch (error) {
    set({ reports: { ...stores.relay.getState().reports, state: 'failed' } })
    throw error
  }
}

/** Undefined when loaded, else why not, in words. */
export async function loadOlderReports({ client, stores }: Services): Promise<string | undefined> {
  const { reports } = stores.relay.getState()
  if (reports.next === undefined) return undefined
  try {
    const page = await client.call('relay.reports', { limit: pageSize, before: reports.next })
    const now = stores.relay.getState()
    if (now.reports.next !== reports.next) return undefined
    now.set({ reports: { state: 'ready', items: [...now.reports.items, ...page.items], next: page.next } })
    return undefined
  } catch (error) {
    return wordsOf(error)
  }
}
