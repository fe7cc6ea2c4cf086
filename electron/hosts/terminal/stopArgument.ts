/** Owns: the notation of where a dialogue stops: a step, `rcpt:2` for the n-th recipient, `body:1000` for octets, `dot`. */
import { type DialoguePlan, stopPoints } from '#shared/rpc/contract/dialogue.ts'
import { InvalidArgumentError } from 'commander'

export type StopArgument = Pick<DialoguePlan, 'stopAfter' | 'stopAt'>

const steps = [...stopPoints, 'rcpt:N', 'body:OCTETS', 'dot'] as const

/** Throws InvalidArgumentError naming what would be right. */
export function parseStop(text: string): StopArgument {
  const [name = '', number, ...more] = text.split(':')
  if (more.length > 0) throw wrong(text)
  if (name === 'dot' && number === undefined) return { stopAfter: 'body', stopAt: { beforeDot: true } }
  const stopAfter = stopPoints.find((point) => point === name)
  if (stopAfter === undefined) throw wrong(text)
  if (number === undefined) return { stopAfter }
  if (!/^\d{1,9}$/.test(number)) throw wrong(text)
  if (stopAfter === 'rcpt' && Number(number) > 0) return { stopAfter, stopAt: { recipient: Number(number) } }
  if (stopAfter === 'body') return { stopAfter, stopAt: { octets: Number(number) } }
  throw wrong(text)
}

const wrong = (text: string): InvalidArgumentError =>
  new InvalidArgumentError(`"${text}" is not one of ${steps.join(', ')}.`)

/** A message is needed only from MAIL on. */
export const needsMessage = ({ stopAfter }: StopArgument): boolean =>
  stopPoints.indexOf(stopAfter) >= stopPoints.indexOf('mail')
