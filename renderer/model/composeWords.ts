/** Owns: what the Send form promises before anything is sent: who could read the password, and what is waived. */
import type { TlsMode } from '#shared/transcript/event.ts'
import { phases, usesTls, type Draft, type StopPlace, type StopWay } from './compose.ts'

export interface ProtectionPromise {
  tone: 'sealed' | 'open' | 'warn'
  words: string
}

const promises: Record<TlsMode, ProtectionPromise> = {
  starttls: {
    tone: 'sealed',
    words: 'If the server does not offer STARTTLS, Relayscope stops before the password.',
  },
  opportunistic: {
    tone: 'open',
    words: 'Without STARTTLS the message goes in clear. The password then waits for your consent.',
  },
  implicit: { tone: 'sealed', words: 'TLS before the first word. Nothing is said in clear.' },
  none: { tone: 'open', words: 'Everything is readable on the way. A password needs your consent first.' },
}

/** What will happen before the password, for each way of encrypting. */
export const protectionWords = (tls: TlsMode): ProtectionPromise => promises[tls]

/** What switching the certificate check off gives up. */
export function certificateWords(draft: Pick<Draft, 'certificate' | 'tls' | 'way' | 'apiUrl'>): string {
  const { certificate, way } = draft
  if (!usesTls(draft)) return 'There is no certificate without encryption.'
  return certificate === 'check'
    ? `Name, dates and issuer must be right, else it stops before the ${way === 'http' ? 'key' : 'password'}.`
    : 'Waived: a wrong name, a past date or an unknown issuer stops nothing, so anyone in between could pose as this server. The dialogue says what was wrong.'
}

/** What of the connection is not as usual, each in a word or two; empty when all is. */
export function connectionWords(draft: Draft): string[] {
  const sealed = usesTls(draft)
  if (draft.way === 'http') return sealed && draft.ca.trim() !== '' ? ['another root'] : []
  const timed = phases.some((phase) => (draft.seconds[phase] ?? '').trim() !== '')
  return [
    sealed && draft.ca.trim() !== '' ? 'another root' : '',
    sealed && draft.clientCert.trim() !== '' ? 'client certificate' : '',
    draft.ehloName.trim() === '' ? '' : `EHLO ${draft.ehloName.trim().slice(0, 40)}`,
    draft.source.trim() === '' ? '' : `from ${draft.source.trim().slice(0, 40)}`,
    draft.family === '0' ? '' : `IPv${draft.family}`,
    draft.resolver.trim() === '' ? '' : 'own resolver',
    timed ? 'own time limits' : '',
    draft.initialResponse === 'auto' && draft.channelBinding === 'auto' ? '' : 'sign-in details',
  ].filter(Boolean)
}

/** What of the message and its transfer is not as usual. */
export function messageWords(draft: Draft): string[] {
  return [...composedWords(draft), ...(draft.way === 'http' ? [] : transferWords(draft))]
}

function composedWords(draft: Draft): string[] {
  return [
    draft.charset === 'utf-8' ? '' : draft.charset,
    draft.encoding === 'auto' ? '' : draft.encoding,
    draft.dateMode === 'now' ? '' : draft.dateMode === 'none' ? 'no Date' : 'own Date',
    draft.messageIdMode === 'make' ? '' : draft.messageIdMode === 'none' ? 'no Message-ID' : 'own Message-ID',
    draft.dkimOn ? 'DKIM' : '',
    draft.variablesOn ? 'variables' : '',
  ].filter(Boolean)
}

function transferWords(draft: Draft): string[] {
  return [
    draft.sizeMode === 'auto' ? '' : draft.sizeMode === 'off' ? 'no SIZE' : 'own SIZE',
    draft.pipelining ? '' : 'no PIPELINING',
    draft.chunking ? 'CHUNKING' : '',
    draft.eightBitMime === 'auto' ? '' : `8BITMIME ${draft.eightBitMime}`,
    draft.ret === 'unsaid' && draft.envid === '' && !draft.orcpt ? '' : 'report details',
  ].filter(Boolean)
}

export const stopWords: Record<StopPlace, string> = {
  end: 'Send to the end',
  connect: 'After connecting',
  ehlo: 'After EHLO',
  tls: 'After TLS',
  auth: 'After signing in',
  mail: 'After MAIL FROM',
  recipient: 'After one recipient',
  rcpt: 'After all recipients',
  data: 'After DATA, before the message',
  octets: 'In the middle of the message',
  dot: 'Before the final dot',
}

/** The same in the little room below the form. */
export const stopShort: Record<StopPlace, string> = {
  end: 'Stop after …',
  connect: 'Stops at connect',
  ehlo: 'Stops after EHLO',
  tls: 'Stops after TLS',
  auth: 'Stops after AUTH',
  mail: 'Stops after MAIL',
  recipient: 'Stops amid RCPT',
  rcpt: 'Stops after RCPT',
  data: 'Stops after DATA',
  octets: 'Stops mid-body',
  dot: 'Stops before dot',
}

export const stopWayWords: Record<StopWay, string> = {
  usual: 'As usual: QUIT, and inside the message an end without a word.',
  quit: 'Politely: QUIT, then the connection ends.',
  close: 'Without a word: the connection is closed (FIN).',
  reset: 'Broken off: the connection is reset (RST).',
}

export const mechanismLabels: Record<Draft['mechanism'], string> = {
  auto: 'Strongest offered',
  plain: 'PLAIN',
  login: 'LOGIN',
  'cram-md5': 'CRAM-MD5',
  'scram-sha-1': 'SCRAM-SHA-1',
  'scram-sha-256': 'SCRAM-SHA-256',
  'scram-sha-1-plus': 'SCRAM-SHA-1-PLUS',
  'scram-sha-256-plus': 'SCRAM-SHA-256-PLUS',
  xoauth2: 'XOAUTH2',
  oauthbearer: 'OAUTHBEARER',
  external: 'EXTERNAL',
  none: 'None',
}

/** What a listener on the path would get to see. CRAM-MD5 and SCRAM give a digest that can be guessed at. */
export function exposedWords(mechanism: Draft['mechanism']): { verb: string; secret: string } {
  const verb = `AUTH ${mechanism === 'auto' || mechanism === 'none' ? 'PLAIN' : mechanismLabels[mechanism]}`
  if (mechanism === 'cram-md5' || mechanism.startsWith('scram-'))
    return { verb, secret: 'your user name and a digest to guess the password from' }
  if (mechanism === 'xoauth2' || mechanism === 'oauthbearer')
    return { verb, secret: 'your user name and the token' }
  return { verb, secret: mechanism === 'external' ? 'your user name' : 'your user name and password' }
}

/** What is asked about before it goes: never called a password where it is none. */
export function secretWord(mechanism: Draft['mechanism']): 'password' | 'token' | 'user name' {
  if (mechanism === 'xoauth2' || mechanism === 'oauthbearer') return 'token'
  return mechanism === 'external' ? 'user name' : 'password'
}
