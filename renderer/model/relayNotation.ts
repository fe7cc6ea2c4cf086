/**
 * Owns: what a policy says in words that PowerMTA is not known to understand. Its manual is not public. Most directives stand
 * in configurations that people published; some are known from one article's description alone, and some are our own.
 */
import type { RelayPolicy } from '#shared/relay/policy.ts'

export interface Unconfirmed {
  directive: string
  /** Of the first place that uses it, from 1. */
  line?: number | undefined
}

export interface NotationNotes {
  /** As described, not verified. */
  described: Unconfirmed[]
  /** This program's own: another relay refuses them, or passes over them. */
  own: Unconfirmed[]
}

type Placed = { line?: number | undefined }

const first = <T extends Placed>(directive: string, list: readonly T[], uses: (one: T) => boolean = () => true): Unconfirmed[] => {
  const found = list.find((one) => uses(one))
  return found === undefined ? [] : [{ directive, line: found.line }]
} // prettier-ignore

export function notationNotes(policy: RelayPolicy): NotationNotes {
  const domains = [...policy.domains, ...policy.virtualMtas.flatMap((mta) => mta.domains)]
  return {
    described: [
      ...first('require-starttls-before-auth', policy.sources, ({ requireStarttlsBeforeAuth }) => requireStarttlsBeforeAuth !== undefined),
      ...first('relay-address', policy.relayAddresses),
      ...first('authentication-method certificate', policy.users, ({ method }) => method === 'certificate'),
      ...first('authentication-method system', policy.users, ({ method }) => method === 'system'),
    ],
    own: [
      ...first('tls= of smtp-listener', policy.listeners, ({ tls }) => tls !== undefined),
      ...first('virtual-mta-rule', policy.virtualMtaRules),
      ...first('smarthost', domains, ({ smarthost }) => smarthost !== undefined),
      ...first('smtp-ca', domains, ({ ca }) => ca !== undefined),
    ],
  }
} // prettier-ignore

/** `relay-address (line 18), authentication-method system`. */
export const unconfirmedWords = (list: readonly Unconfirmed[]): string =>
  list.map(({ directive, line }) => `${directive}${line === undefined ? '' : ` (line ${line})`}`).join(', ')
