/** Owns: what the local server promises to its handlers, and what it is given. */
import type { FieldProblem, GateAction, GateState } from '#shared/rpc/contract/dialogue.ts'
import type { HoldRules, ServerConfig, ServerConfigInput, ServerStatus } from '#shared/rpc/contract/server.ts'
import type { CallArguments, CallResult } from '#shared/rpc/contract.ts'
import type { StreamSource } from '#shared/rpc/types.ts'
import type { Hashes } from '#shared/smtp/machine/options.ts'
import type { Certificates, TlsSupport } from '#shared/rpc/contract/certificates.ts'
import type { Certificates as Certs } from '../certs/certificates.ts'
import type { ActAnswer } from '../dialogue/gate.ts'
import type { Clock, Log, Secrets } from '../ports.ts'
import type { Store } from '../store/types.ts'
import type { Hub } from '../transcripts/types.ts'
import type { Relaying } from './relaying.ts'

export interface LocalServerOptions {
  hub: Pick<Hub, 'begin'>
  store: Pick<Store, 'openContent' | 'getSetting' | 'putSetting'>
  certs: Certs
  clock: Clock
  log: Log
  secrets: Secrets
  hashes: Hashes
  /** Absent: no listener can relay. */
  relaying?: Relaying | undefined
  /** Consent to be reached by other machines comes from a command and holds for its run: it is not saved. */
  consentForRun?: boolean | undefined
}

export type CertificatesAnswer = CallResult<'server.addCertificate'>
export type ConfigChange = CallArguments<'server.configure'>

/** `problems` names fields; a listener's problem stands in its status too, and the others run. */
export interface ServerAnswer {
  status: ServerStatus
  problems: FieldProblem[]
}

/** Keeps every message that anyone brings and never passes one on: it has no way to but to hand it to the relay. */
export interface LocalServer {
  status(): ServerStatus
  /** The same once the saved rules are read, which a server that was not started has not done yet. */
  loaded(): Promise<ServerStatus>
  /** The status after each change, at most a few a second under load. */
  readonly changes: StreamSource<ServerStatus>
  /** Starts with these rules and saves them, or with the saved ones, or with the defaults. */
  start(config?: ServerConfig | ServerConfigInput): Promise<ServerAnswer>
  /** 421 to every session, then closed; resolves when the last one is over. Safe to call twice. */
  stop(): Promise<ServerStatus>
  /** Changes and saves the rules; sessions that run are kept. */
  configure(change: ConfigChange): Promise<ServerAnswer>
  /** The rules of the relay are others now: its listeners take them, or close where they may not listen any more. */
  relayChanged(): Promise<ServerAnswer>
  /** Which clients that come from now on are held, and where. */
  hold(rules: HoldRules): ServerAnswer
  /** The gate of a session that runs; null when there is none of that name. */
  gate(session: string): SessionGate | null
  /** The app's authority, and the certificates that a person gave. */
  certificates(): Promise<Certificates>
  /** Adds one or replaces it; listeners that show it take it at once, sessions keep theirs. */
  addCertificate(given: CallArguments<'server.addCertificate'>): Promise<CertificatesAnswer>
  removeCertificate(name: string): Promise<CertificatesAnswer>
  /** Signed by the app's authority; its key is told once and not kept. */
  issueClientCertificate(
    wanted: CallArguments<'server.issueClientCertificate'>,
  ): Promise<CallResult<'server.issueClientCertificate'>>
  /** Which TLS versions this computer speaks, found out by trying. */
  tlsSupport(): Promise<TlsSupport>
}

/** Stepping one client's session, as a dialogue is stepped. */
export interface SessionGate {
  readonly states: StreamSource<GateState>
  act(action: GateAction): ActAnswer
}
