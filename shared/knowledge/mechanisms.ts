/** Owns: the ways of signing in (SASL mechanisms): what crosses the wire, and what that protects from. */
import type { Entry } from './types.ts'

export interface MechanismRow extends Entry {
  /** Upper case. */
  readonly name: string
  /** What an eavesdropper without TLS would have. */
  readonly wire: string
  readonly protects: string
}

export const mechanismRows: readonly MechanismRow[] = [
  {
    name: 'PLAIN',
    words: 'User name and password in one answer.',
    wire: 'Both as base64, which anybody can read back.',
    protects: 'Nothing by itself: TLS has to.',
    reference: 'RFC 4616',
  },
  {
    name: 'LOGIN',
    words: 'User name, then password, each in an answer of its own. Widely used, never an RFC.',
    wire: 'Both as base64, which anybody can read back.',
    protects: 'Nothing by itself: TLS has to.',
    reference: 'IANA registry',
  },
  {
    name: 'CRAM-MD5',
    words: 'The client proves that it knows the password, without sending it.',
    wire: 'The user name, a question, and a keyed MD5 of it.',
    protects:
      'Hides the password, but weak ones can be guessed from one recording. The server has to store more than a hash.',
    reference: 'RFC 2195',
  },
  {
    name: 'DIGEST-MD5',
    words: 'An older proof of the password, withdrawn because it was complex and weak.',
    wire: 'The user name, random values and a keyed MD5.',
    protects: 'Hides the password, but weak ones can be guessed from one recording.',
    reference: 'RFC 6331',
  },
  {
    name: 'SCRAM-SHA-1',
    words: 'Client and server prove to each other that they know the password.',
    wire: 'The user name, random values and two proofs.',
    protects: 'Hides the password, slows guessing, and shows that the server knows it too.',
    reference: 'RFC 5802',
  },
  {
    name: 'SCRAM-SHA-1-PLUS',
    words: 'SCRAM-SHA-1 that is also tied to this TLS connection.',
    wire: 'The user name, random values and two proofs.',
    protects: 'As SCRAM-SHA-1, and somebody in the middle of TLS is noticed.',
    reference: 'RFC 5802',
  },
  {
    name: 'SCRAM-SHA-256',
    words: 'Client and server prove to each other that they know the password.',
    wire: 'The user name, random values and two proofs.',
    protects: 'Hides the password, slows guessing, and shows that the server knows it too.',
    reference: 'RFC 7677',
  },
  {
    name: 'SCRAM-SHA-256-PLUS',
    words: 'SCRAM-SHA-256 that is also tied to this TLS connection. On TLS 1.3 it needs RFC 9266.',
    wire: 'The user name, random values and two proofs.',
    protects: 'As SCRAM-SHA-256, and somebody in the middle of TLS is noticed.',
    reference: 'RFC 7677',
  },
  {
    name: 'EXTERNAL',
    words: 'The server knows who it is already, most often by the client’s certificate.',
    wire: 'At most the name to act as.',
    protects: 'As well as what it leans on: usually TLS with a client certificate.',
    reference: 'RFC 4422 §A',
  },
  {
    name: 'OAUTHBEARER',
    words: 'The client shows a token that a sign-in service gave it, instead of a password.',
    wire: 'The token. Whoever has it can use it until it expires.',
    protects: 'The password stays away from the mail server. The token needs TLS.',
    reference: 'RFC 7628',
  },
  {
    name: 'XOAUTH2',
    words: 'The form of OAUTHBEARER that came before the standard. Large providers use it.',
    wire: 'User name and token. Whoever has it can use it until it expires.',
    protects: 'The password stays away from the mail server. The token needs TLS.',
    reference: 'as documented by Google',
  },
  {
    name: 'GSSAPI',
    words: 'Signing in with Kerberos.',
    wire: 'A Kerberos ticket, sealed for the server.',
    protects: 'The password never reaches the server, and both sides are known to each other.',
    reference: 'RFC 4752',
  },
  {
    name: 'NTLM',
    words: 'Signing in with a Windows account, by question and answer.',
    wire: 'User name, domain, a question and a keyed answer.',
    protects: 'Hides the password, but answers can be passed on to another server or guessed from.',
    reference: 'as documented by Microsoft',
  },
  {
    name: 'ANONYMOUS',
    words: 'No account at all, only a trace of who it might be.',
    wire: 'Any text.',
    protects: 'Nothing.',
    reference: 'RFC 4505',
  },
]

const byName = new Map(mechanismRows.map((row) => [row.name, row]))

/** `name` in any case. */
export const findMechanism = (name: string): MechanismRow | undefined => byName.get(name.toUpperCase())
