/** Owns: keeping what a person chose about the running program: starting the local server, telling of mail. */
import { z } from 'zod'
import { Choices, type ChoicesAnswer } from '#shared/rpc/contract/choices.ts'
import type { Handlers } from '#shared/rpc/types.ts'
import type { Store } from '../store/types.ts'
import type { Parts } from './parts.ts'

const setting = 'app.choices'

/** What cannot be read is as if it was never chosen; a notice that nobody asked for would be a nuisance. */
const Kept = z.object({
  serverStart: Choices.shape.serverStart.catch('as-left'),
  notify: Choices.shape.notify.catch(false),
})

export async function keptChoices(store: Pick<Store, 'getSetting'>): Promise<Choices> {
  try {
    return Kept.parse(JSON.parse((await store.getSetting(setting)) ?? '{}'))
  } catch {
    return Kept.parse({})
  }
}

const notifiers: Record<Parts['ports']['host'], ChoicesAnswer['notifiedBy']> = {
  desktop: 'host',
  browser: 'page',
  terminal: null,
  test: null,
}

export function choicesHandlers({
  ports,
  store,
}: Pick<Parts, 'ports' | 'store'>): Pick<Handlers, 'app.choices' | 'app.choose'> {
  const answer = (choices: Choices): ChoicesAnswer => ({ ...choices, notifiedBy: notifiers[ports.host] })
  return {
    'app.choices': async () => answer(await keptChoices(store)),
    'app.choose': async ({ serverStart, notify }) => {
      const kept = await keptChoices(store)
      const next = { serverStart: serverStart ?? kept.serverStart, notify: notify ?? kept.notify }
      await store.putSetting(setting, JSON.stringify(next))
      return answer(next)
    },
  }
}
