/** Owns: the local server's two HTTP message APIs: how they stand, changing them, and aiming the Send form at one. */
import type { CallInput } from '#shared/rpc/contract.ts'
import type { HttpApiStatus } from '#shared/rpc/contract/httpApi.ts'
import { goTo } from './route.ts'
import type { Services } from './services.ts'
import { wordsOf } from './transcripts.ts'

/** `status` is null where the engine did not answer; `problems`: why not, or what of a change was wrong, by field. */
export interface HttpApiAnswer {
  status: HttpApiStatus | null
  problems: Readonly<Record<string, string>>
}

const lost = (error: unknown): HttpApiAnswer => ({ status: null, problems: { '': wordsOf(error) } })

export async function readHttpApi({ client }: Services): Promise<HttpApiAnswer> {
  try {
    return { status: await client.call('httpApi.status', {}), problems: {} }
  } catch (error) {
    return lost(error)
  }
}

/** Does one change; it is saved, and counts at once while the local server runs. */
export async function changeHttpApi(
  { client }: Services,
  change: CallInput<'httpApi.configure'>,
): Promise<HttpApiAnswer> {
  try {
    const { status, problems } = await client.call('httpApi.configure', change)
    return { status, problems: Object.fromEntries(problems.map(({ field, message }) => [field, message])) }
  } catch (error) {
    return lost(error)
  }
}

/** The Send form goes by this API from now on. */
export function sendByApi({ stores }: Services, apiUrl: string): void {
  const { draft, change } = stores.compose.getState()
  change({ ...draft, way: 'http', apiUrl })
  goTo({ room: 'send', id: '' })
}
