/** Owns: the checks of the open message: the ones without asking anybody at once, those by DNS when a person says so. */
import type { Services } from './services.ts'
import { wordsOf } from './transcripts.ts'

/** Lines and header. Undefined when read, else why not, in words. */
export async function loadChecks({ client, stores }: Services, id: string): Promise<string | undefined> {
  try {
    const { checks: lint } = await client.call('inbox.lint', { id })
    const { checks, set } = stores.inbox.getState()
    const before = checks?.id === id ? checks : { report: null, ip: '' }
    set({ checks: { ...before, id, lint } })
    return undefined
  } catch (error) {
    return wordsOf(error)
  }
}

/** SPF, DKIM, DMARC and ARC: asks DNS, by the resolver that was chosen. Undefined when done, else why not. */
export async function authenticate(
  { client, stores }: Services,
  request: { id: string; server: string; ip: string; helo: string },
): Promise<string | undefined> {
  try {
    const report = await client.call('inbox.authenticate', request)
    const { checks, set } = stores.inbox.getState()
    if (checks?.id === request.id) set({ checks: { ...checks, report, ip: request.ip } })
    return undefined
  } catch (error) {
    return wordsOf(error)
  }
}
