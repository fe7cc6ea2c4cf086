/** Owns: the form that tries an attempt that never came: from, MAIL, RCPT, who signed in, sealed or not. */
import { askedRecipient, askedSender } from '#shared/relay/asked.ts'
import { inNetwork } from '#shared/relay/network.ts'
import type { RelayPolicy } from '#shared/relay/policy.ts'
import type { AttemptOf } from './relayTrace.ts'

export interface TryForm {
  client: string
  sender: string
  recipient: string
  /** `clear`, `sealed`, or `clear:USER`, `sealed:USER`. */
  who: string
}

export const tryForm = (attempt?: AttemptOf): TryForm => ({
  client: attempt?.client ?? '',
  sender: attempt?.sender ?? '',
  recipient: attempt?.recipient ?? '',
  who: attempt === undefined ? 'clear' : `${attempt.secured ? 'sealed' : 'clear'}${attempt.user === undefined ? '' : `:${attempt.user}`}`,
}) // prettier-ignore

/** Users offered at most; more are tried by their client. */
const mostUsers = 50

export function whoChoices({ users }: Pick<RelayPolicy, 'users'>, now: string): { value: string; label: string }[] {
  const names = users.slice(0, mostUsers).map(({ name }) => name)
  const [, given] = /^(?:clear|sealed):(.*)$/su.exec(now) ?? []
  if (given !== undefined && !names.includes(given)) names.unshift(given)
  return [
    { value: 'clear', label: 'Nobody, in clear' },
    { value: 'sealed', label: 'Nobody, over TLS' },
    ...names.flatMap((name) => [
      { value: `sealed:${name}`, label: `${name}, over TLS` },
      { value: `clear:${name}`, label: `${name}, in clear` },
    ]),
  ]
} // prettier-ignore

/** Whether it is one: the rules would only say of anything else that it is outside of each of them. */
const isAddress = (text: string): boolean => text.length <= 64 && inNetwork(text, { bits: -1 })

export function tryProblems({ client, recipient, sender }: TryForm): Partial<Record<keyof TryForm, string>> {
  const found: Partial<Record<keyof TryForm, string>> = {}
  if (!isAddress(client.trim())) found.client = `“${client.trim().slice(0, 40)}” is no IP address. Write 203.0.113.77 or 2001:db8::1.` // prettier-ignore
  if (askedRecipient(recipient) === null) found.recipient = `“${recipient.trim().slice(0, 40)}” is no address. Write lee@gannet.example.` // prettier-ignore
  if (askedSender(sender) === null) found.sender = `“${sender.trim().slice(0, 40)}” is no address. Leave it empty for a bounce.` // prettier-ignore
  return found
}

export function attemptOf({ client, sender, recipient, who }: TryForm, before?: AttemptOf): AttemptOf {
  const [, seal, user] = /^(clear|sealed)(?::(.*))?$/su.exec(who) ?? []
  return {
    client: client.trim(),
    ...(before?.port === undefined ? {} : { port: before.port }),
    secured: seal === 'sealed',
    ...(user === undefined ? {} : { user }),
    sender: askedSender(sender) ?? '',
    recipient: askedRecipient(recipient) ?? '',
  }
}
