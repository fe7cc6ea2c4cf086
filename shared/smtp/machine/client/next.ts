/**
 * Owns: what the client would do next in a command state, from the facts alone. It changes nothing; client.ts carries
 * the decision out.
 */
import { authMechanisms, find, has, overwritten, sizeLimit } from '../../grammar/capabilities.ts'
import type { finding, FindingCode } from '../advice.ts'
import type { StopPoint } from '../options.ts'
import type { Outcome, Phase } from '../types.ts'
import { usesBdat } from './chunking.ts'
import type { ClientCore, Step } from './core.ts'
import { chooseNow, secretOf } from './means.ts'
import { needsUtf8 } from './parameters.ts'
import { betweenTransactions, firstTransaction } from './series.ts'
import { recipientsToSay } from './stop.ts'

type Change = NonNullable<Parameters<typeof finding>[3]>

export type Decision =
  | { do: Step }
  | { stop: StopPoint }
  /** Says QUIT; nothing secret and no content has travelled because of it. */
  | { refuse: FindingCode; phase: Phase; by: Outcome['by']; message: string; change?: Change }
  | { complete: string }
  /** A transaction of a series is over. */
  | { ask: 'next' }
  /** Every recipient was refused. */
  | { unwanted: true }
  | { wait: true }

const wait: Decision = { wait: true }
/** Commands in flight at once: a peer that does not read must not be able to lock both sides (RFC 2920 §3.1). */
const inFlight = 50

/** Call only in a command state with no line at the gate. */
export function nextStep(core: ClientCore): Decision {
  const idle = core.expected.length === 0
  if (!idle && !canPipeline(core)) return wait
  if (core.ending && idle && !core.quitIssued) return betweenTransactions(core) ?? { do: { name: 'quit' } }
  if (core.ending) return wait
  return beforeTransaction(core) ?? inTransaction(core, idle)
}

function canPipeline(core: ClientCore): boolean {
  return (
    core.options.pipelining &&
    !core.careful &&
    core.mailIssued &&
    !core.contentIssued &&
    core.expected.length < inFlight &&
    has(core.capabilities, 'PIPELINING') &&
    core.expected.every(({ verb }) => verb === 'MAIL' || verb === 'RCPT')
  )
}

function beforeTransaction(core: ClientCore): Decision | null {
  const { stopAfter } = core.options
  if (core.mailIssued) return null
  if (stopAfter === 'connect') return { stop: 'connect' }
  if (core.hello === 'none') return { do: { name: core.fallback ? 'helo' : 'ehlo' } }
  if (stopAfter === 'ehlo') return { stop: 'ehlo' }
  const tls = tlsStep(core)
  if (tls) return tls
  if (stopAfter === 'tls') return { stop: 'tls' }
  const auth = authStep(core)
  if (auth) return auth
  if (stopAfter === 'auth') return { stop: 'auth' }
  return core.options.transaction
    ? null
    : (firstTransaction(core) ?? { complete: 'The dialogue ended as planned, without a message.' })
}

function tlsStep(core: ClientCore): Decision | null {
  const { tls } = core.options
  if (core.secured || core.tlsTried || (tls !== 'starttls' && tls !== 'opportunistic')) return null
  // After a skipped EHLO the offer is unknown, which is not the same as absent.
  if (has(core.capabilities, 'STARTTLS') || (tls === 'starttls' && core.hello === 'skipped')) {
    return { do: { name: 'starttls' } }
  }
  if (tls === 'opportunistic') return null
  const masked = overwritten(core.capabilities).length > 0
  return {
    refuse: masked ? 'starttls-stripped' : 'starttls-not-offered',
    phase: 'starttls',
    by: masked ? 'network' : 'server',
    message: masked
      ? 'Capabilities are overwritten with X, and STARTTLS, which is required, is not among the rest.'
      : 'STARTTLS is required, but the server does not offer it.',
  }
}

function refuseAuth(code: FindingCode, by: Outcome['by'], message: string, next?: string): Decision {
  return { refuse: code, phase: 'auth', by, message, ...(next === undefined ? {} : { change: { next } }) }
}

const withheld = {
  password: ['The password', 'to send the password'],
  token: ['The token', 'to send the token'],
  none: ['The identity', 'to say who signs in'],
} as const

