/** Owns: the words of the command line: commands, options, help. What they do is in commands/. */
import { versusLimits } from '#shared/rpc/contract/versus.ts'
import { clientCertificateRules } from '#shared/rpc/contract/server.ts'
import { formatIds } from '#shared/transcript/export/formats.ts'
import { Argument, Command, Help, Option } from 'commander'
import {
  collect,
  parseCredentials,
  parseKept,
  parseListen,
  parseMechanisms,
  parseMilliseconds,
  parseNumber,
  parsePick,
  parsePort,
  parsePorts,
  parseTo,
  parseToken,
  parseWithin,
} from './arguments.ts'
import type { AuthorityOptions, ClientCertificateOptions } from './commands/authority.ts'
import type { DiffOptions } from './commands/diff.ts'
import type { ExplainOptions } from './commands/explain.ts'
import type { ProbeOptions } from './commands/probe.ts'
import type { QueueVerb, RelayActOptions } from './commands/relayAct.ts'
import type { RelayCheckOptions } from './commands/relayCheck.ts'
import type { RelayQueueOptions } from './commands/relayQueue.ts'
import type { ReplayOptions } from './commands/replay.ts'
import type { SendOptions } from './commands/send.ts'
import type { ServeOptions } from './commands/serve.ts'
import type { ShowOptions } from './commands/show.ts'
import type { VersusOptions } from './commands/versus.ts'
import { addAuthority } from './authorityCommands.ts'
import { caOption, dataOption, familyOption, jsonOption } from './commonOptions.ts'
import { addRelay } from './relayCommands.ts'
import { addSend } from './sendCommand.ts'
import { addRelayOptions } from './relayOptions.ts'
import { addRuleOptions } from './serveRules.ts'
import { addSuiteApi } from './suiteOptions.ts'
import { addSignIn } from './signIn.ts'

export interface Commands {
  probe(host: string, options: ProbeOptions): Promise<void>
  send(options: SendOptions): Promise<void>
  serve(options: ServeOptions): Promise<void>
  show(file: string, options: ShowOptions): Promise<void>
  replay(file: string, options: ReplayOptions): Promise<void>
  diff(left: string, right: string, options: DiffOptions): Promise<void>
  explain(file: string, options: ExplainOptions): Promise<void>
  versus(options: VersusOptions): Promise<void>
  authority(options: AuthorityOptions): Promise<void>
  relayCheck(file: string, options: RelayCheckOptions): Promise<void>
  relayQueue(id: string | undefined, options: RelayQueueOptions): Promise<void>
  relayAct(act: QueueVerb, ids: string[], options: RelayActOptions): Promise<void>
  clientCertificate(user: string, options: ClientCertificateOptions): Promise<void>
}

const exitStatusHelp = `
Exit status: 0 nothing wrong, 1 something was found, refused or failed, 2 what was given cannot be used, 3 cancelled.
Results go to standard output, words to standard error.`

/** That a switch is off and a list is empty until it is given says nothing. */
const withoutEmptyDefaults = (option: Option): string =>
  new Help().optionDescription(option).replace(/ \(default: (?:false|\[\])\)$/, '')

export function createProgram(version: string, commands: Commands): Command {
  const program = new Command('relayscope')
    .description('An oscilloscope for SMTP: probe ports, send test messages, catch mail, show dialogues.')
    .version(version)
    .showHelpAfterError('(--help tells more)')
    .configureHelp({ optionDescription: withoutEmptyDefaults })
    .addHelpText('afterAll', exitStatusHelp)
  addProbe(program, commands)
  addSend(program, (options) => commands.send(options))
  addServe(program, commands)
  addAuthority(program, commands)
  addShow(program, commands)
  addDiff(program, commands)
  addReplay(program, commands)
  addVersus(program, commands)
  addExplain(program, commands)
  addRelay(program, commands)
  return program
}

