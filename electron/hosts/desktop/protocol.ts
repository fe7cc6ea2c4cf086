/** Owns: `app://relayscope/`, the origin of the page on the desktop: the built files and nothing else, with their headers. */
import type { Protocol } from 'electron'
import type { Handlers } from '#shared/rpc/types.ts'
import { pagePolicy, securityHeaders } from '../common/web/headers.ts'
import { mailDocument, mailHeaders, mailPath, readMailAddress } from '../common/web/mailFrame.ts'
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

const origin = `${scheme}://${pageHost}`
/** Where documents of mail are framed from. */
export const mailAddress = `${origin}${mailPath}`

/** The page speaks to the engine by a message port: it connects to nothing. */
const headers = securityHeaders(pagePolicy("'self'", mailAddress))

/** The engine's handlers, once it runs. */
export type Documents = () => Partial<Handlers> | null

/** Null when the request is not for the document of a message. */
export async function mailAnswer(
  documents: Documents,
  request: { url: string; method: string },
): Promise<Response | null> {
  const url = URL.parse(request.url)
  const mail = url?.host === pageHost && request.method === 'GET' ? readMailAddress(url) : null
  if (mail === null) return null
  const body = await mailDocument(documents() ?? {}, mail)
  const text = body ?? 'This message is not here, or has no HTML.'
  return new Response(text, { status: body === null ? 404 : 200, headers: mailHeaders(origin, mail.remote) })
}

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
export async function servePage(
  protocol: Pick<Protocol, 'handle'>,
  folder: string,
  documents: Documents = () => null,
): Promise<void> {
  const files = await readStaticFiles(folder)
  protocol.handle(
    scheme,
    async (request) => (await mailAnswer(documents, request)) ?? answerFor(files, request),
  )
}

/** Vite's reload and React's refresh put scripts and styles into the page and connect to Vite's own port. */
const liveHeaders = securityHeaders({
  ...pagePolicy("'self' ws://localhost:*", mailAddress),
  'script-src': "'self' 'unsafe-inline'",
  'style-src': "'self' 'unsafe-inline'",
})

/** In development only: the page from Vite's server, under the page's own origin, so that the port is handed over alike. */
export function serveLivePage(
  protocol: Pick<Protocol, 'handle'>,
  server: string,
  documents: Documents = () => null,
): void {
  protocol.handle(scheme, async (request) => {
    const mail = await mailAnswer(documents, request)
    if (mail !== null) return mail
    const url = URL.parse(request.url)
    if (url?.host !== pageHost || request.method !== 'GET') return new Response('Not here', { status: 404 })
    const got = await fetch(new URL(url.pathname + url.search, server))
    const type = got.headers.get('content-type') ?? 'application/octet-stream'
    return new Response(got.body, { status: got.status, headers: { ...liveHeaders, 'Content-Type': type } })
  })
}
