/** Owns: where in the form to begin when a send is to be repeated with a change: at the field that its findings are about. */
import type { DialogueResult } from '#shared/rpc/contract/dialogue.ts'
import type { FormField } from './composeFields.ts'

/** The first that fits counts; codes are those of the findings vocabulary. */
const fieldOf: readonly (readonly [RegExp, FormField])[] = [
  [/^(?:dns-|mx-|tcp-|ipv\d-|host-down)/, 'host'],
  [/^(?:port-|banner-|ehlo-|helo-)/, 'port'],
  [/^(?:starttls-|tls-)/, 'tls'],
  [/^certificate-/, 'ca'],
  [/^auth-(?:not-offered|no-common|too-weak|mechanism)/, 'mechanism'],
  [/^auth-required/, 'user'],
  [/^auth-/, 'password'],
  [/^sender-/, 'from'],
  [/^(?:recipient-|relay-denied|mailbox-full|greylisted|utf8-)/, 'to'],
  [/^size-/, 'attachments'],
  [/^(?:data-|content-|line-|bare-)/, 'text'],
]

/** The field to begin at; the subject when nothing was wrong: there a repeated test is told apart. */
export function fieldToEdit({
  findings = [],
  recipients,
}: Pick<DialogueResult, 'findings' | 'recipients'>): FormField {
  const codes = [
    ...findings
      .filter(({ severity }) => severity === 'error' || severity === 'warning')
      .map(({ code }) => code),
    ...recipients.filter(({ accepted }) => !accepted).flatMap((one) => one.findings ?? []),
  ]
  for (const code of codes) {
    const found = fieldOf.find(([pattern]) => pattern.test(code))
    if (found) return found[1]
  }
  return recipients.some(({ accepted, reply }) => !accepted && reply !== '') ? 'to' : 'subject'
}

/** Ports worth trying beside the one that was used: those for sending, never 25 (RFC 8314 §3.3). */
export const otherPorts = (used: number): number[] => [587, 465, 2525].filter((port) => port !== used)

/** As "465 and 2525". */
export const listWords = (items: readonly (string | number)[]): string =>
  items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`