function addProbe(program: Command, commands: Commands): void {
  program
    .command('probe')
    .description("say what a mail server's ports do from here and which one to use. Never sends credentials.")
    .addArgument(new Argument('<host>', 'name or address of the server; with --mx a mail domain'))
    .addOption(new Option('--ports <list>', 'as 25,465:implicit,587:starttls; a mode is plain, starttls, implicit or auto, which finds it out; 25,465,587,2525 when left out, with --mx 25').argParser(parsePorts))
    .addOption(familyOption())
    .option('--tls-scan', 'enumerate TLS versions and ciphers, in some tens of connections for each port', false)
    .option('--resolver <ip:port>', 'ask this name server instead of the system')
    .option('--validating', 'that name server checks DNSSEC, and the way to it is trusted', false)
    .addOption(new Option('--control <host:port>', 'a host known to listen there, to tell a blocked network from a silent server; may be repeated').argParser(collect((text) => text)).default([]))
    .option('--mx', "probe the domain's MX in their order, with DANE, MTA-STS and the names of their addresses", false)
    .option('--ptr', 'ask for the names of the addresses as well', false)
    .option('--relay-trial <address>', 'ask each port whether it relays to this address, at a domain that the server does not serve: MAIL and RCPT without signing in, never DATA, then RSET and QUIT; nothing is delivered')
    .option('--relay-trial-from <address>', 'sender that the relay trial names; the null reverse-path when left out')
    .addOption(caOption())
    .addOption(new Option('--timeout <ms>', 'for each of DNS, connect, TLS and reply').argParser(parseMilliseconds).default(10_000))
    .addOption(new Option('--connect-timeout <ms>', 'for each TCP connection, when it is another').argParser(parseMilliseconds))
    .addOption(jsonOption().conflicts('markdown'))
    .addOption(new Option('--markdown', 'answer as Markdown for a ticket').default(false))
    .addOption(dataOption())
    .action((host: string, options: ProbeOptions) => commands.probe(host, options)) // prettier-ignore
}

function addServe(program: Command, commands: Commands): void {
  const command = program
    .command('serve')
    .description('catch mail on this computer and keep it until Ctrl+C, or relay it by the rules of --config')
    .addOption(
      new Option('--listen <address:port[:mode]>', 'starttls, starttls-required, implicit or plain; may be repeated')
        .argParser(collect(parseListen))
        .default([], '127.0.0.1:2525:starttls'),
    )
    .addOption(new Option('--auth <user:password>', 'a user; may be repeated. Without users anybody may sign in. Other programs can read it here: see --auth-file').argParser(collect((text) => parseCredentials(text))).default([]))
    .option('--auth-file <file>', 'users, one USER:PASSWORD a line')
    .addOption(new Option('--token <user:token>', 'an access token for XOAUTH2 and OAUTHBEARER; may be repeated. Other programs can read it here: see --token-file').argParser(collect((text) => parseToken(text))).default([]))
    .option('--token-file <file>', 'tokens, one USER:TOKEN a line, and behind a space when it expires, as 2030-01-31T12:00:00Z')
    .addOption(new Option('--mechanisms <list>', 'offer these and no others, as plain,scram-sha-256').argParser(parseMechanisms))
    .addOption(new Option('--client-certificate <rule>', 'ask clients for a certificate in TLS, for EXTERNAL: off, asked, required; off when left out, asked where users of a relay sign in by one').choices([...clientCertificateRules]))
    .option('--client-ca <file>', 'authority that signs the clients, PEM; without it the one of this computer')
    .option('--require-auth', 'refuse mail from who has not signed in', false)
    .option('--allow-outside', 'allow addresses of --listen or of a relay that other machines can reach; to be given at each start', false)
    .addOption(new Option('--http-api [port]', 'take messages by an HTTP API as well, on this port of this computer; 8025 when left out, 0 for any').argParser((text) => parsePort(text, 0)))
    .addOption(new Option('--https-api [port]', 'the same over TLS; 8443 when left out').argParser((text) => parsePort(text, 0)))
    .option('--api-key-env <variable>', 'environment variable that holds the key of the HTTP API; without it any key is right')
    .option('--browser', 'serve the page as well', false)
    .addOption(new Option('--json', 'one JSON object per message on standard output, and per step of the relay').default(false))
    .addOption(new Option('--data <folder>', "keep messages here instead of in the app's own data folder"))
    .action((options: ServeOptions) => commands.serve(options)) // prettier-ignore
  addRuleOptions(command)
  addRelayOptions(command)
  addSuiteApi(command)
}

function addShow(program: Command, commands: Commands): void {
  program
    .command('show')
    .description('show the dialogues in a case file')
    .addArgument(new Argument('<file>', 'case file, or - for standard input'))
    .addOption(jsonOption())
    .addOption(new Option('--format <name>', 'to pass on: hides addresses, names and message content').choices([...formatIds]))
    .option('--redact', 'hide them in plain text as well')
    .option('--no-redact', 'hide nothing')
    .addOption(new Option('--keep <list>', 'what not to hide, of addresses,names,bodies').argParser(parseKept))
    .addOption(new Option('--pick <number>', 'which dialogue, where the file holds several').argParser(parseNumber))
    .option('--out <file>', 'write into this file instead of standard output')
    .action((file: string, options: ShowOptions) => commands.show(file, options)) // prettier-ignore
}