/** What is done about AUTH now; null when there is nothing to do. The guard of RFC 8314 §5.1 stands here. */
export function authStep(core: ClientCore): Decision | null {
  const { auth, tls } = core.options
  if (auth === null || core.authTried || core.authenticated) return null
  const offered = authMechanisms(core.capabilities)
  if (offered.length === 0 && core.hello !== 'skipped') {
    return !core.secured && tls === 'none' && has(core.capabilities, 'STARTTLS')
      ? refuseAuth(
          'auth-only-after-tls',
          'this-computer',
          'The server offers no AUTH in clear, but it offers STARTTLS.',
        )
      : refuseAuth('auth-not-offered', 'server', 'A user is given, but the server offers no AUTH.')
  }
  if (!auth.allowUnprotected && !core.secured?.verified) {
    const why = core.secured ? 'the certificate is not verified' : 'the connection is not protected by TLS'
    const [what, consent] = withheld[secretOf(auth)]
    const next = `Use STARTTLS or implicit TLS with a certificate that can be verified, or give consent ${consent} without it.`
    return refuseAuth('auth-needs-tls', 'this-computer', `${what} was not sent, because ${why}.`, next)
  }
  const choice = chooseNow(core)
  if (choice.ok) return { do: { name: 'auth' } }
  return refuseAuth('auth-no-common-mechanism', 'server', choice.message)
}

function inTransaction(core: ClientCore, idle: boolean): Decision {
  const { stopAfter, transaction } = core.options
  if (transaction === null) return wait
  if (!core.mailIssued) return beforeMail(core) ?? { do: { name: 'mail' } }
  if (stopAfter === 'mail') return idle ? { stop: 'mail' } : wait
  if (core.rcptIssued < recipientsToSay(core)) return { do: { name: 'rcpt', index: core.rcptIssued } }
  if (stopAfter === 'rcpt') return idle ? { stop: 'rcpt' } : wait
  if (core.contentIssued) return idle ? { complete: 'The dialogue ended; no content was sent.' } : wait
  if (idle && core.rcptRefused > 0 && core.rcptAccepted === 0) return { unwanted: true }
  return usesBdat(core) ? (idle ? { do: { name: 'body' } } : wait) : { do: { name: 'data' } }
}

function beforeMail(core: ClientCore): Decision | null {
  const transaction = core.options.transaction!
  const { extensions = {} } = transaction
  const { size = 'auto', smtputf8 = 'auto' } = extensions
  const limit = sizeLimit(core.capabilities)
  // Who declares something else wants to see what the server does.
  if (size === 'auto' && limit !== null && transaction.size > limit) {
    const message = `The message has ${transaction.size} octets; the server announces a limit of ${limit}.`
    return { refuse: 'size-exceeded', phase: 'mail', by: 'server', message }
  }
  if (
    smtputf8 === 'auto' &&
    needsUtf8(transaction) &&
    find(core.capabilities, 'SMTPUTF8') === undefined &&
    core.hello === 'accepted'
  ) {
    const message = 'An address or a header needs SMTPUTF8, which the server does not offer.'
    return { refuse: 'utf8-not-supported', phase: 'mail', by: 'server', message }
  }
  return extensions.requireTls ? withoutRequireTls(core) : null
}

/** RFC 8689 §2, §4.2.1: only on a TLS connection to a verified server that offers it; then nothing is said of the message. */
function withoutRequireTls({ secured, capabilities }: ClientCore): Decision | null {
  if (!secured) return refuseRequireTls('this-computer', 'this connection is not protected by TLS')
  if (!secured.verified) return refuseRequireTls('this-computer', 'the server’s certificate is not verified')
  return has(capabilities, 'REQUIRETLS') ? null : refuseRequireTls('server', 'the server does not offer it')
}

const refuseRequireTls = (by: Outcome['by'], why: string): Decision => ({
  refuse: 'extension-missing',
  phase: 'mail',
  by,
  message: `REQUIRETLS is asked for, but ${why}: the message was not sent.`,
  change: requireTlsAdvice,
})

const requireTlsAdvice = {
  severity: 'error',
  next: 'Send without REQUIRETLS, or over verified TLS to a server that offers it: few do.',
  references: ['RFC 8689 §4.2.1'],
} satisfies Change
