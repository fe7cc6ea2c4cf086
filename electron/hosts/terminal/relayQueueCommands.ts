/** Owns: the words of `relay queue`, `retry`, `pause`, `resume`, `drop`: options and help. */
import { Argument, type Command, Option } from 'commander'
import { legStates } from '#shared/rpc/contract/relay.ts'
import { parseWithin } from './arguments.ts'
import type { QueueVerb, RelayActOptions } from './commands/relayAct.ts'
import { mostListed, type RelayQueueOptions } from './commands/relayQueue.ts'
import { jsonOption } from './commonOptions.ts'

export interface QueueActions {
  relayQueue(id: string | undefined, options: RelayQueueOptions): Promise<void>
  relayAct(act: QueueVerb, ids: string[], options: RelayActOptions): Promise<void>
}

const runningOption = (): Option =>
  new Option('--data <folder>', "data folder of the serve or app that runs; the app's own when left out")

const verbs: readonly (readonly [QueueVerb, string, all: string])[] = [
  ['retry', 'try entries of the queue now', 'all that are open'],
  ['pause', 'hold entries of the queue until resume', 'deliver nothing at all, of what comes later neither, also after the next start'],
  ['resume', 'let go on what pause held', 'deliver again after pause --all'],
  ['drop', 'take entries out of the queue: they are not delivered, and nobody is told', 'all that are open'],
] // prettier-ignore

export function addQueue(relay: Command, actions: QueueActions): void {
  relay
    .command('queue')
    .description('show what waits in the queue of a relay that runs, in the order in which it goes, or one entry with its tries')
    .addArgument(new Argument('[id]', 'one entry, such as 3KX.0/1'))
    .addOption(new Option('--show <state>', 'open is what is not over: waiting, delivering and held').choices(['open', 'all', ...legStates]).default('open'))
    .option('--domain <domain>', 'entries for this domain alone')
    .option('--text <words>', 'entries with these words in address, sender, domain or subject', '')
    .addOption(new Option('--limit <n>', `entries at most, up to ${mostListed}`).argParser(parseWithin(1, mostListed)).default(100))
    .addOption(runningOption())
    .addOption(jsonOption())
    .action((id: string | undefined, options: RelayQueueOptions) => actions.relayQueue(id, options)) // prettier-ignore
  for (const [verb, words, all] of verbs)
    relay
      .command(verb)
      .description(`${words}, in a relay that runs`)
      .addArgument(new Argument('[id...]', 'entries, such as 3KX.0/1, or messages with all of their entries, such as 3KX.0'))
      .addOption(new Option('--domain <domain>', 'all entries for this domain').conflicts('all'))
      .option('--all', all, false)
      .addOption(runningOption())
      .addOption(jsonOption())
      .action((ids: string[], options: RelayActOptions, command: Command) => {
        const ways = [ids.length > 0, options.domain !== undefined, options.all].filter(Boolean).length
        if (ways !== 1) command.error(`error: say what to ${verb}: entries by their ids, --domain DOMAIN, or --all`)
        return actions.relayAct(verb, ids, options)
      }) // prettier-ignore
}
