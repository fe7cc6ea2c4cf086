/**
 * Owns: which source entry speaks for a client. Each directive is looked up for itself: the narrowest source that holds the
 * client and says something of it decides, and of two equally narrow ones the later, as a later line corrects an earlier.
 */
import { networkIndex, readNetwork, type Network } from './network.ts'
import type { RelayPolicy, RelaySource } from './policy.ts'

/** Directives that are true or false for a source, and how the notation writes them. */
export const sourceDirectives = {
  alwaysAllowRelaying: 'always-allow-relaying',
  requireAuth: 'require-auth',
  allowStarttls: 'allow-starttls',
  requireStarttls: 'require-starttls',
  requireStarttlsBeforeAuth: 'require-starttls-before-auth',
  processVirtualMtaHeader: 'process-x-virtual-mta',
} as const
export type SourceDirective = keyof typeof sourceDirectives

export interface KnownSource {
  source: RelaySource
  network: Network
}

const sorted = new WeakMap<readonly RelaySource[], KnownSource[]>()

/** Narrowest first. A source whose network cannot be read holds nobody; `policyProblems` names it. */
export function narrowestFirst({ sources }: Pick<RelayPolicy, 'sources'>): readonly KnownSource[] {
  const known = sorted.get(sources)
  if (known !== undefined) return known
  const read = sources.flatMap((source): KnownSource[] => {
    const network = readNetwork(source.match)
    return typeof network === 'string' ? [] : [{ source, network }]
  })
  const made = read.toReversed().toSorted((a, b) => b.network.bits - a.network.bits)
  sorted.set(sources, made)
  return made
}

type Saying = Exclude<keyof RelaySource, 'match' | 'line'>

/** The sources that say something of a directive, narrowest first, and the place of the one that speaks for a client. */
export interface Speakers {
  speaking: readonly KnownSource[]
  /** -1: none of them. */
  placeFor: (client: string) => number
}

const speakers = new WeakMap<readonly RelaySource[], Map<Saying, Speakers>>()

/** Made once for each list of sources. */
export function speakersOf(policy: Pick<RelayPolicy, 'sources'>, directive: Saying): Speakers {
  const known = speakers.get(policy.sources) ?? new Map<Saying, Speakers>()
  speakers.set(policy.sources, known)
  const before = known.get(directive)
  if (before !== undefined) return before
  const speaking = narrowestFirst(policy).filter(({ source }) => source[directive] !== undefined)
  const made = { speaking, placeFor: networkIndex(speaking.map(({ network }) => network)) }
  known.set(directive, made)
  return made
}

/** What holds for this client; undefined where no source says anything. */
export function directiveFor<K extends Saying>(
  policy: Pick<RelayPolicy, 'sources'>,
  client: string,
  directive: K,
): RelaySource[K] | undefined {
  const { speaking, placeFor } = speakersOf(policy, directive)
  return speaking[placeFor(client)]?.source[directive]
}
