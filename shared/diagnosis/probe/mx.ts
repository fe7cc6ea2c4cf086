/**
 * Owns: the rule about a mail domain's MX records: none, the null MX (RFC 7505), nobody who answered for them, no such
 * domain, and what they are not for.
 */
import type { DnsFailure, DomainFacts, ProbeFinding } from '../facts.ts'
import { inSentence } from '../inSentence.ts'
import { proved } from './proved.ts'
import type { ProbeRule } from './types.ts'

export const mx: ProbeRule = ({ domain, attempts }) => {
  if (!domain) return []
  const { domain: name, proof, hosts } = domain
  const base = { side: 'server', confidence: 'certain' } as const
  if (domain.mx === 'null') {
    const message = `${name} takes no mail at all: its MX record is the null MX.`
    const next = 'Check the domain: whoever runs it says that there is nobody to write to.'
    return [proved('mx-null', [proof], { ...base, message, next, references: ['RFC 7505 §3'] })]
  }
  if (domain.mx === 'failed') return unanswered(domain)
  if (domain.missing === true) {
    const message = `There is no domain ${name}: the name server knows no such name. Mail for it cannot be delivered.`
    const next = 'Check the spelling. A new domain may take some hours until every name server knows it.'
    return [proved('dns-name-not-found', [proof], { ...base, side: 'unknown', message, next, references: ['RFC 5321 §5.1'] })] // prettier-ignore
  }
  if (domain.mx === 'none') {
    const message = domain.hasAddress
      ? `${name} has no MX record; mail for it goes to its own address.`
      : `${name} has neither an MX record nor an address: mail for it cannot be delivered.`
    const next = domain.hasAddress
      ? 'Add an MX record that names the mail server; some senders insist on one.'
      : 'Check the spelling, or add an MX record.'
    const severity = domain.hasAddress ? 'warning' : 'error'
    return [
      proved('mx-missing', [proof], { ...base, message, next, severity, references: ['RFC 5321 §5.1'] }),
    ]
  }
  const ports = [...new Set(attempts.map(({ port }) => port))].filter((port) => port !== 25)
  if (domain.mx !== 'found' || ports.length === 0) return []
  return [
    proved('mx-not-used-port-25', [proof], {
      ...base,
      message: `The MX of ${name} (${hosts.slice(0, 3).join(', ')}) receive mail on port 25; port ${ports.join(', ')} of them says nothing of how to send as ${name}.`,
      next: 'For sending, probe the provider’s submission server, as smtp.example.com; for delivery, probe port 25 only.',
      references: ['RFC 5321 §5.1', 'RFC 6409 §3.1'],
    }),
  ]
}

const answers: Record<DnsFailure['why'], { code: 'dns-timeout' | 'dns-server-failure'; side: 'network' | 'server'; says: string; next: string }> = {
  timeout: {
    code: 'dns-timeout', side: 'network', says: 'gave no answer in time',
    next: 'Check this computer’s network and its name server, ask another one, or allow more time.',
  },
  unreachable: {
    code: 'dns-server-failure', side: 'network', says: 'cannot be reached',
    next: 'Check that a name server answers there and that this computer is online, or ask another one.',
  },
  refused: {
    code: 'dns-server-failure', side: 'server', says: 'refuses to answer',
    next: 'Perhaps it serves its own network only: ask another name server.',
  },
  'server-failure': {
    code: 'dns-server-failure', side: 'server', says: 'has no usable answer',
    next: 'Ask another name server. Where all fail alike, the domain’s own name servers are down or its DNSSEC signatures do not hold: tell who runs them.',
  },
} // prettier-ignore

/** Without its MX nothing of the domain was tried: that is said, instead of nothing. */
function unanswered({ domain, failure, security, proof }: DomainFacts): ProbeFinding[] {
  if (!failure) return []
  const { code, side, says, next } = answers[failure.why]
  const who = failure.server === '' ? 'The name server' : `The name server ${failure.server}`
  const said = failure.detail === undefined ? '' : ` (${inSentence(failure.detail.slice(0, 200))})`
  const bogus = security === 'bogus'
  const message = `${who} ${bogus ? 'takes the DNSSEC signatures for wrong (bogus)' : `${says}${said}`} when asked for ${failure.asked === 'MX' ? 'the MX' : 'the address'} of ${domain}${failure.asked === 'MX' ? '' : ', which has no MX'}: no mail server is known, and none was tried.`
  const repair = 'Repair DNSSEC of that domain: often a key was changed and its DS record was not.'
  const confidence = bogus ? 'certain' : 'likely'
  return [proved(code, [proof], { side, confidence, message, next: bogus ? repair : next })]
}