function addExplain(program: Command, commands: Commands): void {
  program
    .command('explain')
    .description(
      'say what went wrong in a dialogue that was saved or pasted: a case file, output of swaks or openssl s_client, a telnet session, a log of Postfix or smtp4dev, lines marked C: and S:',
    )
    .addArgument(new Argument('[file]', 'the text; standard input when left out or -').default('-'))
    .addOption(jsonOption())
    .action((file: string, options: ExplainOptions) => commands.explain(file, options))
}

function addDiff(program: Command, commands: Commands): void {
  program
    .command('diff')
    .description('compare two dialogues step by step: what differs, and where they part ways')
    .addArgument(new Argument('<left>', 'case file, or a text as explain reads it; - for standard input'))
    .addArgument(new Argument('<right>', 'what to compare it with'))
    .addOption(
      new Option('--pick <left,right>', 'which dialogue of each file, where it holds several')
        .argParser(parsePick)
        .default([1, 1], '1,1'),
    )
    .addOption(jsonOption())
    .action((left: string, right: string, options: DiffOptions) => commands.diff(left, right, options))
}

function addReplay(program: Command, commands: Commands): void {
  const command = program
    .command('replay')
    .description('say a recorded dialogue again to a server, or answer a client as its server did')
    .addArgument(new Argument('<file>', 'case file'))
    .addOption(new Option('--to <host:port>', 'server that the client side is sent to').argParser(parseTo))
    .addOption(
      new Option(
        '--listen <address:port>',
        'port of this computer that answers as the recorded server did',
      ).argParser(parseListen),
    )
    .addOption(
      new Option('--tls <mode>', 'for --to: none, starttls, opportunistic or implicit')
        .choices(['none', 'starttls', 'opportunistic', 'implicit'])
        .default('starttls'),
    )
    .option('--insecure', 'go on with a certificate that cannot be verified', false)
    .addOption(caOption())
    .option('--server-name <name>', 'name the certificate must have, and SNI, when it is not the host')
    .addOption(new Option('--timeout <ms>', 'for connect, TLS and each reply').argParser(parseMilliseconds))
  addSignIn(command, {
    auto: 'how to sign in; auto: as recorded',
    user: 'sign in as, since no recording keeps a secret; without it AUTH is left out',
  })
    .addOption(new Option('--pace <pace>', 'as fast as it goes, or with the recorded waits').choices(['fast', 'recorded']).default('fast'))
    .addOption(new Option('--pick <number>', 'which dialogue, where the file holds several').argParser(parseNumber).default(1))
    .addOption(jsonOption())
    .option('--save <file>', 'keep the new dialogue as a case file')
    .addOption(dataOption())
    .action((file: string, options: ReplayOptions) => commands.replay(file, options)) // prettier-ignore
}

function addVersus(program: Command, commands: Commands): void {
  program
    .command('versus')
    .description('send the same message, a short sample, by SMTP and by an HTTP API to servers of this computer, and count what each waited for')
    .addOption(new Option('--messages <n>', `how often, ${versusLimits.messages} at most`).argParser(parseWithin(1, versusLimits.messages)).default(1))
    .addOption(new Option('--rtt <ms>', `simulated round-trip time, 0 to ${versusLimits.roundTrip}`).argParser(parseWithin(0, versusLimits.roundTrip, ' of milliseconds')).default(50))
    .addOption(new Option('--tls <mode>', 'of SMTP').choices(['none', 'starttls', 'implicit']).default('starttls'))
    .addOption(new Option('--tls-version <version>', 'of both').choices(['1.2', '1.3']).default('1.3'))
    .addOption(new Option('--pipelining <on|off>', 'MAIL, RCPT and DATA in one go').choices(['on', 'off']).default('off'))
    .option('--reuse', 'all messages on one connection, both ways', false)
    .addOption(new Option('--api <form>', 'how the request is written').choices(['form', 'json']).default('json'))
    .option('--plain-http', 'without TLS for HTTP', false)
    .addOption(jsonOption())
    .addOption(dataOption())
    .action((options: VersusOptions) => commands.versus(options)) // prettier-ignore
}
