/**
 * Owns: the four healthy servers that no finding may speak against: Postfix, Exim, OpenSMTPD and our own, all with AUTH
 * after TLS, a certificate below an authority of their own, and a mailbox for `a@box.test`.
 */
import { readFileSync } from 'node:fs'
import type { AskedMode } from '#shared/rpc/contract/probe.ts'
import { startPostfix, whyNoPostfix } from '../postfix.ts'
import { runServer } from '../server/run.ts'
import { startExim, whyNoExim } from './exim.ts'
import { startOpenSmtpd, whyNoOpenSmtpd } from './openSmtpd.ts'
import { peerUser, type Peer } from './peer.ts'

export interface HealthyPort {
  port: number
  tls: 'starttls' | 'implicit'
}

export interface Healthy {
  ports: HealthyPort[]
  addresses: string[]
  ca: string
  stop(): Promise<void>
}

export interface HealthyServer {
  name: string
  /** Why it cannot run here, or null. */
  why(): string | null
  /** Inside a test: our own server ends with it. */
  start(): Promise<Healthy>
}

const fromPeer = ({ ports, addresses, ca, stop }: Peer): Healthy => ({
  ports: [
    { port: ports.starttls, tls: 'starttls' },
    { port: ports.implicit, tls: 'implicit' },
  ],
  addresses,
  ca,
  stop,
})

async function startOurs(): Promise<Healthy> {
  const loud = { address: '127.0.0.1', port: 0, auth: 'optional', authOnlyAfterTls: true } as const
  const { ports, caFile } = await runServer({
    listeners: [
      { ...loud, tls: 'starttls' },
      { ...loud, tls: 'implicit' },
    ],
    users: [peerUser],
  })
  return {
    ports: [
      { port: ports[0]!, tls: 'starttls' },
      { port: ports[1]!, tls: 'implicit' },
    ],
    addresses: ['127.0.0.1'],
    ca: readFileSync(caFile, 'utf8'),
    stop: async () => {},
  }
}

async function startTheirs(): Promise<Healthy> {
  const { ports, ca, stop } = await startPostfix()
  return {
    ports: [
      { port: ports.submission, tls: 'starttls' },
      { port: ports.submissions, tls: 'implicit' },
    ],
    addresses: ['127.0.0.1'],
    ca,
    stop,
  }
}

export const healthyServers: readonly HealthyServer[] = [
  { name: 'Postfix', why: whyNoPostfix, start: startTheirs },
  { name: 'Exim', why: whyNoExim, start: async () => fromPeer(await startExim()) },
  { name: 'OpenSMTPD', why: whyNoOpenSmtpd, start: async () => fromPeer(await startOpenSmtpd()) },
  { name: 'the local server', why: () => null, start: startOurs },
]

/** How each port is asked in turn: as what it is, and by a probe that has to find out. */
export const modesOf = ({ tls }: HealthyPort): AskedMode[] => [tls, 'auto']
