/** Owns: `app://relayscope/`, the origin of the page on the desktop: the built files and nothing else, with their headers. */
import type { Protocol } from 'electron'
import { pagePolicy, securityHeaders } from '../common/web/headers.ts'
import { readStaticFiles, type StaticFile } from '../common/web/staticFiles.ts'

export const scheme = 'app'
export const pageHost = 'relayscope'
export const pageAddress = `${scheme}://${pageHost}/`

/** Must run before the app is ready. A standard, secure scheme has an origin of its own, unlike file:. */
export function registerScheme(protocol: Pick<Protocol, 'registerSchemesAsPrivileged'>): void {
  protocol.registerSchemesAsPrivileged([
    { scheme, privileges: { standard: true, secure: true, supportFetchAPI: true } },
  ])
}

/** The page speaks to the engine by a message port: it connects to nothing. */
const headers = securityHeaders(pagePolicy("'self'"))

export function answerFor(
  files: Map<string, StaticFile>,
  request: { url: string; method: string },
): Response {
  const url = URL.parse(request.url)
  const file = url?.host === pageHost && request.method === 'GET' ? files.get(url.pathname) : undefined
  if (file === undefined) return new Response('Not here', { status: 404, headers })
  return new Response(new Uint8Array(file.bytes), { headers: { ...headers, 'Content-Type': file.type } })
}

/** Rejects, in words, when the page is not built. */
export async function servePage(protocol: Pick<Protocol, 'handle'>, folder: string): Promise<void> {
  const files = await readStaticFiles(folder)
  protocol.handle(scheme, (request) => answerFor(files, request))
}

/** Vite's reload and React's refresh put scripts and styles into the page and connect to Vite's own port. */
const liveHeaders = securityHeaders({
  ...pagePolicy("'self' ws://localhost:*"),
  'script-src': "'self' 'unsafe-inline'",
  'style-src': "'self' 'unsafe-inline'",
})

/** In development only: the page from Vite's server, under the page's own origin, so that the port is handed over alike. */
export function serveLivePage(protocol: Pick<Protocol, 'handle'>, server: string): void {
  protocol.handle(scheme, async (request) => {
    const url = URL.parse(request.url)
    if (url?.host !== pageHost || request.method !== 'GET') return new Response('Not here', { status: 404 })
    const got = await fetch(new URL(url.pathname + url.search, server))
    const type = got.headers.get('content-type') ?? 'application/octet-stream'
    return new Response(got.body, { status: got.status, headers: { ...liveHeaders, 'Content-Type': type } })
  })
}
