/** Owns: the options of `serve` that put the API for test suites beside it. */
import { type Command, Option } from 'commander'
import { parsePort } from './arguments.ts'

const words = (text: string, before: string[] = []): string[] => [...before, text]

/** Their values are SuiteApiOptions. */
export function addSuiteApi(command: Command): void {
  command
    .addOption(new Option('--api [port]', 'let test suites search, await and delete the mail over HTTP, on this port; 8026 when left out, 0 for any. Its document is at /openapi.json').argParser((text) => parsePort(text, 0)))
    .addOption(new Option('--api-address <address>', 'listen for the API there instead of on 127.0.0.1; one that other machines can reach needs --allow-outside'))
    .addOption(new Option('--api-name <name>', 'name under which other machines ask the API, as in a network of containers; may be repeated').argParser(words))
    .option('--api-token-env <variable>', 'environment variable that holds the token of the API; without it and --api-token-file one is made and told once')
    .option('--api-token-file <file>', 'file that holds the token of the API')
    .addOption(new Option('--webhook <url>', 'POST what arrives to this address of this computer, or of an allowed host; may be repeated').argParser(words))
    .addOption(new Option('--webhook-on <what>', 'message, session (those that left none, as refused ones) or both; message when left out').choices(['message', 'session', 'both']))
    .addOption(new Option('--webhook-allow <host>', 'name, address or range that webhooks may go to beside this computer; may be repeated').argParser(words))
    .option('--webhook-secret-env <variable>', 'environment variable that holds the secret that signs the webhooks, whsec_ and base64; without it each has one that is made and told once')
} // prettier-ignore
