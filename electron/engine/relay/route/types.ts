/** Owns: the words of the room that finds the way of a leg. No behaviour. */
import type { networkInterfaces } from 'node:os'
import type { DnsSecurity } from '#shared/diagnosis/facts.ts'
import type { OpenedResolver } from '../../dns/resolver.ts'
import type { ResolverChoice } from '../../dns/types.ts'
import type { OwnPlace } from '../../inbox/loops.ts'
import type { Witness } from '../../domain/witness.ts'
import type { NoWay } from './noWayRecord.ts'
import type { StsMemory } from './stsMemory.ts'
import type { Leg, RelayRulesNow, Route, TlsDemand } from '../types.ts'

export interface Router {
  /** Never rejects for anything that DNS, a policy host or a person's rules do. Nothing but those is contacted. */
  plan(leg: Leg, rules: RelayRulesNow): Promise<Route>
}

export interface RouterDeps {
  /** The program's own unless said. */
  resolver?: ((choice: ResolverChoice) => OpenedResolver) | undefined
  /** Where this program listens now. */
  ownPlaces: () => readonly OwnPlace[]
  now(): Date
  /** Keeps what was asked and answered where no way was found; answers with its session. */
  record?: ((noWay: NoWay) => string | undefined) | undefined
  /** From 0 up to 1: exchangers of one preference are shuffled by it. */
  random?: (() => number) | undefined
  /** This computer's addresses; the system's unless said. */
  interfaces?: typeof networkInterfaces | undefined
  /** Port of the policy hosts of MTA-STS; 443 unless a test says otherwise. */
  policyPort?: number | undefined
  /** Where policies of MTA-STS are kept beyond the program's end; nowhere unless said. */
  policies?: StsMemory | undefined
  /** Further authorities trusted for policy hosts, PEM. */
  ca?: string | undefined
}

export type Failed = Extract<Route, { kind: 'failed' }>

/** A host that mail may go to. */
export interface Candidate {
  /** A name in lower case, or an address. */
  host: string
  preference: number
  /** In the order in which they are dialled. */
  addresses: readonly string[]
}

/** Hosts that the mail of a domain is for, the ones to try first in front. */
export interface Exchangers {
  kind: 'hosts'
  /** Whether somebody had to be asked for the hosts' names. */
  by: 'mx' | 'domain' | 'literal'
  hosts: readonly Candidate[]
  /** Of the MX, or of their absence. */
  security: DnsSecurity
  remarks: readonly string[]
}

/** A hop before its host is known to be reached: what is demanded, or why it may not be used. */
export type Demanded = { tls: TlsDemand } | { leftOut: string; permanent: boolean }

/** What one plan asks with. */
export interface Asking {
  witness: Witness
  signal: AbortSignal
  readonly random: () => number
  /** This program listens on that port of that host. */
  readonly isSelf: (host: Pick<Candidate, 'host' | 'addresses'>, port: number) => boolean
}
