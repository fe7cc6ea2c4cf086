/** Owns: a listener as a form: what was typed, what is wrong with it, and the rule that it makes. No field is lost on the way. */
import type { FieldProblem } from '#shared/rpc/contract/fieldProblem.ts'
import type { ListenerConfig } from '#shared/rpc/contract/server.ts'
import { isIpv4, isIpv6 } from '#shared/smtp/grammar/literal.ts'
import { isLoopback } from './hosts.ts'
import { ownLimitProblems, ownLimits, ownLimitTexts, type OwnLimitTexts } from './listenerLimits.ts'
import { splitPem } from './pem.ts'
import { addressPort, ruleOf } from './server.ts'

type Typed = 'label' | 'port' | 'mappedPort' | 'ciphers' | 'clientCa'

/** A listener while it is edited: what is typed is text, and empty text is no rule. */
export interface ListenerDraft extends Omit<ListenerConfig, Typed | 'limits'>, Record<Typed, string> {
  limits: OwnLimitTexts
}

/** Fields that a problem can stand at; the limits have their own. */
export type DraftField =
  | 'label' | 'address' | 'port' | 'mappedPort' | 'auth' | 'mechanisms' | 'clientCa' | 'tlsVersions' | 'ciphers'
  | 'certificate' | 'extensions' | 'allowOutside' // prettier-ignore
export type DraftProblems = Partial<Record<DraftField | `limits.${string}`, string>>

export const newListener = (relay = false): ListenerDraft => ({
  label: '',
  ...(relay ? { relay } : {}),
  address: '127.0.0.1',
  port: '',
  mappedPort: '',
  tls: 'starttls',
  auth: 'optional',
  authOnlyAfterTls: false,
  allowOutside: false,
  ciphers: '',
  clientCa: '',
  limits: {},
})

export function draftOf(listener: ListenerConfig): ListenerDraft {
  const { label = '', port, mappedPort, ciphers = '', clientCa = '', limits, ...rule } = ruleOf(listener)
  return {
    ...rule,
    label,
    port: String(port),
    mappedPort: mappedPort === undefined ? '' : String(mappedPort),
    ciphers,
    clientCa,
    limits: ownLimitTexts(limits ?? {}),
  }
}

/** The rule of a draft without problems. */
export function configOf(draft: ListenerDraft): ListenerConfig {
  const { label, port, mappedPort, ciphers, clientCa, limits, address, mechanisms = [], ...rule } = draft
  const mapped = readPort(mappedPort)
  const own = ownLimits(limits)
  return {
    ...rule,
    address: address.trim(),
    port: readPort(port) ?? 0,
    ...(mechanisms.length === 0 ? {} : { mechanisms }),
    ...(label.trim() === '' ? {} : { label: label.trim() }),
    ...(mapped === null ? {} : { mappedPort: mapped }),
    ...(ciphers.trim() === '' ? {} : { ciphers: ciphers.trim() }),
    ...(clientCa.trim() === '' ? {} : { clientCa: clientCa.trim() }),
    ...(Object.keys(own).length === 0 ? {} : { limits: own }),
  }
}

export function readPort(text: string): number | null {
  const typed = text.trim()
  return /^\d{1,5}$/.test(typed) && Number(typed) <= 65535 ? Number(typed) : null
}

const portWords = (text: string, zero: string): string =>
  `“${text.trim().slice(0, 20)}” is not a whole number from 0 to 65535; 0 ${zero}.`

function addressProblem({ address, allowOutside }: ListenerDraft): string | undefined {
  const typed = address.trim()
  if (typed === '') return 'The address is empty. Write 127.0.0.1 or ::1.'
  if (isLoopback(typed) || allowOutside) return undefined
  const named = `“${typed.slice(0, 60)}”`
  const bare = typed.replace(/%[\w.-]{1,20}$/u, '')
  return isIpv4(bare) || isIpv6(bare)
    ? `${named} can be reached from other machines. Write 127.0.0.1 or ::1, or allow it under Reach.`
    : `${named} is no IP address. Write one of this computer, as 127.0.0.1 or ::1.`
}

