/** Owns: the local server with the HTTP API beside it: one starts and stops with the other. */
import type { LocalServer } from '../server/types.ts'
import type { HttpApi } from './service.ts'

export function withHttpApi(server: LocalServer, api: Pick<HttpApi, 'serverRuns'>): LocalServer {
  return {
    ...server,
    async start(config) {
      const answer = await server.start(config)
      await api.serverRuns(answer.status.running)
      return answer
    },
    async stop() {
      const [status] = await Promise.all([server.stop(), api.serverRuns(false)])
      return status
    },
  }
}
