/**
 * Owns: the rules file of `serve --config`: JSON with the fields of the local server's rules, and beside them a preset
 * and certificates as paths. What is wrong is told with the path of the field; no value of the file is repeated, for it
 * may hold passwords.
 */
import { z } from 'zod'
import { listenerPreset, listenerPresets } from '#shared/knowledge/listenerPresets.ts'
import { ServerConfig } from '#shared/rpc/contract/server.ts'
import { GivenError, readGivenUpTo } from './files.ts'
import { shown } from './io.ts'

/** Octets; a file of rules has some thousands. */
const largest = 4_000_000

/** Characters of a field's path that are repeated. */
const longestPath = 200

const presetIds = listenerPresets.map(({ id }) => id)

/** A certificate as a file names it; paths are taken from where the command was started. */
const NamedCertificate = z.object({
  name: z.string().min(1),
  certificate: z.string().min(1),
  key: z.string().min(1),
  /** Environment variable that holds the passphrase of the key. */
  passphraseEnv: z.string().optional(),
})
export type NamedCertificate = z.infer<typeof NamedCertificate>

const ConfigFile = ServerConfig.partial({ listeners: true }).extend({
  preset: z.enum(presetIds).optional(),
  certificates: z.array(NamedCertificate).max(50).optional(),
})
export type ConfigFile = z.infer<typeof ConfigFile>

/** Throws GivenError. */
export async function readConfigFile(path: string): Promise<ConfigFile> {
  const given = await readGivenUpTo('--config', path, largest, '4 MB')
  return parseConfig(given.toString('utf8'), `--config ${path}`)
}

const whatToWrite =
  'Write a relay’s rules, which begin with a listener, as smtp-listener 127.0.0.1:2525; or JSON, as {"preset": "submission"}.'

/** `where` names the file. Throws GivenError with every problem, one a line. */
export function parseConfig(text: string, where: string): ConfigFile {
  if (/^\uFEFF?\s*$/.test(text)) throw new GivenError(`${where}: the file is empty: it holds no rule, and nothing would listen. ${whatToWrite}`) // prettier-ignore
  const value = parseJson(text, where)
  const parsed = ConfigFile.safeParse(value)
  if (!parsed.success) throw new GivenError(issueLines(parsed.error.issues, where).join('\n'))
  const unknown = strangers(value, parsed.data)
  if (unknown.length > 0)
    throw new GivenError(
      unknown
        .slice(0, 20)
        .map(
          (path) =>
            `${where}: ${shown(path.slice(0, longestPath))}: there is no such field. Check its spelling.`,
        )
        .join('\n'),
    )
  if (parsed.data.preset !== undefined && parsed.data.listeners !== undefined)
    throw new GivenError(`${where}: preset and listeners both say what is listened on; leave one out.`)
  return parsed.data
}

/** The listeners of a file: its own, or those of its preset. Undefined: it names none. */
export const listenersIn = ({ listeners, preset }: ConfigFile): ConfigFile['listeners'] =>
  listeners ?? (preset === undefined ? undefined : presetListeners(preset))

export const presetListeners = (id: string): ServerConfig['listeners'] =>
  ServerConfig.parse({ listeners: listenerPreset(id)?.listeners ?? [] }).listeners

/** The parser's message quotes the file, which may hold a password: of it only the place is told. */
function parseJson(text: string, where: string): unknown {
  try {
    return JSON.parse(text.replace(/^\ufeff/, ''))
  } catch (error) {
    const place = error instanceof Error ? /line \d+ column \d+/.exec(error.message)?.[0] : undefined
    throw new GivenError(
      `${where}: it is no JSON${place === undefined ? '' : `, from ${place} on`}. Check commas, quotes and brackets; comments are not allowed.`,
    )
  }
}

const issueLines = (issues: readonly z.core.$ZodIssue[], where: string): string[] =>
  issues.slice(0, 20).map(({ path, message }) => `${where}: ${pathWords(path)}: ${message}`)

function pathWords(path: readonly PropertyKey[]): string {
  const words = path.map((key) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`)).join('')
  return words === '' ? 'the whole' : words.replace(/^\./, '')
}

/** Paths of fields that the rules do not have: the schema passes over them, and a misspelt rule would go unseen. */
function strangers(given: unknown, taken: unknown, path = ''): string[] {
  if (Array.isArray(given))
    return given.flatMap((one: unknown, i) =>
      strangers(one, Array.isArray(taken) ? taken[i] : undefined, `${path}[${i}]`),
    )
  if (typeof given !== 'object' || given === null) return []
  const known: Record<string, unknown> = typeof taken === 'object' && taken !== null ? { ...taken } : {}
  return Object.entries(given).flatMap(([key, value]) => {
    const here = path === '' ? key : `${path}.${key}`
    // Not `in`: every object has a `constructor`.
    return Object.hasOwn(known, key) ? strangers(value, known[key], here) : [here]
  })
}