function portProblem(draft: ListenerDraft, others: readonly ListenerConfig[]): string | undefined {
  const port = readPort(draft.port)
  const address = draft.address.trim()
  if (port === null) return portWords(draft.port, 'lets the system choose')
  // One that is switched off keeps its port to itself as well: both on, one of them could not listen.
  if (port === 0 || !others.some((other) => other.port === port && other.address === address))
    return undefined
  return `${addressPort(address, port)} has a listener already. Choose another port, such as ${port + 1 > 65535 ? 2525 : port + 1}.`
}

/** RFC 3030 §3: content that BINARYMIME announces cannot be sent by DATA. */
function extensionsProblem({ extensions }: ListenerDraft): string | undefined {
  return extensions?.includes('BINARYMIME') && !extensions.includes('CHUNKING')
    ? 'BINARYMIME needs CHUNKING: such content is sent by BDAT only (RFC 3030 §3). Add CHUNKING, or take BINARYMIME away.'
    : undefined
}

/** What is wrong with a draft; `others` are the rules of the listeners beside it. */
export function checkListener(draft: ListenerDraft, others: readonly ListenerConfig[]): DraftProblems {
  const { mappedPort, tlsVersions, tls, auth, clientCa } = draft
  const found: Record<string, string | undefined> = {
    label: draft.label.trim().length > 60 ? 'The name is longer than 60 characters.' : undefined,
    address: addressProblem(draft),
    port: portProblem(draft, others),
    mappedPort:
      mappedPort.trim() !== '' && readPort(mappedPort) === null
        ? portWords(mappedPort, 'for none')
        : undefined,
    auth:
      draft.authOnlyAfterTls && tls === 'plain' && auth !== 'off'
        ? 'Sign-in only after TLS, but this listener has no TLS: nobody could sign in.'
        : undefined,
    mechanisms:
      draft.mechanisms?.length === 0 && auth !== 'off'
        ? 'No mechanism is chosen: nobody could sign in. Choose one, or take all.'
        : undefined,
    tlsVersions:
      tlsVersions && tlsVersions.min > tlsVersions.max
        ? `The lowest version, ${tlsVersions.min}, is above the highest, ${tlsVersions.max}.`
        : undefined,
    clientCa:
      clientCa.trim() !== '' && splitPem(clientCa).certificates === ''
        ? 'There is no certificate in it. Paste PEM, beginning with -----BEGIN CERTIFICATE-----.'
        : splitPem(clientCa).keys === ''
          ? undefined
          : 'There is a private key in it. Take it out: only certificates belong here.',
    extensions: extensionsProblem(draft),
    ...ownLimitProblems(draft.limits),
  }
  return Object.fromEntries(Object.entries(found).filter(([, words]) => words !== undefined))
}

const sentence = ({ value, message }: FieldProblem): string => {
  const words = /^[a-z]/.test(message) ? `${value ? `“${value}” ` : ''}${message}` : message
  return words.endsWith('.') ? words : `${words}.`
}

export interface Refusals {
  fields: DraftProblems
  elsewhere: string[]
  saved: boolean
}

/**
 * What the engine refused, parted: at a field of the listener at `place`, and elsewhere. `saved`: nothing was refused;
 * what then keeps a listener from its port stands on its card.
 */
export function refusals(problems: readonly FieldProblem[], place: number): Refusals {
  const fields: Record<string, string> = {}
  const elsewhere: string[] = []
  for (const problem of problems) {
    const [, at, field] = /^listeners\[(\d+)\](?:\.(.+))?$/.exec(problem.field) ?? []
    if (at !== undefined && field === undefined) continue
    if (field !== undefined && Number(at) === place) fields[field] ??= sentence(problem)
    else elsewhere.push(sentence(problem))
  }
  return { fields, elsewhere, saved: Object.keys(fields).length + elsewhere.length === 0 }
}
