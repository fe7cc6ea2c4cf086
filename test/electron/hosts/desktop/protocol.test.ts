import { once } from 'node:events'
import { createServer } from 'node:http'
import { expect, test } from 'vitest'
import {
  answerFor,
  type Documents,
  registerScheme,
  serveLivePage,
  servePage,
} from '../../../../electron/hosts/desktop/protocol.ts'
import { makePage } from '../common/web/support.ts'

async function serve(
  documents: Documents = () => null,
): Promise<(url: string, method?: string) => Promise<Response>> {
  let handler: ((request: Request) => Response | Promise<Response>) | undefined
  const handle = (scheme: string, given: typeof handler): void => {
    expect(scheme).toBe('app')
    handler = given
  }
  await servePage({ handle }, await makePage(), documents)
  return async (url, method = 'GET') => handler!({ url, method } as Request)
}

test('the page is served with a policy that lets it reach nothing but its own files', async () => {
  const ask = await serve()
  const page = await ask('app://relayscope/')
  expect(await page.text()).toBe('<title>The page</title>')
  expect(page.headers.get('content-security-policy')).toContain("default-src 'none'; script-src 'self'")
  expect(page.headers.get('content-security-policy')).toContain("connect-src 'self';")
  expect((await ask('app://relayscope/assets/app-12345678.js')).headers.get('content-type')).toMatch(
    'text/javascript',
  )
})

test('the document of a message is served under a policy of its own, once the engine runs', async () => {
  let running = false
  const handlers = { 'inbox.document': ({ id }: { id: string }) => ({ html: id === 'm' ? '<p>Mail' : '' }) }
  const ask = await serve(() => (running ? handlers : null))
  expect((await ask('app://relayscope/mail/m')).status).toBe(404)
  running = true
  const mail = await ask('app://relayscope/mail/m')
  expect(await mail.text()).toBe('<p>Mail')
  expect(mail.headers.get('content-security-policy')).toMatch(
    /^default-src 'none'; img-src data:; .*frame-ancestors app:\/\/relayscope; sandbox$/u,
  )
  expect((await ask('app://relayscope/mail/none')).status).toBe(404)
  expect((await ask('app://other/mail/m')).status).toBe(404)
  const page = await ask('app://relayscope/')
  expect(page.headers.get('content-security-policy')).toContain('frame-src app://relayscope/mail/;')
})

test('other hosts, methods and paths are not here', async () => {
  const ask = await serve()
  for (const url of [
    'app://other/',
    'app://relayscope/../secret.html',
    'app://relayscope/..%2fsecret.html',
    'nonsense',
  ])
    expect((await ask(url)).status).toBe(404)
  expect((await ask('app://relayscope/', 'POST')).status).toBe(404)
  expect(answerFor(new Map(), { url: 'app://relayscope/', method: 'GET' }).status).toBe(404)
})

test('the scheme is standard and secure, so that the page has an origin of its own', () => {
  const registered: unknown[] = []
  registerScheme({ registerSchemesAsPrivileged: (schemes) => void registered.push(...schemes) })
  expect(registered).toEqual([
    { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true } },
  ])
})

test('in development the page comes from the live server, under the same origin', async () => {
  const server = createServer((request, response) => {
    response.setHeader('Content-Type', 'text/plain')
    response.end(`live ${request.url}`)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no address')
  const handlers: ((request: Request) => Response | Promise<Response>)[] = []
  serveLivePage(
    { handle: (_scheme, given) => void handlers.push(given) },
    `http://127.0.0.1:${address.port}/`,
  )
  const ask = async (url: string) => handlers[0]!({ url, method: 'GET' } as Request)
  const got = await ask('app://relayscope/app/main.tsx?t=1')
  expect([await got.text(), got.headers.get('content-type')]).toEqual([
    'live /app/main.tsx?t=1',
    'text/plain',
  ])
  expect((await ask('app://other/')).status).toBe(404)
  server.close()
  server.closeAllConnections()
})
