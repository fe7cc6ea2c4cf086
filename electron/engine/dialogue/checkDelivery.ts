/**
 * Owns: whether what a plan asks of the transaction can be said at all: delivery reports (RFC 3461) and where to stop. What
 * a server has to offer for it is seen in the dialogue.
 */
import type { DialoguePlan, FieldProblem } from '#shared/rpc/contract/dialogue.ts'
import { checkAddress } from '#shared/smtp/grammar/addressList.ts'
import { envidFits, orcptFits } from '#shared/smtp/machine/client/parameters.ts'

type Delivery = Pick<DialoguePlan, 'dsn' | 'extensions' | 'stopAfter' | 'stopAt' | 'stopHow'>

/** `recipients`: how many the envelope names; 0 without a message. */
export function checkDelivery(plan: Delivery, recipients: number): FieldProblem[] {
  return [...checkDsn(plan, recipients), ...checkStopAt(plan, recipients), ...checkStopHow(plan)]
}

const say = (field: string, value: string | number, message: string): FieldProblem[] => [
  {
    field,
    value: String(value)
      .slice(0, 100)
      .replace(/\p{Cc}/gu, '?'),
    message,
  },
]

function checkDsn({ dsn }: Delivery, recipients: number): FieldProblem[] {
  if (dsn === undefined) return []
  const { notify = [], envid, orcpt } = dsn
  const found: FieldProblem[] = []
  if (notify.includes('never') && notify.length > 1)
    found.push(...say('dsn.notify', notify.join(','), 'never stands alone: leave it out, or leave the others out (RFC 3461 §4.1).')) // prettier-ignore
  if (envid !== undefined && !/^[\x20-\x7e]+$/.test(envid))
    found.push(...say('dsn.envid', envid, 'The envelope identifier is one or more printable ASCII characters, such as order-4711 (RFC 3461 §4.4).')) // prettier-ignore
  else if (envid !== undefined && !envidFits(envid))
    found.push(...say('dsn.envid', envid, 'The envelope identifier is longer than 100 characters, as it is coded (RFC 3461 §4.4): shorten it.')) // prettier-ignore
  return orcpt === undefined || orcpt === 'auto' ? found : [...found, ...checkOrcpt(orcpt, recipients)]
}

function checkOrcpt(given: readonly string[], recipients: number): FieldProblem[] {
  if (given.length !== recipients)
    return say('dsn.orcpt', given.length, `There are ${given.length} original recipients for ${recipients} in the envelope: give one for each, empty where there is none.`) // prettier-ignore
  return given.flatMap((address, i) => {
    if (address === '') return []
    const checked = checkAddress(address)
    if (!checked.ok) return say(`dsn.orcpt[${i}]`, address, checked.problem)
    return orcptFits(address) ? [] : say(`dsn.orcpt[${i}]`, address, 'The original recipient is longer than 500 characters, as it is coded (RFC 3461 §4.2).') // prettier-ignore
  })
}

function checkStopAt({ stopAfter, stopAt = {} }: Delivery, recipients: number): FieldProblem[] {
  const { recipient, octets, beforeDot } = stopAt
  const found: FieldProblem[] = []
  if (recipient !== undefined && stopAfter !== 'rcpt')
    found.push(...say('stopAt.recipient', recipient, 'A stop after the n-th recipient is a stop after rcpt: choose that step, or leave the number out.')) // prettier-ignore
  else if (recipient !== undefined && recipient > recipients)
    found.push(...say('stopAt.recipient', recipient, `The envelope has ${recipients} ${recipients === 1 ? 'recipient' : 'recipients'}: choose a number from 1 to ${Math.max(1, recipients)}.`)) // prettier-ignore
  if (octets !== undefined && stopAfter !== 'body')
    found.push(...say('stopAt.octets', octets, 'A stop inside the message is a stop after body: choose that step, or leave the octets out.')) // prettier-ignore
  if (beforeDot === true && stopAfter !== 'body')
    found.push(
      ...say('stopAt.beforeDot', 'true', 'A stop before the dot is a stop after body: choose that step.'),
    )
  else if (beforeDot === true && octets !== undefined)
    found.push(
      ...say('stopAt.octets', octets, 'It stops either after so many octets or before the dot: choose one.'),
    )
  return found
}

/** Inside DATA a QUIT is a line of the message: it would be sent as content, and the server would go on waiting. */
function checkStopHow({ stopAfter, stopHow, extensions }: Delivery): FieldProblem[] {
  const chunks = stopAfter === 'body' && extensions?.chunking === 'on'
  if (stopHow !== 'quit' || chunks || (stopAfter !== 'data' && stopAfter !== 'body')) return []
  return say('stopHow', 'quit', 'QUIT cannot be said inside the message: the server would take it for a line of it. Choose close or reset, or stop after rcpt.') // prettier-ignore
}
