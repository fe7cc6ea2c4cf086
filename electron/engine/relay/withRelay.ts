/**
 * Owns: the local server beside the relay: the queue is taken up before a listener can bring anything into it, and when the
 * server's name changes, the relay says the new one in EHLO.
 */
import type { LocalServer } from '../server/types.ts'
import type { RelayDesk } from './desk/desk.ts'

interface Beside {
  desk: Pick<RelayDesk, 'renamed'>
  start: () => Promise<void>
}

export function withRelay(server: LocalServer, { desk, start }: Beside): LocalServer {
  return {
    ...server,
    async start(config) {
      const { listeners } = config ?? (await server.loaded())
      if (listeners.some(({ relay }) => relay === true)) await start()
      const answer = await server.start(config)
      desk.renamed()
      return answer
    },
    async configure(change) {
      if (server.status().running && change.listeners?.some(({ relay }) => relay === true) === true)
        await start()
      const answer = await server.configure(change)
      desk.renamed()
      return answer
    },
  }
}
