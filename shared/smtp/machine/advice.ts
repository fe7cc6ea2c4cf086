/**
 * Owns: the findings that the machines themselves can prove while a session runs: for each code its severity, the side
 * it is laid on, what to try next, and references. Codes come from the project's closed vocabulary; the sentence that
 * says what happened is written where it is seen.
 */
import type { Note, Phase } from './types.ts'

export type FindingNote = Extract<Note, { kind: 'finding' }>
type Advice = [FindingNote['severity'], FindingNote['side'], string, string?]

const advice = {
  'banner-timeout': ['error', 'unknown', 'Try implicit TLS on this port: a TLS server also waits in silence. Otherwise check that a mail server listens here and is not overloaded.', 'RFC 5321 §4.5.3.2.1'],
  'banner-closed': ['error', 'server', 'Ask the server’s operator whether this address is blocked, and try from another network.', 'RFC 5321 §3.1'],
  'banner-reset': ['error', 'unknown', 'A firewall or the server cut the connection. Try from another network to tell them apart.'],
  'banner-rejected': ['error', 'server', 'Read the text of the reply: it often names a block list or a policy for this address.', 'RFC 5321 §3.1, RFC 7504'],
  'banner-not-smtp': ['error', 'server', 'Check host and port: another service answers here.'],
  'banner-masked': ['warning', 'network', 'A middlebox rewrites SMTP here. Turn its SMTP inspection off, or use implicit TLS on port 465.'],
  'ehlo-rejected': ['error', 'server', 'Try another EHLO name: a full host name that resolves.', 'RFC 5321 §4.1.1.1'],
  'ehlo-closed': ['error', 'server', 'Ask the server’s operator why it closes after EHLO; try another EHLO name.', 'RFC 5321 §4.1.1.1'],
  'ehlo-masked': ['warning', 'network', 'A middlebox overwrites capabilities. Turn its SMTP inspection off, or use implicit TLS on port 465.', 'RFC 3207 §6'],
  'helo-only': ['info', 'server', 'No extension can be used (no TLS, no AUTH). Check whether a middlebox blocks EHLO.', 'RFC 5321 §3.2'],
  'reply-malformed': ['error', 'server', 'Look at the raw bytes: the server, or something between, does not speak SMTP here.', 'RFC 5321 §4.2'],
  'reply-too-long': ['error', 'server', 'Look at the raw bytes: the server does not end its reply, or another service answers here.', 'RFC 5321 §4.5.3.1.5'],
  'extension-missing': ['warning', 'server', 'Encode the content so that it needs no extension, or use a server that offers it.', 'RFC 6152 §3'],
  'starttls-not-offered': ['error', 'server', 'Use implicit TLS on port 465, or another port of the same provider.', 'RFC 3207 §6, RFC 8314 §3.3'],
  'starttls-stripped': ['error', 'network', 'Use implicit TLS on port 465, and try another network: something between hides STARTTLS.', 'RFC 3207 §6'],
  'starttls-refused': ['error', 'server', 'Try again later for 454; otherwise the server’s certificate or TLS set-up is broken: tell its operator.', 'RFC 3207 §4'],
  'starttls-garbage': ['error', 'server', 'Look at the raw bytes of the answer to STARTTLS.', 'RFC 3207 §4'],
  'starttls-closed': ['error', 'server', 'Try implicit TLS on port 465; tell the server’s operator.', 'RFC 3207 §4'],
  'starttls-plaintext-injected': ['error', 'network', 'Octets in clear came with STARTTLS and were dropped. Treat this as an attack or as a broken peer.', 'RFC 3207 §4.2, CVE-2011-0411, CVE-2021-38371'],
  'tls-closed': ['error', 'server', 'Compare TLS versions and ciphers of both sides.'],
  'tls-reset': ['error', 'unknown', 'Compare TLS versions and ciphers of both sides; a firewall may cut the handshake.'],
  'port-speaks-implicit-tls': ['error', 'this-computer', 'Choose implicit TLS for this port.', 'RFC 8314 §3.3'],
  'port-speaks-plain': ['error', 'client', 'Tell the client to use STARTTLS or no TLS on this port, or connect it to a port with implicit TLS.', 'RFC 8314 §3.3'],
  'auth-not-offered': ['error', 'server', 'Use the submission port (587 or 465), or send without a user here.', 'RFC 4954 §3, RFC 6409 §4.3'],
  'auth-only-after-tls': ['error', 'this-computer', 'Use STARTTLS: AUTH is usually announced only inside TLS.', 'RFC 4954 §4'],
  'auth-no-common-mechanism': ['error', 'server', 'Choose a mechanism that the server announces.', 'RFC 4954 §4'],
  'auth-rejected': ['error', 'server', 'Check user and password. Many providers ask for an application password.', 'RFC 4954 §6'],
  'auth-temporary': ['error', 'server', 'Try again later: the server could not check the password now.', 'RFC 4954 §6'],
  'auth-too-weak': ['error', 'server', 'Choose a stronger mechanism.', 'RFC 4954 §6'],
  'auth-needs-tls': ['error', 'this-computer', 'Use STARTTLS or implicit TLS: the server asks for it.', 'RFC 8314 §5.1, RFC 4954 §14'],
  'auth-required': ['error', 'server', 'Give a user and a password.', 'RFC 4954 §6, RFC 6409 §4.3'],
  'auth-closed': ['error', 'server', 'Ask the server’s operator; too many failed attempts may block this address.'],
  'auth-too-many': ['error', 'server', 'Wait before the next attempt, and check the password first.', 'RFC 4954 §9'],
  'auth-mechanism-broken': ['error', 'server', 'Choose another mechanism.', 'RFC 4954 §4'],
  'auth-token-rejected': ['error', 'server', 'Get a fresh access token for this mailbox and for sending mail: most live an hour, and an expired, a revoked and a wrong one look the same to many servers.', 'RFC 7628 §3.2.2, RFC 6750 §3.1'],
  'auth-server-unproven': ['error', 'server', 'Trust nothing that this server says: whoever answers does not know the password. Check host and certificate.', 'RFC 5802 §3, RFC 5802 §5'],
  'auth-binding-broken': ['error', 'network', 'Treat it as somebody between client and server, or as a TLS proxy before the server: compare the certificates that both sides see.', 'RFC 5802 §6, RFC 9266'],
  'auth-weaker-chosen': ['info', 'this-computer', 'Nothing has to be done; choose the mechanism by name to be sure that no other is used.', 'RFC 5802 §6'],
  'sender-rejected': ['error', 'server', 'Read the reply; try an envelope sender of a domain that this server knows.', 'RFC 5321 §3.3'],
  'sender-needs-auth': ['error', 'server', 'Authenticate as the owner of this sender address.', 'RFC 6409 §4.3'],
  'recipient-unknown': ['error', 'server', 'Check the recipient’s address.', 'RFC 3463 §3.2'],
  'recipient-rejected': ['error', 'server', 'Read the reply: the server names a policy, not an unknown address.', 'RFC 5321 §3.3'],
  'relay-denied': ['error', 'server', 'Authenticate first, or use the server that is responsible for the recipient’s domain (its MX).', 'RFC 5321 §3.6'],
  greylisted: ['warning', 'server', 'Try again after a few minutes from the same address.', 'RFC 6647'],
  'rate-limited': ['warning', 'server', 'Wait, then send fewer messages or fewer recipients at a time.', 'RFC 3463 §3.8'],
  'mailbox-full': ['error', 'server', 'Try again later; the recipient has to make room.', 'RFC 3463 §3.3'],
  'size-exceeded': ['error', 'server', 'Send a smaller message.', 'RFC 1870 §6'],
  'utf8-not-supported': ['error', 'server', 'Use ASCII addresses and headers, or a server that offers SMTPUTF8.', 'RFC 6531 §3.2'],
  'data-rejected': ['error', 'server', 'Read the reply to DATA.', 'RFC 5321 §3.3'],
  'content-rejected': ['error', 'server', 'Read the reply: it usually names a content, spam or authentication rule.', 'RFC 5321 §4.2.5'],
  'body-closed': ['error', 'server', 'It is not known whether the message was kept. Look into the mailbox before sending it again.', 'RFC 5321 §4.5.4.1'],
  'body-timeout': ['error', 'unknown', 'The connection stalls while content travels: look for a path MTU problem or a filter between.', 'RFC 5321 §4.5.3.2.5'],
  'line-too-long': ['warning', 'client', 'Keep command lines to 512 octets.', 'RFC 5321 §4.5.3.1.4'],
  'bare-newline-rejected': ['error', 'client', 'End every line in CRLF.', 'RFC 5321 §2.3.8'],
  'smuggling-possible': ['error', 'client', 'A dot between bare line ends must never end data. Treat the sender as hostile or broken.', 'RFC 5321 §4.1.1.4, CVE-2023-51764, CVE-2023-51765, CVE-2023-51766'],
  accepted: ['good', 'server', 'Follow the queue id of the reply in the server’s log when the message does not arrive.', 'RFC 5321 §4.2.5'],
  'closed-421': ['error', 'server', 'Read the reply and try again later.', 'RFC 5321 §3.8'],
  'closed-unexpectedly': ['error', 'server', 'Ask the server’s operator, or try again.', 'RFC 5321 §3.8'],
  'reset-unexpectedly': ['error', 'unknown', 'The server or something between cut the connection. Try from another network to tell them apart.'],
  'reply-timeout': ['error', 'unknown', 'The server may be overloaded, or something between drops packets. Try again with a longer limit.', 'RFC 5321 §4.5.3.2'],
  'syntax-tolerated': ['info', 'client', 'Other servers may refuse it: write the command as the grammar has it.', 'RFC 5321 §4.1.2'],
  'unknown-command': ['warning', 'client', 'Check which protocol the client speaks.', 'RFC 5321 §4.2.4'],
  'replay-differs': ['warning', 'server', 'Compare this dialogue with the recording: the diff shows every step where they differ.'],
  'replay-left-out': ['info', 'this-computer', 'Read what was left out; where a password is missing, replay again with a user and a password.'],
  'bad-sequence': ['warning', 'server', 'Look at the lines before it: commands and replies are out of step.', 'RFC 5321 §4.3'],
} satisfies Record<string, Advice> // prettier-ignore

export type FindingCode = keyof typeof advice

export type FindingChange = Partial<
  Pick<FindingNote, 'side' | 'severity' | 'next' | 'references' | 'confidence'>
>

/** A finding as a note. `message` is one sentence without secrets; `change` overrides what is usual. */
export function finding(
  code: FindingCode,
  phase: Phase,
  message: string,
  change: FindingChange = {},
): FindingNote {
  const [severity, side, next, references] = advice[code] as Advice
  const known = references === undefined ? {} : { references: references.split(', ') }
  return { kind: 'finding', phase, code, severity, side, message, next, ...known, ...change }
}

/** Codes that `finding` knows, for tests and for the reference pages. */
export const findingCodes = Object.keys(advice).filter((code): code is FindingCode => code in advice)
