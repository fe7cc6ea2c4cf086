/**
 * Owns: the page from its sources with live reload, behind the same door as the built one: token, session, Host and Origin
 * hold in development too. Only the content policy is wider.
 */
import { createServer as createBridge } from 'node:http'
import { resolve } from 'node:path'
import react from '@vitejs/plugin-react'
import { createServer } from 'vite'
import { answer, plainPage } from '../common/web/answers.ts'
import { securityHeaders } from '../common/web/headers.ts'
import type { Content } from '../common/web/webHost.ts'

export interface LiveContent extends Content {
  stop(): Promise<void>
}

/** `root` is the project's folder. */
export async function liveContent(root: string): Promise<LiveContent> {
  // Never listens: admitted upgrades are handed to it, so that live reload has no door of its own.
  const bridge = createBridge()
  const vite = await createServer({
    configFile: false,
    root: resolve(root, 'renderer'),
    publicDir: resolve(root, 'resources/public'),
    cacheDir: resolve(root, 'node_modules/.vite-dev'),
    plugins: [react()],
    appType: 'spa',
    logLevel: 'warn',
    server: { middlewareMode: true, hmr: { server: bridge }, cors: false },
  })
  return {
    // Vite's reload and React's refresh put scripts and styles into the page.
    policy: (policy) => ({
      ...policy,
      'script-src': "'self' 'unsafe-inline'",
      'style-src': "'self' 'unsafe-inline'",
    }),
    answer(request, response, _path, policy) {
      for (const [name, value] of Object.entries(securityHeaders(policy))) response.setHeader(name, value)
      vite.middlewares(request, response, () => {
        const body = plainPage('Not here', 'There is no such file.')
        answer(request, response, policy, { status: 404, type: 'text/html; charset=utf-8', body })
      })
    },
    upgrade: (request, socket, head) => void bridge.emit('upgrade', request, socket, head),
    stop: () => vite.close(),
  }
}
