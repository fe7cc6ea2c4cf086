/**
 * Owns: which directives of the rules rest on what: PowerMTA's manual is not public, so some are taken as articles describe
 * them, which no configuration that is public was found to bear out (looked for in November 2026); others are this program's
 * own, and PowerMTA does not know them. A person who carries a text from one to the other is told. Pure.
 */
import type { RelayPolicy } from '../policy.ts'

const sentence = (names: readonly string[]): string =>
  names.length === 1 ? names[0]! : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`

const some = <T>(list: readonly T[], holds: (one: T) => boolean, name: string): string[] =>
  list.some(holds) ? [name] : []

/** Notes on the directives that this policy uses; empty when none of them needs one. */
export function describedNotes(policy: RelayPolicy): string[] {
  const { listeners, sources, relayAddresses, domains, virtualMtas, virtualMtaRules } = policy
  const all = [...domains, ...virtualMtas.flatMap((mta) => mta.domains)]
  const described = [
    ...some(sources, ({ requireStarttlsBeforeAuth }) => requireStarttlsBeforeAuth !== undefined, 'require-starttls-before-auth'), // prettier-ignore
    ...some(relayAddresses, () => true, 'relay-address'),
  ]
  const own = [
    ...some(listeners, ({ tls }) => tls !== undefined && tls !== 'starttls', 'tls= of smtp-listener'),
    ...some(all, ({ smarthost }) => smarthost !== undefined, 'smarthost'),
    ...some(all, ({ smarthost }) => smarthost?.user !== undefined, 'smarthost-user'),
    ...some(all, ({ smarthost }) => smarthost?.user !== undefined, 'smarthost-password'),
    ...some(all, ({ ca }) => ca !== undefined, 'smtp-ca'),
    ...some(virtualMtaRules, () => true, 'virtual-mta-rule'),
  ]
  return [
    ...(described.length === 0 ? [] : [`Taken as articles describe it, without a public text of PowerMTA to confirm it: ${sentence(described)}.`]),
    ...(own.length === 0 ? [] : [`This program’s own, which PowerMTA does not know: ${sentence(own)}.`]),
  ]
} // prettier-ignore
