/** Owns: how two aligned steps differ, in every aspect. What each aspect weighs is decided in its own file. */
import { octetsInWords } from '../measure.ts'
import { shownLines } from '../shown.ts'
import { compareCapabilities, listsCapabilities } from './capabilities.ts'
import { differ } from './difference.ts'
import { compareReplies, replyInWords } from './reply.ts'
import { replyClass } from './stepParts.ts'
import { compareTimes } from './timing.ts'
import { compareTls } from './tls.ts'
import type { Difference, Side, Step } from './types.ts'

const commandText = ({ command }: Step): string =>
  command === undefined ? '' : shownLines(command.raw, command.masked).join(' ')

/** What the client says of itself and how large its message is differs from run to run; whom it writes to does not. */
function compareCommands(left: Step, right: Step): Difference[] {
  const [a, b] = [commandText(left), commandText(right)]
  if (a === b || !left.command || !right.command) return []
  if (left.kind === 'rcpt' && left.address !== right.address)
    return differ('command', 'note', 'recipient', left.address, right.address)
  // BDAT says how large its piece is: that is told as the body's size.
  if (left.verb === 'BDAT' && right.verb === 'BDAT') return []
  const sizes = / SIZE=\d+/i
  const weight = a.replace(sizes, '') === b.replace(sizes, '') ? 'expected' : 'note'
  return differ('command', weight, 'command', a, b)
}

const answered = ({ reply }: Step) => (reply ? replyInWords(reply) : 'no reply')

function compareAnswers(left: Step, right: Step, sides: readonly [Side, Side]): Difference[] {
  if (left.times > 1 || right.times > 1 || left.tally.length > 0 || right.tally.length > 0)
    return compareTallies(left, right)
  if (left.reply && right.reply) {
    const lists = listsCapabilities(left.reply) && listsCapabilities(right.reply)
    const replies = compareReplies(left.reply, right.reply, !lists)
    return lists ? [...replies, ...compareCapabilities(left.reply, right.reply)] : replies
  }
  if (!left.reply && !right.reply) return []
  // A reply that may yet come is waited for: that is no difference.
  const unanswered = left.reply ? sides[1] : sides[0]
  if (unanswered.live) return []
  const weight = replyClass(left.reply ?? right.reply) === 'good' ? 'fate' : 'matters'
  return differ('missing', weight, 'reply', answered(left), answered(right))
}

const tallyText = ({ tally }: Step): string =>
  tally.map(({ answer, times }) => `${times.toLocaleString('en-US')} × ${answer}`).join(', ')

const answers = ({ tally }: Step) =>
  tally
    .map(({ answer }) => answer)
    .toSorted()
    .join()

/** Steps that stand for many are compared by how often each answer came. */
function compareTallies(left: Step, right: Step): Difference[] {
  const weight = answers(left) === answers(right) ? 'note' : 'matters'
  return differ('reply', weight, 'answers', tallyText(left), tallyText(right))
}

/** A server's side notes the port that its client happened to come from (RFC 6335 §6: from 49152; systems begin lower). */
const ephemeral = (port: number) => port >= 10_000

function compareEvents(left: Step, right: Step): Difference[] {
  const [a, b] = [left.event, right.event]
  if (a?.kind === 'tls' && b?.kind === 'tls') return compareTls(a, b)
  if (a?.kind === 'connect' && b?.kind === 'connect') {
    const weight = a.outcome === 'connected' || b.outcome === 'connected' ? 'fate' : 'matters'
    return [
      ...differ('outcome', weight, 'connection', a.outcome, b.outcome),
      ...differ(
        'address',
        ephemeral(a.port) && ephemeral(b.port) ? 'expected' : 'note',
        'port',
        String(a.port),
        String(b.port),
      ),
      ...differ('address', 'note', 'address family', `IPv${a.family}`, `IPv${b.family}`),
      ...differ('address', 'expected', 'address', a.address, b.address),
    ]
  }
  if (a?.kind === 'resolve' && b?.kind === 'resolve') {
    const found = (event: typeof a) => event.addresses.map(({ address }) => address).toSorted().join(', ') // prettier-ignore
    const none = (found(a) === '') !== (found(b) === '')
    return differ('address', none ? 'note' : 'expected', 'addresses', found(a) || 'none', found(b) || 'none')
  }
  if (a?.kind === 'end' && b?.kind === 'end') {
    return [
      ...differ('outcome', 'matters', 'end', a.outcome, b.outcome),
      ...differ('outcome', 'note', 'ended by', a.by, b.by),
    ]
  }
  return []
}

/** A tenth more or less is what headers and dates do. */
function compareBodies(left: Step, right: Step): Difference[] {
  const [a, b] = [left.octets, right.octets]
  const weight = Math.abs(a - b) * 10 <= Math.max(a, b) ? 'expected' : 'note'
  return a === b ? [] : differ('body', weight, 'size', octetsInWords(a), octetsInWords(b))
}

const protection = ({ sealed }: Step) => (sealed ? 'sealed' : 'readable by others')
const travels = (step: Step) => step.event === undefined

function compareProtection(left: Step, right: Step): Difference[] {
  if (!travels(left) || !travels(right)) return []
  // The greeting tells nobody's secret; what follows it may.
  const weight = left.kind === 'greeting' || left.kind === 'quit' ? 'note' : 'matters'
  return differ('protection', weight, 'protection', protection(left), protection(right))
}

/** `left` and `right` are of one key. `timed`: both sides have times. */
export function compareSteps(
  left: Step,
  right: Step,
  sides: readonly [Side, Side],
  timed: boolean,
): Difference[] {
  const roundTrips = [sides[0].steps.roundTrip, sides[1].steps.roundTrip] as const
  return [
    ...compareEvents(left, right),
    ...compareAnswers(left, right, sides),
    ...compareProtection(left, right),
    ...compareCommands(left, right),
    ...compareBodies(left, right),
    ...(left.times === right.times
      ? []
      : differ('command', 'note', 'times', `${left.times} times`, `${right.times} times`)),
    ...(timed ? compareTimes(left, right, roundTrips) : []),
  ]
}
