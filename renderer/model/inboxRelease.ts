/** Owns: the form that releases a message: from what is typed to the request, and problems to their fields. */
import type { FieldProblem } from '#shared/rpc/contract/dialogue.ts'
import type { MessageDetail } from '#shared/rpc/contract/inbox.ts'
import type { ReleaseRequest, ReleaseWay } from '#shared/rpc/contract/inboxRelease.ts'
import type { TlsMode } from '#shared/transcript/event.ts'

export interface ReleaseForm {
  host: string
  port: string
  tls: TlsMode
  user: string
  password: string
  from: string
  /** One to a line, or with commas. */
  to: string
  way: ReleaseWay
  resentFrom: string
  agreed: boolean
}

export const releaseForm = (
  { mailFrom, rcptTo }: Pick<MessageDetail, 'mailFrom' | 'rcptTo'>,
  host: string,
): ReleaseForm => ({
  host,
  port: '587',
  tls: 'starttls',
  user: '',
  password: '',
  from: mailFrom,
  to: rcptTo.join('\n'),
  way: 'exact',
  resentFrom: '',
  agreed: false,
})

export const recipients = (typed: string): string[] =>
  typed
    .split(/[\n,;]/u)
    .map((address) => address.trim())
    .filter((address) => address !== '')

export function releaseRequest(id: string, form: ReleaseForm): ReleaseRequest {
  const { host, port, tls, user, password, from, to, way, resentFrom, agreed } = form
  return {
    id,
    target: { host, port: /^\d{1,5}$/u.test(port.trim()) ? Number(port) : 0, tls },
    auth: user === '' ? { mechanism: 'none' } : { mechanism: 'auto', user, password },
    envelopeFrom: from.trim(),
    envelopeTo: recipients(to),
    way,
    ...(way === 'resent' ? { resentFrom } : {}),
    agreed,
  }
}

const fields: readonly [RegExp, keyof ReleaseForm][] = [
  [/^target\.host/u, 'host'],
  [/^target\.port/u, 'port'],
  [/^auth\.user/u, 'user'],
  [/^auth\./u, 'password'],
  [/^envelopeFrom/u, 'from'],
  [/^envelopeTo/u, 'to'],
  [/^resentFrom/u, 'resentFrom'],
  [/^agreed/u, 'agreed'],
]

/** The first problem of each field; those of none together. */
export function problemsByField(
  problems: readonly FieldProblem[],
): Partial<Record<keyof ReleaseForm | 'other', string>> {
  const found: Partial<Record<keyof ReleaseForm | 'other', string>> = {}
  for (const { field, message } of problems)
    found[fields.find(([pattern]) => pattern.test(field))?.[1] ?? 'other'] ??= message
  return found
}

/** What leaves, in one sentence, for consent. */
export function leavesWords(form: ReleaseForm): string {
  const count = recipients(form.to).length
  return `Send it to ${form.host === '' ? 'no host' : form.host} for ${count === 1 ? recipients(form.to)[0] : `${count} recipients`}. It leaves this computer.`
}
