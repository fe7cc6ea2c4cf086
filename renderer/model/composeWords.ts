/** Owns: what the Send form promises before anything is sent: who could read the password, and what is waived. */
import type { TlsMode } from '#shared/transcript/event.ts'
import type { Draft } from './compose.ts'

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
export function certificateWords({ certificate, tls }: Pick<Draft, 'certificate' | 'tls'>): string {
  if (tls === 'none') return 'There is no certificate without encryption.'
  return certificate === 'check'
    ? 'Name, dates and issuer must be right, else it stops.'
    : 'Waived: anyone in between could pose as this server. The dialogue says what was wrong.'
}

export const mechanismLabels: Record<Draft['mechanism'], string> = {
  auto: 'Best offered',
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
