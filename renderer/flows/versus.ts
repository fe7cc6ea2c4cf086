/** Owns: running a comparison of SMTP with an HTTP API, following it, and fetching both dialogues. */
import type { VersusResult } from '#shared/rpc/contract/versus.ts'
import type { TranscriptEvent } from '#shared/transcript/event.ts'
import { versusRequest } from '../model/versus.ts'
import type { Services } from './services.ts'
import { wordsOf } from './transcripts.ts'
import { formMessage } from './versusMessage.ts'

/** Events of one dialogue that are drawn; one with two hundred messages has more. */
const mostEvents = 4000

/** Starts what is chosen and waits for its end. What goes wrong stands in the store, in words. */
export async function runVersus(services: Services): Promise<void> {
  const { client, stores } = services
  const store = stores.versus
  const { draft, ofForm, running, starting } = store.getState()
  if (running !== '' || starting) return
  store.setState({ starting: true, problem: '' })
  try {
    const own = ofForm ? await formMessage(services) : null
    if (own && !own.ok) {
      store.setState({ problem: own.problem })
      return
    }
    const request = { ...versusRequest(draft), ...(own ? { message: own.message } : {}) }
    const started = await client.call('versus.start', request)
    if (!started.ok) {
      store.setState({ problem: started.problems.map(({ message }) => message).join(' ') })
      return
    }
    store.setState({ running: started.id, progress: null })
    const stop = followProgress(services, started.id)
    const result = await client.call('versus.result', { id: started.id }).finally(stop)
    const events = await dialoguesOf(services, result)
    store.setState({ result, events })
    stores.view.getState().set({ announcement: result.sentence })
  } catch (error) {
    store.setState({ problem: `Nothing was compared. ${wordsOf(error)}` })
  } finally {
    store.setState({ running: '', starting: false, progress: null })
  }
}

export async function cancelVersus(services: Services): Promise<void> {
  const { running } = services.stores.versus.getState()
  if (running === '') return
  try {
    await services.client.call('versus.cancel', { id: running })
  } catch (error) {
    services.stores.versus.setState({ problem: wordsOf(error) })
  }
}

function followProgress(services: Services, id: string): () => void {
  const subscription = services.client.stream('versus.progress', { id }, {
    batch: ({ events }) => {
      const last = events.at(-1)
      if (last) services.stores.versus.setState({ progress: last })
    },
    closed: () => {},
  }) // prettier-ignore
  return () => subscription.close()
}

async function dialoguesOf(
  services: Services,
  { smtp, http }: VersusResult,
): Promise<{ smtp: TranscriptEvent[]; http: TranscriptEvent[] }> {
  const [left, right] = await Promise.all([
    eventsOf(services, smtp.session),
    eventsOf(services, http.session),
  ])
  return { smtp: left, http: right }
}

/** Of a way that never began there is no session. */
function eventsOf({ client }: Services, session: string): Promise<TranscriptEvent[]> {
  if (session === '') return Promise.resolve([])
  return new Promise((resolve) => {
    const all: TranscriptEvent[] = []
    const subscription = client.stream('transcript.events', { session }, {
      batch: ({ events }) => {
        all.push(...events.slice(0, Math.max(0, mostEvents - all.length)))
        if (all.length < mostEvents && all.at(-1)?.kind !== 'end') return
        subscription.close()
        resolve(all)
      },
      closed: () => resolve(all),
    }) // prettier-ignore
  })
}
