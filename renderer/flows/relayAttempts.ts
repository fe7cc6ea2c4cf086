/** Owns: attempts of the relay: those that came, the one that is looked at, and those that are tried by hand. */
import type { AttemptOf } from '../model/relayTrace.ts'
import type { AttemptRow } from '../stores/relay.ts'
import type { Services } from './services.ts'
import { wordsOf } from './transcripts.ts'

const pageSize = 200

/** The newest page; pages that were loaded before stay behind it. The first attempt of all is looked at by itself. */
export async function loadAttempts(services: Services): Promise<void> {
  const { client, stores } = services
  const { refused } = stores.relay.getState().attempts
  const { set } = stores.relay.getState()
  try {
    const { items, next } = await client.call('relay.attempts', { limit: pageSize, refused })
    const { attempts, looked } = stores.relay.getState()
    // Another choice meanwhile: its own answer comes.
    if (attempts.refused !== refused) return
    const fresh = new Set(items.map(({ id }) => id))
    const older = attempts.items.filter(({ id }) => !fresh.has(id))
    // Where more came than a page holds, those between are not known: the list ends there and goes on when it is asked to.
    const joined = items.length === pageSize && older.length < attempts.items.length
    const kept = joined ? older : []
    set({ attempts: { refused, state: 'ready', items: [...items, ...kept], next: kept.length > 0 ? attempts.next : next } }) // prettier-ignore
    if (looked === null && items[0]) await lookAt(services, items[0])
  } catch (error) {
    set({ attempts: { ...stores.relay.getState().attempts, state: 'failed' } })
    throw error
  }
}

/** Undefined when loaded, else why not, in words. */
export async function loadOlderAttempts({ client, stores }: Services): Promise<string | undefined> {
  const { attempts } = stores.relay.getState()
  if (attempts.next === undefined) return undefined
  try {
    const page = await client.call('relay.attempts', { limit: pageSize, refused: attempts.refused, before: attempts.next }) // prettier-ignore
    const now = stores.relay.getState()
    if (now.attempts.refused !== attempts.refused || now.attempts.next !== attempts.next) return undefined
    const known = new Set(now.attempts.items.map(({ id }) => id))
    const items = [...now.attempts.items, ...page.items.filter(({ id }) => !known.has(id))]
    now.set({ attempts: { ...now.attempts, items, next: page.next } })
    return undefined
  } catch (error) {
    return wordsOf(error)
  }
}

export async function showRefused(services: Services, refused: boolean): Promise<void> {
  const { set } = services.stores.relay.getState()
  set({ attempts: { state: 'loading', items: [], next: undefined, refused } })
  // The list says that it could not be read.
  await loadAttempts(services).catch(() => {})
}

/** Shows an attempt that came, and asks what the rules of now would do with it. */
export async function lookAt(services: Services, row: AttemptRow): Promise<void> {
  const { stores } = services
  stores.relay.getState().set({ looked: { row, attempt: row.attempt, decision: row.decision, now: null } })
  await refreshNow(services)
}

/** What the rules of now do with what is looked at. */
export async function refreshNow({ client, stores }: Services): Promise<void> {
  const { looked } = stores.relay.getState()
  if (looked === null) return
  try {
    const now = await client.call('relay.try', { attempt: looked.attempt })
    const state = stores.relay.getState()
    if (state.looked?.attempt !== looked.attempt || state.looked.row !== looked.row) return
    const decision = looked.row === null ? now.decision : looked.decision
    state.set({ looked: { ...looked, decision, now } })
  } catch {
    // The trace itself is there; what would help is asked again with the next change.
  }
}

/** Tries an attempt that never came. Undefined when it is shown, else why not, in words. */
export async function tryAttempt({ client, stores }: Services, attempt: AttemptOf): Promise<string | undefined> {
  try {
    const now = await client.call('relay.try', { attempt })
    stores.relay.getState().set({ view: 'why', looked: { row: null, attempt, decision: now.decision, now } })
    stores.view.getState().set({ announcement: now.decision.because })
    return undefined
  } catch (error) {
    return wordsOf(error)
  }
} // prettier-ignore
