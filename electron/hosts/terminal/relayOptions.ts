/** Owns: the options of `serve` that say where the relay delivers to. An option that was not given changes nothing. */
import { type Command, InvalidArgumentError, Option } from 'commander'
import type { CallInput } from '#shared/rpc/contract.ts'
import { collect, parsePort, parseTo } from './arguments.ts'
import { GivenError } from './files.ts'

type Delivery = NonNullable<CallInput<'relay.setSettings'>['delivery']>

const modes = ['plain', 'starttls', 'implicit'] as const

export interface RelayOptions {
  deliverTo?: Delivery
  allow?: string[]
  resolver?: string
  mxPort?: number
}

export function addRelayOptions(command: Command): Command {
  return command
    .addOption(new Option('--deliver-to <where>', 'where the relay delivers: inbox (everything stays here), allowed (its destinations, those that --allow names), or HOST:PORT[:MODE] (everything goes there, over starttls, implicit TLS or plain; starttls when left out); as last set when left out, at first allowed').argParser(parseDelivery))
    .addOption(new Option('--allow <host>', 'mail domain or mail server that the relay may deliver to, while this command runs; may be repeated').argParser(collect((text) => text)).default([]))
    .option('--resolver <ip:port>', 'name server that the relay asks instead of those of the system; port 53 when left out')
    .addOption(new Option('--mx-port <n>', 'port of mail exchangers, 25 when left out').argParser((text) => parsePort(text))) // prettier-ignore
}

/** `inbox`, `allowed` or `HOST:PORT`, which has to offer STARTTLS unless a mode behind it says otherwise. */
export function parseDelivery(text: string): Delivery {
  if (text === 'inbox' || text === 'allowed') return { to: text }
  if (!text.includes(':'))
    throw new InvalidArgumentError(`"${text}" is none of inbox, allowed and HOST:PORT[:MODE], such as 127.0.0.1:1025:plain.`) // prettier-ignore
  const mode = modes.find((one) => text.endsWith(`:${one}`))
  const place = mode === undefined ? text : text.slice(0, -mode.length - 1)
  return { to: 'host', ...parseTo(place), ...(mode === undefined ? {} : { tls: mode }) }
}

/** Throws GivenError: without a listener that relays there is nothing to deliver. */
export function needsRelay({ deliverTo, allow = [], resolver, mxPort }: RelayOptions): void {
  const given = [
    ['--deliver-to', deliverTo !== undefined],
    ['--allow', allow.length > 0],
    ['--resolver', resolver !== undefined],
    ['--mx-port', mxPort !== undefined],
  ] as const
  const first = given.find(([, is]) => is)
  if (first !== undefined)
    throw new GivenError(`${first[0]}: says nothing without a relay. Give its rules by --config FILE.`)
}
