/** Owns: the way from the Send form to a request, for a send and for a check that sends nothing. */
import type { DialogueRequest, FieldProblem } from '#shared/rpc/contract/dialogue.ts'
import { checkAddress } from '#shared/smtp/grammar/addressList.ts'
import type { Draft } from './compose.ts'
import { envelopeOf, messageOf, noFiles, type FormFiles } from './composeMessage.ts'
import { authOf, noSecrets, targetOf, type FormSecrets, type TargetInput } from './composeTarget.ts'
import { dsnOf, extensionsOf, needsMessage, stopOf } from './composeTransfer.ts'

/** `check` goes as far as the recipients, or as signing in where the form has none, and never says DATA. */
export type Purpose = 'send' | 'check'

export interface ComposeInput extends TargetInput {
  /** The person consented, for this one send, to a password on an unprotected connection. */
  allowUnprotected: boolean
  secrets?: FormSecrets
  files?: FormFiles
  /** The profile whose kept secrets the engine fills in; `password`: one of them is a password or token. */
  profile?: { id: string; password: boolean } | null
  purpose?: Purpose
}

export type Built = { ok: true; request: DialogueRequest } | { ok: false; problems: FieldProblem[] }

/** The address that a bounce would go to: the one in From, without its name; '' when it cannot be read. */
export function returnAddress(from: string): string {
  const checked = checkAddress(from)
  return checked.ok ? checked.address : ''
}

/** Where a bounce goes: the envelope's sender where it differs from From. */
export const bounceAddress = ({ envelopeShown, envelopeFrom, from }: Draft): string =>
  envelopeShown && envelopeFrom.trim() !== '' ? returnAddress(envelopeFrom) : returnAddress(from)

export const noRecipient: FieldProblem = {
  field: 'message.to',
  value: '',
  message: 'There is no recipient. Write an address, such as ines@quayside.example, or several with commas.',
}

export const noSender: FieldProblem = {
  field: 'message.from',
  value: '',
  message:
    'There is no sender. Write an address, such as orders@shop.example, or Name <orders@shop.example>.',
}

/** Nobody is named whom the message could go to. */
export const isNobody = (request: Pick<DialogueRequest, 'message' | 'envelopeTo'>, draft: Draft): boolean => {
  const { message, envelopeTo } = request
  const typed = [draft.to, draft.ccShown ? draft.cc : '', draft.bccShown ? draft.bcc : '']
  return message?.raw === undefined && !envelopeTo?.length && typed.every((text) => text.trim() === '')
}

/** Where a check ends: nothing to check about a message where there is none. */
const checkStop = (nobody: boolean): Pick<DialogueRequest, 'stopAfter'> => ({
  stopAfter: nobody ? 'auth' : 'rcpt',
})

/** The request, or what the page itself can tell is wrong. Everything else is the engine's to judge. */
export function buildRequest(input: ComposeInput): Built {
  const { draft, files = noFiles, secrets = noSecrets, profile, purpose = 'send' } = input
  const { target, problems } = targetOf(input)
  const composed = messageOf(draft, files, secrets)
  problems.push(...composed.problems)
  const { message } = composed
  const envelope = envelopeOf(draft, problems)
  const nobody = isNobody({ message, ...envelope }, draft)
  const stop = purpose === 'check' ? checkStop(nobody) : stopOf(draft, problems)
  const extensions = extensionsOf(draft, problems)
  const goesOn = purpose === 'send' ? needsMessage(draft.stopAfter) : !nobody
  if (goesOn && nobody && !composed.problems.some(({ field }) => field === 'message.to'))
    problems.push(noRecipient)
  if (goesOn && message.raw === undefined && message.from === '') problems.push(noSender)
  if (problems.length > 0) return { ok: false, problems }
  const kept = profile?.password ?? false
  return {
    ok: true,
    request: {
      target,
      auth: authOf(input, { kept, allowUnprotected: input.allowUnprotected }),
      ...(goesOn ? { message, ...envelope, ...dsnOf(draft), ...extensions } : {}),
      pipelining: draft.pipelining,
      step: draft.step,
      ...stop,
      source: 'send',
      ...(profile ? { profile: profile.id } : {}),
    },
  }
}

/** A secret would certainly go in clear: it is asked for before anything is sent (RFC 8314 §5.1). */
export const needsConsent = ({
  draft,
  password,
  profile,
}: Pick<ComposeInput, 'draft' | 'password' | 'profile'>): boolean =>
  draft.tls === 'none' &&
  draft.mechanism !== 'none' &&
  draft.mechanism !== 'external' &&
  (password !== '' || (profile?.password ?? false))

/** How a secret could become known to others: in clear, or to a server that nobody vouches for. */
export type SecretRisk = 'clear' | 'unverified'

/** Of a request of many messages, where nobody can be asked in the middle (RFC 8314 §5.1). */
export function secretRisk({ target, auth, profile }: DialogueRequest): SecretRisk | null {
  const { mechanism, password = '' } = auth
  const signsIn = mechanism !== 'none' && mechanism !== 'external'
  if (!signsIn || (password === '' && profile === undefined)) return null
  if (target.tls === 'none') return 'clear'
  return target.certificate === 'accept' ? 'unverified' : null
}
