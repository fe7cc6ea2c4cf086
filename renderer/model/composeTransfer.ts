/** Owns: what the Send form asks of the transport: reports, extensions, and where the dialogue ends. */
import type { DialogueRequest, FieldProblem } from '#shared/rpc/contract/dialogue.ts'
import type { Draft, Notify, StopPlace } from './compose.ts'

/** `never` stands alone (RFC 3461 §4.1). */
export const withNotify = (notify: readonly Notify[], which: Notify, on: boolean): Notify[] => {
  if (!on) return notify.filter((one) => one !== which)
  if (which === 'never') return ['never']
  return [...notify.filter((one) => one !== 'never' && one !== which), which]
}

export function dsnOf({ notify, ret, envid, orcpt }: Draft): Pick<DialogueRequest, 'dsn'> {
  const dsn = {
    ...(notify.length === 0 ? {} : { notify }),
    ...(ret === 'unsaid' ? {} : { ret }),
    ...(envid === '' ? {} : { envid }),
    ...(orcpt ? { orcpt: 'auto' as const } : {}),
  }
  return Object.keys(dsn).length === 0 ? {} : { dsn }
}

/** A whole number as typed, else null. */
function wholeNumber(typed: string, least: number): number | null {
  const text = typed.trim()
  return /^\d{1,12}$/.test(text) && Number(text) >= least ? Number(text) : null
}

const notWhole = (field: string, typed: string, what: string): FieldProblem => ({
  field,
  value: typed.slice(0, 20),
  message: `“${typed.trim().slice(0, 20)}” is not ${what}.`,
})

export function extensionsOf(draft: Draft, problems: FieldProblem[]): Pick<DialogueRequest, 'extensions'> {
  const { smtputf8, eightBitMime, chunking, requireTls, sizeMode, size } = draft
  const declared = wholeNumber(size, 0)
  if (sizeMode === 'set' && declared === null)
    problems.push(notWhole('extensions.size', size, 'a number of octets, such as 1000'))
  const extensions = {
    ...(smtputf8 === 'auto' ? {} : { smtputf8 }),
    ...(eightBitMime === 'auto' ? {} : { eightBitMime }),
    ...(chunking ? { chunking: 'on' as const } : {}),
    ...(requireTls ? { requireTls } : {}),
    ...(sizeMode === 'off' ? { size: 'off' as const } : {}),
    ...(sizeMode === 'set' && declared !== null ? { size: declared } : {}),
  }
  return Object.keys(extensions).length === 0 ? {} : { extensions }
}

type Stop = Pick<DialogueRequest, 'stopAfter' | 'stopAt' | 'stopHow'>

/** Places before the message: there is nothing to be composed for them. */
const beforeMessage: readonly StopPlace[] = ['connect', 'ehlo', 'tls', 'auth']
export const needsMessage = (place: StopPlace): boolean => !beforeMessage.includes(place)

export function stopOf(draft: Draft, problems: FieldProblem[]): Stop {
  const { stopAfter, stopHow } = draft
  if (stopAfter === 'end') return {}
  const how: Stop = stopHow === 'usual' ? {} : { stopHow }
  if (stopAfter === 'recipient') {
    const recipient = wholeNumber(draft.stopRecipient, 1)
    if (recipient !== null) return { ...how, stopAfter: 'rcpt', stopAt: { recipient } }
    problems.push(
      notWhole('stopAt.recipient', draft.stopRecipient, 'a number of a recipient, counted from 1'),
    )
    return {}
  }
  if (stopAfter === 'octets') {
    const octets = wholeNumber(draft.stopOctets, 0)
    if (octets !== null) return { ...how, stopAfter: 'body', stopAt: { octets } }
    problems.push(notWhole('stopAt.octets', draft.stopOctets, 'a number of octets, such as 100'))
    return {}
  }
  if (stopAfter === 'dot') return { ...how, stopAfter: 'body', stopAt: { beforeDot: true } }
  return { ...how, stopAfter }
}
