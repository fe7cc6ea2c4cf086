/** Owns: the calls of the HTTP API beside SMTP: its settings, and sending by such an API. */
import type { Handlers } from '#shared/rpc/types.ts'
import type { HttpApi } from '../httpApi/service.ts'
import { type HttpSend, startHttpSend } from '../httpApi/sendHttp.ts'
import type { Parts } from './parts.ts'
import type { Running } from './running.ts'

export function httpApiHandlers(
  { ports, hub, store }: Pick<Parts, 'ports' | 'hub' | 'store'>,
  api: HttpApi,
  sends: Running<HttpSend>,
): Pick<Handlers, Extract<keyof Handlers, `httpApi.${string}` | `httpSend.${string}`>> {
  return {
    'httpApi.status': () => api.status(),
    'httpApi.configure': (change) => api.configure(change),
    'httpSend.start': async (plan) => {
      const full = sends.full()
      if (full !== null) return { ok: false, problems: [{ field: 'request', value: '', message: full }] }
      const started = await startHttpSend(plan, { hub, clock: ports.clock, store })
      if (!started.ok) return started
      sends.add(started.session, started, started.result)
      return { ok: true, session: started.session }
    },
    'httpSend.result': ({ session }) => sends.get(session).result,
    'httpSend.cancel': ({ session }) => {
      sends.get(session).cancel()
      return {}
    },
  }
}
