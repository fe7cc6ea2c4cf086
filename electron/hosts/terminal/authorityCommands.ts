/** Owns: the words of `authority` and `client-certificate`: options and help. What they do is in commands/authority.ts. */
import { Argument, type Command, InvalidArgumentError, Option } from 'commander'
import { type AuthorityOptions, type ClientCertificateOptions, trustIds } from './commands/authority.ts'
import { jsonOption } from './commonOptions.ts'

const mostDays = 3650

interface Actions {
  authority(options: AuthorityOptions): Promise<void>
  clientCertificate(user: string, options: ClientCertificateOptions): Promise<void>
}

const dataOption = (): Option =>
  new Option('--data <folder>', "data folder whose authority it is, instead of the app's own")

export function addAuthority(program: Command, actions: Actions): void {
  program
    .command('authority')
    .description(
      "write the certificate of this computer's own authority, in PEM, for programs that are to trust `serve`",
    )
    .option('--der', 'in DER instead', false)
    .option('--out <file>', 'into this file instead of standard output')
    .addOption(
      new Option('--trust <system>', 'say instead how it is trusted there, and how to undo it').choices([
        ...trustIds,
      ]),
    )
    .addOption(jsonOption())
    .addOption(dataOption())
    .action((options: AuthorityOptions) => actions.authority(options))
  program
    .command('client-certificate')
    .description('make a certificate for a client, signed by the authority of this computer, as EXTERNAL and --client-certificate want one')
    .addArgument(new Argument('<user>', 'user or address that it stands for'))
    .requiredOption('--out-cert <file>', 'where the certificate goes, with that of the authority')
    .requiredOption('--out-key <file>', 'where its private key goes, for its owner only')
    .addOption(new Option('--days <n>', 'how long it is valid; 397 when left out').argParser(parseDays))
    .addOption(dataOption())
    .action((user: string, options: ClientCertificateOptions) => actions.clientCertificate(user, options)) // prettier-ignore
}

function parseDays(text: string): number {
  const value = /^\d{1,4}$/.test(text) ? Number(text) : 0
  if (value >= 1 && value <= mostDays) return value
  throw new InvalidArgumentError(`"${text}" is not a number of days from 1 to ${mostDays}.`)
}
