/** Owns: cutting a session into mail transactions (RFC 5321 §3.3): MAIL, its recipients, DATA and the end of content. */
import type { Exchange, Reading } from '../reading/types.ts'

export interface Transaction {
  mail?: Exchange | undefined
  recipients: Exchange[]
  data?: Exchange | undefined
  final?: Exchange | undefined
  /** The sender or every recipient was refused: what the server says of the rest is no news (RFC 2920 §3.1). */
  unwanted: boolean
}

const begins = new Set(['MAIL', 'EHLO', 'HELO', 'RSET', 'QUIT'])
const parts = new Set(['MAIL', 'RCPT', 'DATA', 'BDAT', 'final'])

/** Transactions in order; a truncated transcript may begin inside one. */
export function transactions({ exchanges }: Pick<Reading, 'exchanges'>): Transaction[] {
  const found: Transaction[] = []
  let open: Transaction | undefined
  for (const exchange of exchanges) {
    const { verb } = exchange
    if (begins.has(verb)) open = undefined
    if (!parts.has(verb)) continue
    if (!open) {
      open = { recipients: [], unwanted: false }
      found.push(open)
    }
    if (verb === 'MAIL') open.mail = exchange
    else if (verb === 'RCPT') open.recipients.push(exchange)
    else if (verb === 'final') {
      open.final = exchange
      open = undefined
    } else open.data = exchange
  }
  return found.map((one) => ({ ...one, unwanted: isUnwanted(one) }))
}

const isRefused = ({ answer }: Exchange): boolean => answer !== undefined && answer.code >= 400

const isUnwanted = ({ mail, recipients }: Transaction): boolean =>
  (mail !== undefined && isRefused(mail)) || (recipients.length > 0 && recipients.every(isRefused))
