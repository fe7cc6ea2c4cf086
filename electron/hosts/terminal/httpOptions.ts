/** Owns: the options by which `send` goes by an HTTP API instead of SMTP, and which others go with which way. */
import { type Command, Option } from 'commander'
import { GivenError } from './files.ts'
import type { PasswordSources } from './password.ts'

export interface HttpOptions {
  via?: 'smtp' | 'http-form' | 'http-json'
  url?: string
  apiKeyEnv?: string
}

export function addHttp(command: Command): void {
  command
    .addOption(new Option('--via <way>', 'smtp, or an HTTP API: http-form, POST /v3/DOMAIN/messages; http-json, POST /api/v1/transmissions').choices(['smtp', 'http-form', 'http-json']).default('smtp'))
    .option('--url <url>', 'where the HTTP API is, as https://api.example.com')
    .option('--api-key-env <variable>', 'environment variable that holds the key of the HTTP API')
} // prettier-ignore

/** What describes the message, and how both ways are alike. */
const withHttp = new Set([
  'via', 'url', 'apiKeyEnv', 'json', 'save', 'data', 'insecure', 'ca', 'timeout', 'allowCleartextAuth', 'from', 'to', 'cc', 'bcc',
  'replyTo', 'subject', 'text', 'html', 'attach', 'inline', 'header', 'eml', 'charset', 'encoding', 'date', 'messageId', 'var',
  'dkimDomain', 'dkimSelector', 'dkimKeyFile',
]) // prettier-ignore

/** Ends with the word of commander for what is missing, or names the options that say nothing on the chosen way. */
export function checkWay(command: Command): void {
  const { via, url, host, apiKeyEnv } = command.opts<HttpOptions & { host?: string }>()
  if (via === 'smtp') {
    const alone = url === undefined ? (apiKeyEnv === undefined ? undefined : '--api-key-env') : '--url'
    if (alone !== undefined)
      command.error(`error: ${alone} is for an HTTP API: choose one by --via http-form or --via http-json`)
    if (host === undefined) command.error("error: required option '--host <name>' not specified")
    return
  }
  const lost = command.options.filter(
    (option) =>
      !withHttp.has(option.attributeName()) && command.getOptionValueSource(option.attributeName()) === 'cli',
  )
  if (lost.length > 0)
    command.error(`error: ${lost.map(({ long }) => long).join(', ')}: only for SMTP, and this goes by --via ${via}`) // prettier-ignore
  if (url === undefined) command.error(`error: --via ${via} needs --url URL, as https://api.example.com`)
}

/** The key, empty when no variable is named. Throws GivenError. */
export function readApiKey(variable: string | undefined, { env }: Pick<PasswordSources, 'env'>): string {
  if (variable === undefined) return ''
  const key = env[variable]
  if (key !== undefined && key !== '') return key
  throw new GivenError(
    `--api-key-env ${variable}: the variable is not set. Set it to the key of the HTTP API.`,
  )
}
