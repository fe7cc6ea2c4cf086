/** Owns: the rule about where a domain wants reports about TLS (RFC 8460 §3): a record that nobody can use. */
import { proved } from './proved.ts'
import type { ProbeRule } from './types.ts'

export const tlsReporting: ProbeRule = ({ tlsReporting: facts }) => {
  if (!facts || (facts.record !== 'invalid' && facts.record !== 'several')) return []
  const { domain, record, problem, proof } = facts
  const what = record === 'several' ? 'it has several records, which count as none' : 'its record cannot be used' // prettier-ignore
  return [
    proved('tls-reporting-broken', [proof], {
      side: 'server',
      confidence: 'certain',
      message: `${domain} asks for reports about TLS, but ${what}${problem === undefined ? '' : ` (${problem.slice(0, 200)})`}: nobody will report.`,
      next: `Write one TXT record at _smtp._tls.${domain}, as “v=TLSRPTv1; rua=mailto:reports@${domain}”.`,
      references: ['RFC 8460 §3'],
    }),
  ]
}
