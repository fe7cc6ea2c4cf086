/** Owns: the options by which `send` sends many messages, and what they ask of the engine. */
import {
  confirmAbove,
  mostConnections,
  mostMessages,
  mostRate,
  type ManyRequest,
} from '#shared/rpc/contract/many.ts'
import type { DialogueRequest } from '#shared/rpc/contract/dialogue.ts'
import { type Command, InvalidArgumentError, Option } from 'commander'
import { GivenError } from './files.ts'

export interface ManyOptions {
  count?: number
  connections?: number
  perConnection?: number
  rate?: number
  confirmHost?: string
}

export function addMany(command: Command): void {
  command
    .addOption(new Option('--count <number>', `send so many messages, each with its own {{n}}, {{uuid}} and {{date}}; up to ${mostMessages}`).argParser(upTo(mostMessages)))
    .addOption(new Option('--connections <number>', `connections at once with --count; 1 when left out, up to ${mostConnections}`).argParser(upTo(mostConnections)))
    .addOption(new Option('--per-connection <number>', 'messages on each connection; as many as it takes when left out').argParser(upTo(mostMessages)))
    .addOption(new Option('--rate <number>', 'messages a second at most, all connections together').argParser(parseRate))
    .option('--confirm-host <name>', `the host once more, to send it more than ${confirmAbove} messages; not needed for this computer`)
} // prettier-ignore

const upTo =
  (most: number) =>
  (text: string): number => {
    const value = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN
    if (value >= 1 && value <= most) return value
    throw new InvalidArgumentError(`"${text}" is not a number from 1 to ${most}.`)
  }

function parseRate(text: string): number {
  const value = /^\d{1,6}(?:\.\d{1,6})?$/.test(text) ? Number(text) : Number.NaN
  if (value > 0 && value <= mostRate) return value
  throw new InvalidArgumentError(`"${text}" is not a number of messages a second above 0, up to ${mostRate}.`)
}

/** Whether many are asked for. What makes no sense for one message is refused. */
export function sendsMany(options: ManyOptions & { save?: string }): boolean {
  const { count, save } = options
  if (count !== undefined && save !== undefined)
    throw new GivenError(
      '--save: keeps one dialogue, and --count makes many. Leave one of the two out; --data keeps the recorded ones.',
    )
  if (count !== undefined) return true
  const flags = [
    ['--connections', options.connections],
    ['--per-connection', options.perConnection],
    ['--rate', options.rate],
    ['--confirm-host', options.confirmHost],
  ] as const
  const [alone] = flags.find(([, value]) => value !== undefined) ?? []
  if (alone !== undefined)
    throw new GivenError(`${alone}: is for many messages. Give --count as well, or leave it out.`)
  return false
}

/** A few messages go to the host that was named; more need its name once more. */
export function manyRequest(options: ManyOptions, request: DialogueRequest): ManyRequest {
  const { count = 1, connections, perConnection, rate, confirmHost } = options
  const confirmedHost = confirmHost ?? (count <= confirmAbove ? request.target.host : '')
  return {
    request,
    messages: count,
    confirmedHost,
    ...(connections === undefined ? {} : { connections }),
    ...(perConnection === undefined ? {} : { perConnection }),
    ...(rate === undefined ? {} : { rate }),
  }
}
