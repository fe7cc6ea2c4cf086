/** Owns: the words of `send` on the command line: where to, how to sign in, what to ask of the server, where to stop. */
import { stopHows } from '#shared/smtp/machine/options.ts'
import { type Command, InvalidArgumentError, Option } from 'commander'
import { collect, parseMilliseconds, parsePort } from './arguments.ts'
import type { SendOptions } from './commands/send.ts'
import { caOption, dataOption, familyOption, jsonOption } from './commonOptions.ts'
import { addHttp, checkWay } from './httpOptions.ts'
import { addMany } from './manyOptions.ts'
import { addMessageOptions } from './messageOptions.ts'
import { addSignIn } from './signIn.ts'
import { parseStop } from './stopArgument.ts'
import type { TransportOptions } from './transportOptions.ts'

const threeWays = ['auto', 'on', 'off']
const onOff = ['on', 'off']

export function addSend(program: Command, send: (options: SendOptions) => Promise<void>): void {
  const command = program.command('send').description('send one test message and show the dialogue')
  addHttp(command)
  addTarget(command)
  addSignIn(command, {
    auto: 'how to sign in; auto takes the strongest that is offered',
    user: 'sign in as; without it no one signs in',
  })
  addMessageOptions(command)
  addDelivery(command)
  addStop(command)
  addMany(command)
  command
    .addOption(jsonOption())
    .option('--save <file>', 'keep the dialogue as a case file')
    .addOption(dataOption())
    .action((options: SendOptions) => {
      checkWay(command)
      return send(options)
    })
}

const limit = (flags: string, words: string): Option => new Option(flags, words).argParser(parseMilliseconds)

function addTarget(command: Command): void {
  command
    .option('--host <name>', 'server to send by SMTP')
    .addOption(new Option('--port <number>', 'port').argParser((text) => parsePort(text)).default(587))
    .addOption(new Option('--tls <mode>', 'none; starttls, which requires it; opportunistic, when offered; implicit, from the first octet').choices(['none', 'starttls', 'opportunistic', 'implicit']).default('starttls'))
    .option('--insecure', 'go on with a certificate that cannot be verified', false)
    .addOption(caOption())
    .option('--server-name <name>', 'name the certificate must have, and SNI, when it is not the host')
    .option('--ehlo <name>', 'name to greet with')
    .addOption(familyOption())
    .option('--source <address>', 'connect from this address of this computer')
    .option('--resolver <ip:port>', 'ask this name server instead of the system')
    .addOption(limit('--timeout <ms>', 'for look-up, connect, TLS and each reply'))
    .addOption(limit('--lookup-timeout <ms>', 'for the look-up, when it is another'))
    .addOption(limit('--connect-timeout <ms>', 'for each TCP connection, when it is another'))
    .addOption(limit('--tls-timeout <ms>', 'for the TLS handshake, when it is another'))
    .addOption(limit('--greeting-timeout <ms>', 'for the greeting, when it is another'))
} // prettier-ignore

function addDelivery(command: Command): void {
  command
    .addOption(new Option('--dsn-notify <list>', 'delivery reports asked for: never, or success,failure,delay').argParser(parseNotify))
    .addOption(new Option('--dsn-ret <what>', 'what a report brings back: the whole message or its header').choices(['full', 'hdrs']))
    .option('--dsn-envid <text>', 'identifier that a report brings back')
    .addOption(new Option('--dsn-orcpt <address>', "original recipient: auto, each one's own, or one for each --to in their order").argParser(collect((text) => text)).default([]))
    .addOption(new Option('--smtputf8 <use>', 'auto, when it is needed and offered; on, in any case; off, never').choices(threeWays))
    .addOption(new Option('--8bitmime <use>', 'BODY=8BITMIME: auto, when it is needed and offered; on; off').choices(threeWays))
    .addOption(new Option('--chunking <on|off>', 'BDAT instead of DATA when offered').choices(onOff))
    .option('--require-tls', 'ask every further server for verified TLS (REQUIRETLS), or do not send', false)
    .addOption(new Option('--size <octets>', 'what SIZE declares: auto, the true size; off, nothing; or a number, true or not').argParser(parseSize))
    .addOption(new Option('--pipelining <on|off>', 'use PIPELINING when offered').choices(onOff).default('on'))
} // prettier-ignore

function addStop(command: Command): void {
  command
    .addOption(new Option('--stop-after <step>', 'stop after connect, ehlo, tls, auth, mail, rcpt, rcpt:N (the n-th recipient), data, body:OCTETS, or dot (before it)').argParser(parseStop).default({ stopAfter: 'end' } satisfies TransportOptions['stopAfter'], 'end'))
    .addOption(new Option('--stop-how <how>', 'how to end there: quit; close, without a word; reset. Inside the message close when left out').choices([...stopHows]))
} // prettier-ignore

const notices = ['never', 'success', 'failure', 'delay'] as const

function parseNotify(text: string): NonNullable<TransportOptions['dsnNotify']> {
  return text.split(',').map((part) => {
    const found = notices.find((notice) => notice === part.trim().toLowerCase())
    if (found !== undefined) return found
    throw new InvalidArgumentError(`"${part.trim()}" is not one of ${notices.join(', ')}.`)
  })
}

function parseSize(text: string): NonNullable<TransportOptions['size']> {
  if (text === 'auto' || text === 'off') return text
  if (/^\d{1,15}$/.test(text)) return Number(text)
  throw new InvalidArgumentError(`"${text}" is not auto, off or a number of octets.`)
}
