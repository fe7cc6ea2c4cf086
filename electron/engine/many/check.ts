/** Owns: whether a run may begin: to a host that was confirmed, and without what only makes sense for one message. */
import { isIP } from 'node:net'
import type { FieldProblem } from '#shared/rpc/contract/fieldProblem.ts'
import type { ManyPlan } from '#shared/rpc/contract/many.ts'
import { shownValue } from '../dialogue/checkPlan.ts'
import { addressLiteral } from '../dialogue/resolve.ts'

/** Problems of the run itself; those of its message and target are found where one message is checked. */
export function checkRun(plan: ManyPlan): FieldProblem[] {
  return [...checkHost(plan), ...checkCourse(plan)]
}

/** This computer by its address, or by the one name that always means it (RFC 6761 §6.3). */
export function isLoopback(host: string): boolean {
  const address = addressLiteral(host)?.address
  if (address === undefined) return /^(?:[a-z0-9-]+\.)*localhost\.?$/i.test(host)
  if (isIP(address) === 4) return address.startsWith('127.')
  return address === '::1' || /^::ffff:127\./i.test(address)
}

function checkHost({ request, confirmedHost }: ManyPlan): FieldProblem[] {
  const { host } = request.target
  if (isLoopback(host) || same(host, confirmedHost)) return []
  const message =
    confirmedHost === ''
      ? `Many messages go only to a host that was confirmed: type ${shownValue(host)} once more.`
      : `This is not the host that the messages would go to, which is ${shownValue(host)}.`
  return [{ field: 'confirmedHost', value: shownValue(confirmedHost), message }]
}

const same = (a: string, b: string): boolean => a.trim().toLowerCase() === b.trim().toLowerCase()

function checkCourse({ request }: ManyPlan): FieldProblem[] {
  const found: FieldProblem[] = []
  const say = (field: string, value: string, message: string): void =>
    void found.push({ field, value, message })
  if (request.message === undefined)
    say('request.message', '', 'There is no message: many messages need one to be sent.')
  if (request.step || request.breakpoints.length > 0)
    say('request.step', 'true', 'Many messages cannot be stepped through: send one, and step through that.')
  if (request.stopAfter !== 'end')
    say('request.stopAfter', request.stopAfter, 'Many messages go to their end: a stop is for one message.')
  if (request.delay > 0)
    say('request.delay', String(request.delay), 'Lines are not delayed here: give a rate instead.')
  return found
}
