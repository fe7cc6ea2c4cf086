/** Owns: the tag rules as calls. */
import type { Handlers } from '#shared/rpc/types.ts'
import { readTagRules, tagsKey } from '../store/tagRules.ts'
import type { Store } from '../store/types.ts'

export const inboxTagHandlers = (
  store: Pick<Store, 'getSetting' | 'putSetting'>,
): Pick<Handlers, 'inbox.tags' | 'inbox.setTags'> => ({
  'inbox.tags': async () => readTagRules(await store.getSetting(tagsKey)),
  'inbox.setTags': async (rules) => {
    await store.putSetting(tagsKey, JSON.stringify(rules))
    return {}
  },
})
