/**
 * Owns: which parameters MAIL and RCPT get: a person's own first, then those that the offer allows and the message or the
 * person needs (SIZE, BODY, SMTPUTF8, REQUIRETLS, RET, ENVID; NOTIFY, ORCPT). What was asked for and is not offered is
 * said by shortfalls.ts.
 */
import { isAscii } from '../../../bytes/bytes.ts'
import { has } from '../../grammar/capabilities.ts'
import { encodeAddress, encodeXtext } from '../../grammar/xtext.ts'
import type { Capability, ClientDsn, ClientTransaction, ExtensionUse } from '../options.ts'
import type { Parameter } from '../types.ts'

/** SMTPUTF8 is needed: UTF-8 in an address or in the header (RFC 6531 §3.4). */
export const needsUtf8 = (transaction: ClientTransaction): boolean =>
  transaction.utf8 || !isAscii(transaction.from) || transaction.to.some((to) => !isAscii(to.address))

/** `on` also says what is not offered: a tool that tests servers must be able to. */
const uses = (use: ExtensionUse | undefined, needed: boolean, offered: boolean): boolean =>
  use === 'on' || (use !== 'off' && needed && offered)

/** SMTPUTF8 is said in MAIL, so that UTF-8 may stand in what follows. */
const saysUtf8 = (transaction: ClientTransaction, capabilities: readonly Capability[]): boolean =>
  uses(transaction.extensions?.smtputf8, needsUtf8(transaction), has(capabilities, 'SMTPUTF8'))

type Adder = (keyword: string, value?: string) => void

/** Adds what a person has not said in their own words. */
function adding(parameters: Parameter[]): Adder {
  return (keyword, value) => {
    if (!parameters.some((known) => known.keyword.toUpperCase() === keyword))
      parameters.push({ keyword, value })
  }
}

export function mailParameters(
  transaction: ClientTransaction,
  capabilities: readonly Capability[],
): Parameter[] {
  const { extensions = {}, dsn } = transaction
  const parameters = [...transaction.fromParameters]
  const add = adding(parameters)
  const { size = 'auto' } = extensions
  if (has(capabilities, 'SIZE') && size !== 'off')
    add('SIZE', String(size === 'auto' ? transaction.size : size))
  if (uses(extensions.eightBitMime, transaction.eightBit, has(capabilities, '8BITMIME'))) add('BODY', '8BITMIME') // prettier-ignore
  if (saysUtf8(transaction, capabilities)) add('SMTPUTF8')
  if (extensions.requireTls && has(capabilities, 'REQUIRETLS')) add('REQUIRETLS')
  if (dsn === undefined || !has(capabilities, 'DSN')) return parameters
  if (dsn.ret !== undefined) add('RET', dsn.ret)
  if (dsn.envid !== undefined) add('ENVID', encodeXtext(dsn.envid))
  return parameters
}

/** Of one recipient, by its place. */
export function rcptParameters(
  transaction: ClientTransaction,
  index: number,
  capabilities: readonly Capability[],
): Parameter[] {
  const { parameters: own, orcpt } = transaction.to[index]!
  const parameters = [...own]
  if (!has(capabilities, 'DSN')) return parameters
  const add = adding(parameters)
  const { notify = [] } = transaction.dsn ?? {}
  if (notify.length > 0) add('NOTIFY', notify.join(','))
  if (orcpt !== undefined) add('ORCPT', orcptValue(orcpt, saysUtf8(transaction, capabilities)))
  return parameters
}

/** RFC 3461 §4.2; an address outside ASCII has the type utf-8 (RFC 6533 §3), as it is only where SMTPUTF8 is said. */
export const orcptValue = (address: string, utf8: boolean): string =>
  isAscii(address) ? `rfc822;${encodeXtext(address)}` : `utf-8;${encodeAddress(address, utf8)}`

/** What of DSN was asked for, as keywords. */
export function dsnKeywords({ dsn, to }: ClientTransaction): string[] {
  const asked: [string, boolean][] = [
    ['NOTIFY', (dsn?.notify?.length ?? 0) > 0],
    ['RET', dsn?.ret !== undefined],
    ['ENVID', dsn?.envid !== undefined],
    ['ORCPT', to.some(({ orcpt }) => orcpt !== undefined)],
  ]
  return asked.flatMap(([keyword, is]) => (is ? [keyword] : []))
}

/** Decoded values fit: xtext of ENVID in 100 characters (RFC 3461 §4.4), of ORCPT in 500 (§4.2). */
export const envidFits = (envid: NonNullable<ClientDsn['envid']>): boolean => encodeXtext(envid).length <= 100
export const orcptFits = (address: string): boolean => orcptValue(address, false).length <= 500
