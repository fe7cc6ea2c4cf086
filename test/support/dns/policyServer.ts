/** Owns: an HTTPS server for policies in tests, on loopback, with a certificate of an authority of its own. */
import { createServer, type Server } from 'node:https'
import type { ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { makeAuthority, makeServerCertificate } from '#engine/certs/make.ts'

export interface PolicyServer {
  port: number
  /** PEM of the authority. */
  ca: string
  /** `HOST /PATH` of each request. */
  asked: string[]
  /** Set before each fetch. */
  answer: (response: ServerResponse) => void
  stop(): Promise<void>
}

export const plainText = (text: string, type = 'text/plain') => (response: ServerResponse): void => {
  response.writeHead(200, { 'content-type': type })
  response.end(text)
} // prettier-ignore

export async function startPolicyServer(name: string, text = ''): Promise<PolicyServer> {
  const authority = await makeAuthority(new Date())
  const { cert, key } = await makeServerCertificate(authority, [name], new Date())
  const policy: Omit<PolicyServer, 'port' | 'stop'> = {
    ca: authority.cert,
    asked: [],
    answer: plainText(text),
  }
  const server: Server = createServer({ cert, key }, (request, response) => {
    policy.asked.push(`${request.headers.host} ${request.url}`)
    policy.answer(response)
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const stop = async (): Promise<void> => {
    server.closeAllConnections()
    await new Promise((done) => server.close(done))
  }
  return Object.assign(policy, { port: (server.address() as AddressInfo).port, stop })
}
