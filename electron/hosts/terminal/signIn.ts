/**
 * Owns: how to sign in, in the words of the command line: the options that `send` and `replay` share, and the part of a
 * request that they make. Secrets come from the environment, a file or a prompt, never from the command line.
 */
import { type Auth, authMechanisms, type DialogueRequest } from '#shared/rpc/contract/dialogue.ts'
import { initialResponses } from '#shared/smtp/machine/options.ts'
import { type Command, Option } from 'commander'
import { GivenError, readGivenText } from './files.ts'
import { given } from './given.ts'
import type { Io } from './io.ts'
import { readPassword } from './password.ts'

export interface SignInOptions {
  auth: Auth['mechanism']
  initialResponse?: Auth['initialResponse']
  clientCert?: string
  clientKey?: string
  clientKeyPassphraseEnv?: string
  user?: string
  passwordEnv?: string
  passwordFile?: string
  allowCleartextAuth: boolean
}

/** `auto` and `user`: what the mechanism that nobody chose is, and what happens without a user. */
export function addSignIn(command: Command, words: { auto: string; user: string }): Command {
  return command
    .addOption(new Option('--auth <mechanism>', words.auto).choices([...authMechanisms]).default('auto'))
    .addOption(new Option('--initial-response <when>', 'say the first response with AUTH: auto, when the line is short enough; on; off').choices([...initialResponses]))
    .option('--client-cert <file>', 'client certificate, PEM, for servers that ask for one')
    .option('--client-key <file>', 'its key, PEM, when it stands in a file of its own')
    .option('--client-key-passphrase-env <variable>', 'environment variable that holds the passphrase of the key')
    .option('--user <name>', words.user)
    .option('--password-env <variable>', 'environment variable that holds the password, or the token')
    .option('--password-file <file>', 'file that holds it; without either it is asked for')
    .option('--allow-cleartext-auth', 'send the password even where others can read it', false)
} // prettier-ignore

/** The certificate and its key may stand in one file. */
export async function clientCertificateOf(
  { clientCert, clientKey, clientKeyPassphraseEnv }: SignInOptions,
  io: Io,
): Promise<DialogueRequest['target']['clientCertificate']> {
  if (clientCert === undefined) {
    const alone = clientKey === undefined ? '--client-key-passphrase-env' : '--client-key'
    if (clientKey === undefined && clientKeyPassphraseEnv === undefined) return undefined
    throw new GivenError(`--client-cert: ${alone} is given alone. Give the certificate that it belongs to.`)
  }
  const cert = await readGivenText('--client-cert', clientCert)
  const key = clientKey === undefined ? cert : await readGivenText('--client-key', clientKey)
  if (clientKeyPassphraseEnv === undefined) return { cert, key }
  const passphrase = io.password.env[clientKeyPassphraseEnv]
  if (passphrase !== undefined) return { cert, key, passphrase }
  throw new GivenError(
    `--client-key-passphrase-env ${clientKeyPassphraseEnv}: the variable is not set. Set it to the passphrase of the key.`,
  )
}

/** How to sign in; `none` where nobody is named. Asks for the password. Throws GivenError, or Cancelled. */
export async function authOf(options: SignInOptions, io: Io): Promise<Auth> {
  const mechanism = mechanismOf(options)
  const silent = mechanism === 'none' || (mechanism === 'external' && !givesPassword(options))
  const password = silent ? '' : await readPassword(options.user ?? '', options, io.password)
  const { user = '', initialResponse, allowCleartextAuth: allowUnprotected } = options
  return { mechanism, user, password, allowUnprotected, ...given({ initialResponse }) }
}

const givesPassword = ({ passwordEnv, passwordFile }: SignInOptions): boolean =>
  passwordEnv !== undefined || passwordFile !== undefined

/** Who it is stands in the certificate, or in the token. */
const nameless = new Set<Auth['mechanism']>(['external', 'oauthbearer'])

/** Without a user nobody signs in; who asks for it all the same has forgotten something. */
function mechanismOf({ user, auth, passwordEnv, passwordFile }: SignInOptions): Auth['mechanism'] {
  if (user !== undefined || nameless.has(auth)) return auth
  const passwords = [
    ['--password-env', passwordEnv],
    ['--password-file', passwordFile],
  ].flatMap(([option, value]) => (value === undefined ? [] : [option]))
  const asking = auth === 'auto' || auth === 'none' ? passwords[0] : `--auth ${auth}`
  if (asking === undefined) return 'none'
  throw new GivenError(`--user: there is no user for ${asking}. Give --user NAME, or leave ${asking} out.`)
}
