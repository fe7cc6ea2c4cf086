/**
 * Owns: `relayscope authority`: the certificate of this computer's own authority, for programs that are to trust the local
 * server, and how each of them is told to; and `relayscope client-certificate`, which it signs.
 */
import { resolve } from 'node:path'
import { trustCommand, type TrustGuide, trustGuide, trustGuides } from '#shared/knowledge/trust.ts'
import type { Certificates } from '#shared/rpc/contract/certificates.ts'
import { defaultDataFolder } from '../../common/dataFolder.ts'
import { checkWritable, GivenError, writeGiven, writeKey } from '../files.ts'
import { type ExitStatus, exitStatus, type Io, json, sayProblems, type WithEngine } from '../io.ts'

export interface AuthorityOptions {
  der: boolean
  out?: string
  /** A guide's id, or `all`. */
  trust?: string
  json: boolean
  data?: string
}

export interface ClientCertificateOptions {
  outCert: string
  outKey: string
  days?: number
  data?: string
}

/** Ids that --trust takes. */
export const trustIds = [...trustGuides.map(({ id }) => id), 'all'] as const

export async function authority(
  options: AuthorityOptions,
  io: Io,
  withEngine: WithEngine,
): Promise<ExitStatus> {
  const { der, out, trust, data } = options
  if (out !== undefined) await checkWritable('--out', out)
  const { authority: own } = await withEngine(data ?? defaultDataFolder(), (client) =>
    client.call('server.certificates', {}),
  )
  if (trust !== undefined) {
    const one = trustGuide(trust)
    io.out((one === null ? trustGuides : [one]).map((guide) => guideText(guide, own.file)).join('\n'))
    return exitStatus.ok
  }
  const octets = der ? Buffer.from(own.der, 'base64') : own.pem
  if (out !== undefined) await writeGiven('--out', out, octets)
  else if (options.json) io.out(json(own))
  else if (der && io.terminal) return refuseTerminal(io)
  else io.out(octets)
  io.say(words(own))
  return exitStatus.ok
}

const words = ({ subject, expiresAt, fingerprint256, file }: Certificates['authority']): string =>
  `${subject}, until ${expiresAt.slice(0, 10)}, SHA-256 ${fingerprint256}. It lies in ${file}; --trust says how programs are told of it.`

function refuseTerminal(io: Io): ExitStatus {
  io.say('--der writes octets that upset a terminal. Give --out, or send them on by a pipe.')
  return exitStatus.usage
}

/** Numbered steps, commands on lines of their own. */
export function guideText(guide: TrustGuide, file: string): string {
  const steps = (list: TrustGuide['trust']): string[] =>
    list.flatMap((step, i) => {
      const command = trustCommand(guide, step, file)
      return [`  ${i + 1}. ${step.words}`, ...(command === null ? [] : [`       ${command}`])]
    })
  const lines = [guide.name, `  ${guide.reach}`, ...steps(guide.trust), '  To undo:', ...steps(guide.undo)]
  return `${lines.join('\n')}\n`
}

/** The key is written for its owner only. */
export async function clientCertificate(
  user: string,
  options: ClientCertificateOptions,
  io: Io,
  withEngine: WithEngine,
): Promise<ExitStatus> {
  const { outCert, outKey, days, data } = options
  if (resolve(outCert) === resolve(outKey))
    throw new GivenError(
      `--out-cert and --out-key both name ${outKey}: the key would be lost. Name two files.`,
    )
  await checkWritable('--out-cert', outCert)
  await checkWritable('--out-key', outKey)
  const { made, problems } = await withEngine(data ?? defaultDataFolder(), (client) =>
    client.call('server.issueClientCertificate', { user, ...(days === undefined ? {} : { days }) }),
  )
  sayProblems(
    io,
    problems.map((problem) => ({ ...problem, field: problem.field === 'user' ? '<user>' : problem.field })),
  )
  if (made === undefined) return exitStatus.usage
  await writeKey('--out-key', outKey, made.key)
  await writeGiven('--out-cert', outCert, made.certificate + made.authority)
  const { subject, expiresAt } = made.facts
  io.say(
    `${subject}, until ${expiresAt.slice(0, 10)}: certificate in ${outCert}, key in ${outKey}. The key is kept nowhere else.`,
  )
  return exitStatus.ok
}
