/** Owns: asking and changing what a person chose about the running program. */
import type { CallInput } from '#shared/rpc/contract.ts'
import type { Services } from './services.ts'
import { wordsOf } from './transcripts.ts'
import { whenBack } from './whenBack.ts'

const ask = ({ client, stores }: Services): void =>
  void client.call('app.choices', {}).then(
    (choices) => stores.choices.getState().set({ choices, problem: null }),
    (error: unknown) => stores.choices.getState().set({ problem: wordsOf(error) }),
  )

/** Asks now and whenever the connection is there again. Answers with the way to stop. */
export function followChoices(services: Services): () => void {
  ask(services)
  return whenBack(services, () => ask(services))
}

export async function choose({ client, stores }: Services, change: CallInput<'app.choose'>): Promise<void> {
  const { set } = stores.choices.getState()
  try {
    set({ choices: await client.call('app.choose', change), problem: null })
  } catch (error) {
    set({ problem: wordsOf(error) })
  }
}

const refused =
  'The browser does not allow notices from this page. Allow them in its settings for this address, then switch it on again.'

/** Where the page tells, the browser is asked first: this is what a person just wanted, so the question is no surprise. */
export async function chooseNotices(services: Services, notify: boolean): Promise<void> {
  const { choices, set } = services.stores.choices.getState()
  if (notify && choices?.notifiedBy === 'page') {
    const allowed = 'Notification' in window && (await Notification.requestPermission()) === 'granted'
    if (!allowed) return set({ problem: refused })
  }
  await choose(services, { notify })
}
