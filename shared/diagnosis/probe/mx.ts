/** Owns: the rule about a mail domain's MX records: none, the null MX (RFC 7505), and what they are not for. */
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
