/** Owns: the local server beside the relay: when the server's name changes, the relay says the new one in EHLO. */
import type { LocalServer } from '../server/types.ts'
import type { RelayDesk } from './desk/desk.ts'

export function withRelay(server: LocalServer, desk: Pick<RelayDesk, 'renamed'>): LocalServer {
  return {
    ...server,
    async start(config) {
      const answer = await server.start(config)
      desk.renamed()
      return answer
    },
    async configure(change) {
      const answer = await server.configure(change)
      desk.renamed()
      return answer
    },
  }
}
