/**
 * Owns: the two servers of one comparison, on ports that nothing else uses: the local server's own sessions and the HTTP
 * API's own exchanges, with the TLS version that was asked for and one made-up user.
 */
import { createSecureContext } from 'node:tls'
import { ListenerConfig, ServerConfig } from '#shared/rpc/contract/server.ts'
import type { VersusPlan } from '#shared/rpc/contract/versus.ts'
import type { Certificates } from '../certs/certificates.ts'
import { hashes } from '../dialogue/hashes.ts'
import { ApiServer } from '../httpApi/apiServer.ts'
import { Bodies } from '../httpApi/body.ts'
import { Credentials } from '../httpApi/credentials.ts'
import { Rate } from '../httpApi/rate.ts'
import type { Clock, Log } from '../ports.ts'
import { createAccounts } from '../server/accounts.ts'
import { Listener } from '../server/listener.ts'
import { sessionRules } from '../server/rules.ts'
import { Sessions } from '../server/sessions.ts'
import type { Store } from '../store/types.ts'
import type { Hub } from '../transcripts/types.ts'
import { firstKept, firstRecorded } from './recorders.ts'

export interface OwnServer {
  port: number
  close(): Promise<void>
}

export interface ServerDeps {
  hub: Pick<Hub, 'begin'>
  store: Pick<Store, 'openContent'>
  certs: Pick<Certificates, 'server'>
  clock: Clock
  log: Log
}

/** Made up for each run: it opens nothing else. */
export interface Account {
  user: string
  password: string
}

export const serverName = 'relayscope.localhost'
const tlsName = { '1.2': 'TLSv1.2', '1.3': 'TLSv1.3' } as const

export async function openSmtp(
  deps: ServerDeps,
  plan: VersusPlan['smtp'],
  account: Account,
): Promise<OwnServer> {
  const { hub, store, certs, clock, log } = deps
  const version = tlsName[plan.tlsVersion]
  const config = ListenerConfig.parse({
    port: 0, auth: 'required', tls: plan.tls === 'none' ? 'plain' : plan.tls === 'starttls' ? 'starttls-required' : 'implicit',
  }) // prettier-ignore
  const { limits } = ServerConfig.parse({ listeners: [] })
  const { cert, key } = await certs.server(serverName)
  const context = createSecureContext({ cert, key, minVersion: version, maxVersion: version })
  const sessions = new Sessions(
    { hub: firstRecorded(hub, clock), store: firstKept(store, 1), clock, log, changed: () => {} },
    limits,
  )
  const listener = new Listener(config, (socket, from) => sessions.accept(socket, from))
  listener.rules = sessionRules(
    config,
    { name: serverName, limits },
    createAccounts([account], hashes),
    context,
  )
  await listener.open()
  if (listener.problem !== undefined) throw new Error(listener.problem)
  return {
    port: listener.actualPort ?? 0,
    async close() {
      listener.close()
      await sessions.stop()
    },
  }
}

export async function openHttp(deps: ServerDeps, plan: VersusPlan['http'], key: string): Promise<OwnServer> {
  const { hub, store, certs, clock, log } = deps
  const version = tlsName[plan.tlsVersion]
  const credentials = new Credentials(key)
  const apiDeps = {
    hub: firstRecorded(hub, clock),
    // A body and the message made of it.
    store: firstKept(store, 2),
    clock, log, credentials: () => credentials, bodies: new Bodies(), kept: () => {},
    rate: new Rate(() => 0, () => clock.micros()),
  } // prettier-ignore
  const identity = plan.tls ? await certs.server(serverName) : null
  const tls = identity && { cert: identity.cert, key: identity.key, minVersion: version, maxVersion: version }
  const server = new ApiServer(apiDeps, tls)
  await server.listen(0)
  return { port: server.port, close: () => server.close() }
}
