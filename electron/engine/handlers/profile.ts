/** Owns: answering calls about kept profiles. */
import type { Handlers } from '#shared/rpc/types.ts'
import type { Profiles } from '../profiles/profiles.ts'

export const profileHandlers = (
  profiles: Profiles,
): Pick<Handlers, Extract<keyof Handlers, `profile.${string}`>> => ({
  'profile.list': async () => ({ profiles: await profiles.list(), keeps: profiles.keeps }),
  'profile.save': (change) => profiles.save(change),
  'profile.remove': async ({ id }) => ({ removed: await profiles.remove(id) }),
  'profile.restore': async ({ id }) => ({ restored: await profiles.restore(id) }),
})
