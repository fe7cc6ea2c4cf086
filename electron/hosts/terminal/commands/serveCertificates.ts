/** Owns: the certificates that `serve` is given as files: read, and added before anything is listened on. */
import type { RpcClient } from '#shared/rpc/types.ts'
import { GivenError, readGivenUpTo } from '../files.ts'
import { type Io, sayProblems } from '../io.ts'
import type { NamedCertificate } from '../serveConfigFile.ts'
import { givenName, type RuleOptions } from '../serveRules.ts'

/** Octets of a PEM file. */
const largest = 262_144

interface Given extends NamedCertificate {
  /** What named the files. */
  options: Record<'certificate' | 'key' | 'passphrase', string>
}

/** False when one cannot be used, which is said. Throws GivenError. */
export async function addCertificates(
  options: RuleOptions,
  named: readonly NamedCertificate[],
  io: Io,
  client: RpcClient,
): Promise<boolean> {
  for (const given of [...inOptions(options), ...named.map(inFile)]) {
    const passphrase = given.passphraseEnv === undefined ? undefined : passphraseOf(given, io)
    const { problems } = await client.call('server.addCertificate', {
      name: given.name,
      certificate: await readPem(given.options.certificate, given.certificate),
      key: await readPem(given.options.key, given.key),
      ...(passphrase === undefined ? {} : { passphrase }),
    })
    if (problems.length === 0) continue
    sayProblems(
      io,
      problems.map((problem) => ({ ...problem, field: wordsFor(problem.field, given) })),
    )
    return false
  }
  return true
}

function inOptions({ certificate, key, keyPassphraseEnv }: RuleOptions): Given[] {
  if (certificate === undefined || key === undefined) return []
  const names = { certificate: '--certificate', key: '--key', passphrase: '--key-passphrase-env' }
  const own = { name: givenName, certificate, key, options: names }
  return [keyPassphraseEnv === undefined ? own : { ...own, passphraseEnv: keyPassphraseEnv }]
}

const inFile = (one: NamedCertificate, place: number): Given => {
  const where = `--config, certificates[${place}]`
  return {
    ...one,
    options: {
      certificate: `${where}.certificate`,
      key: `${where}.key`,
      passphrase: `${where}.passphraseEnv`,
    },
  }
}

function wordsFor(field: string, { options, name }: Given): string {
  if (field === 'certificate' || field === 'key' || field === 'passphrase') return options[field]
  return `${field} of the certificate ${name}`
}

function passphraseOf({ passphraseEnv = '', options }: Given, { password }: Pick<Io, 'password'>): string {
  const value = password.env[passphraseEnv]
  if (value !== undefined && value !== '') return value
  throw new GivenError(
    `${options.passphrase} ${passphraseEnv}: the environment has no such variable, or it is empty.`,
  )
}

const readPem = async (option: string, path: string): Promise<string> =>
  (await readGivenUpTo(option, path, largest, '256 KB')).toString('latin1')
