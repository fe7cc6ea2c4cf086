/**
 * Owns: the rule about a dot between line ends that are no CRLF (RFC 5321 §4.1.1.4; CVE-2023-51764, -51765, -51766). A
 * server that answers at such a dot takes it for the end of data: a second message can be hidden behind it. A client
 * that sends one may be trying that.
 */
import { advised } from '../advised.ts'
import type { ContentPart } from '../reading/types.ts'
import type { Rule } from './types.ts'

export const smuggling: Rule = ({ head, content, exchanges }) => {
  const parts = content.filter(({ raw }, i) => isSmuggling(tailBefore(content, i) + raw))
  const evidence = parts.map(({ seq }) => seq).slice(0, 20)
  if (evidence.length === 0) return []
  if (head.role === 'server') {
    const message =
      'The content holds a dot between bare line ends, which some servers take for the end of data.'
    return [advised('smuggling-possible', 'body', message, evidence, { confidence: 'likely' })]
  }
  const early = exchanges.find(({ early: first, answer }) => first && (answer?.code ?? 500) < 400)
  if (!early) return []
  const message =
    'The server took a dot between bare line ends for the end of the message: another one can be smuggled in behind it.'
  const next = 'Update the server or set it to take CRLF.CRLF only (Postfix: smtpd_forbid_bare_newline).'
  return [
    advised('smuggling-possible', 'body', message, [...evidence, early.reply?.seq], { side: 'server', next }),
  ]
}

/** A form may lie across two stretches; what the content begins with follows the CRLF of DATA. */
const tailBefore = (content: readonly ContentPart[], i: number): string =>
  content[i - 1]?.raw.slice(-4) ?? '\r\n'

/** LF.LF, LF.CRLF, LF.CR, CR.CR and CR.LF, where what stands before the dot is no CRLF. */
const isSmuggling = (raw: string): boolean => /[^\r]\n\.[\r\n]|\r\.[\r\n]/.test(raw)
