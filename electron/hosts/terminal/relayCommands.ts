/** Owns: the words of `relay check`, and what is below `relay`. What it does is in commands/relayCheck.ts. */
import { Argument, type Command, InvalidArgumentError, Option } from 'commander'
import { isIP } from 'node:net'
import { askedRecipient, askedSender } from '#shared/relay/asked.ts'
import { jsonOption } from './commonOptions.ts'
import { addQueue, type QueueActions } from './relayQueueCommands.ts'
import type { RelayCheckOptions } from './commands/relayCheck.ts'

interface Actions extends QueueActions {
  relayCheck(file: string, options: RelayCheckOptions): Promise<void>
}

export function addRelay(program: Command, actions: Actions): void {
  const relay = program
    .command('relay')
    .description("look into a relay's rules, and into the queue of one that runs")
  relay
    .command('check')
    .description('say what is wrong with the rules of a relay, and what they would do with one client, user, sender and recipient, rule by rule. Nothing listens and nothing is sent.')
    .addArgument(new Argument('<file>', 'rules in the notation of PowerMTA, as articles describe it'))
    .addOption(new Option('--client <ip>', 'address of the client; the rules alone are looked at when left out').argParser(parseClient))
    .option('--user <name>', 'whom it has signed in as; nobody when left out')
    .option('--tls', 'the connection is sealed', false)
    .addOption(new Option('--from <address>', 'MAIL FROM; <> for a bounce').default('sender@example.com').argParser(parseSender))
    .addOption(new Option('--to <address>', 'RCPT TO').argParser(parseRecipient))
    .addOption(jsonOption())
    .action((file: string, options: RelayCheckOptions, command: Command) => {
      if ((options.client === undefined) !== (options.to === undefined))
        command.error('error: --client and --to belong together: a client wants to send to somebody')
      return actions.relayCheck(file, options)
    }) // prettier-ignore
  addQueue(relay, actions)
}

function parseClient(text: string): string {
  if (isIP(text) > 0) return text
  throw new InvalidArgumentError(`"${text}" is no IP address; write it as 10.0.5.20 or 2001:db8::1.`)
}

function parseRecipient(text: string): string {
  const recipient = askedRecipient(text)
  if (recipient !== null) return recipient
  throw new InvalidArgumentError(`"${text}" is no address; write it as somebody@example.com.`)
}

function parseSender(text: string): string {
  const sender = askedSender(text)
  if (sender !== null) return sender
  throw new InvalidArgumentError(
    `"${text}" is no address; write it as somebody@example.com, or <> for a bounce.`,
  )
}
