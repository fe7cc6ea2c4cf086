/** Owns: the calls about the API for test suites: switching it, its token, its webhooks. */
import type { Handlers } from '#shared/rpc/types.ts'
import type { SuiteApi } from '../suiteApi/service.ts'

export const suiteApiHandlers = (
  api: SuiteApi,
): Pick<Handlers, Extract<keyof Handlers, `suiteApi.${string}`>> => ({
  'suiteApi.status': () => api.status(),
  'suiteApi.configure': (change) => api.configure(change),
  'suiteApi.renewToken': () => api.renewToken(),
  'suiteApi.addWebhook': (hook) => api.addWebhook(hook),
  'suiteApi.removeWebhook': ({ id }) => api.removeWebhook(id),
  'suiteApi.tryWebhook': ({ id }) => api.tryWebhook(id),
  'suiteApi.deliveries': ({ id }) => ({ deliveries: api.deliveries(id) }),
  'suiteApi.changes': () => api.changes,
})
