/**
 * Owns: how sure the cause of a refusal is, and what else it may be: where the cause is read from the reply's words, or
 * where two causes give the same reply. While a session runs and when its recording is read the same is said.
 */
import type { FindingCode } from '../advice.ts'
import type { Reply } from '../types.ts'

export interface Doubt {
  confidence?: 'likely'
  next?: string
}

/** Only such words, or X.1.x (RFC 3463 §3.2), leave nothing else to think of. */
const saysUnknown = /no such|unknown|not found|not exist|n['’]t exist|no mailbox|unrouteable|user doesn/iu

const words: Partial<Record<FindingCode, Doubt>> = {
  greylisted: { confidence: 'likely' },
  'rate-limited': { confidence: 'likely' },
  'recipient-rejected': { confidence: 'likely' },
  'auth-rejected': {
    next: 'Check user and password; many providers want an application password. If the same pair works elsewhere, the account may not be allowed to sign in by SMTP: the provider’s log tells them apart.',
  },
}

/** OpenSMTPD says `550 Invalid recipient` for an unknown mailbox and for a domain that it does not relay for. */
const either: Doubt = {
  confidence: 'likely',
  next: 'Check the recipient’s address. Some servers say the same when they do not relay for a stranger: if the address is right, sign in first, or use the MX of the recipient’s domain.',
}

/** With EXTERNAL there is no password to check (RFC 4422 appendix A). */
const byCertificate: Doubt = {
  next: 'Check that the server trusts the authority that signed your client certificate, that the certificate has not expired, and whom it stands for: its names, or the user you gave. The server’s log tells these apart.',
}

/** What is to be said beside what is usual for the code; nothing where there is no doubt. `mechanism`: of AUTH. */
export function doubtOf(
  code: FindingCode,
  { enhanced, text }: Pick<Reply, 'enhanced' | 'text'>,
  mechanism?: string | null,
): Doubt {
  if (code === 'auth-rejected' && mechanism?.toUpperCase() === 'EXTERNAL') return byCertificate
  if (code !== 'recipient-unknown') return words[code] ?? {}
  const plain = /^[45]\.1\./u.test(enhanced ?? '') || saysUnknown.test(text.join(' ').slice(0, 2000))
  return plain ? {} : either
}
