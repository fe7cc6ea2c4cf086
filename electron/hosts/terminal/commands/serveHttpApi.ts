/**
 * Owns: the HTTP API beside `relayscope serve`: switched on for as long as the command runs. What was set before, by the app
 * in the same data folder, is put back at the end; the key is held in memory only.
 */
import type { RpcClient } from '#shared/rpc/types.ts'
import { GivenError } from '../files.ts'
import { readApiKey } from '../httpOptions.ts'
import { type Io, sayProblems } from '../io.ts'

export interface HttpApiOptions {
  /** `true`: the usual port. */
  httpApi?: number | true
  httpsApi?: number | true
  apiKeyEnv?: string
}

const usual = { http: 8025, https: 8443 }

export interface RunningApi {
  /** Puts the settings back. */
  restore(): Promise<void>
}

/** Called when the local server runs. Throws GivenError. */
export async function serveHttpApi(options: HttpApiOptions, io: Io, client: RpcClient): Promise<RunningApi> {
  const http = portOf(options.httpApi, usual.http)
  const https = portOf(options.httpsApi, usual.https)
  if (http === null && https === null) return { restore: () => Promise.resolve() }
  const before = await client.call('httpApi.status', {})
  const key = readApiKey(options.apiKeyEnv, io.password)
  const { status, problems } = await client.call('httpApi.configure', { on: true, http, https, key })
  const restore = async (): Promise<void> => {
    const { on, http: plain, https: sealed } = before
    await client.call('httpApi.configure', { on, http: plain.port, https: sealed.port })
  }
  sayProblems(io, problems)
  const listening = [
    ['http', status.http.actualPort],
    ['https', status.https.actualPort],
  ].flatMap(([scheme, port]) => (port === undefined ? [] : [`${scheme}://127.0.0.1:${port}`]))
  for (const address of listening)
    io.say(`HTTP API on ${address}, ${status.keyed ? 'with the key given' : 'any key is right'}`)
  return { restore }
}

/** Before anything is begun. Throws GivenError. */
export function checkHttpApi(
  { httpApi, httpsApi, apiKeyEnv }: HttpApiOptions,
  io: Pick<Io, 'password'>,
): void {
  if (apiKeyEnv === undefined) return
  if (httpApi === undefined && httpsApi === undefined)
    throw new GivenError('--api-key-env: is for the HTTP API. Give --http-api or --https-api as well.')
  readApiKey(apiKeyEnv, io.password)
}

const portOf = (given: number | true | undefined, port: number): number | null =>
  given === undefined ? null : given === true ? port : given
