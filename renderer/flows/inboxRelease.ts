/** Owns: releasing a kept message from the page: the allowed hosts, and starting the dialogue that carries it. */
import type { FieldProblem } from '#shared/rpc/contract/dialogue.ts'
import type { ReleaseRequest } from '#shared/rpc/contract/inboxRelease.ts'
import type { Services } from './services.ts'
import { wordsOf } from './transcripts.ts'

export const loadAllowedHosts = async ({ client }: Services): Promise<string[]> =>
  (await client.call('inbox.allowedHosts', {})).hosts

export type HostsAnswer = { ok: true; hosts: string[] } | { ok: false; problem: string }

export async function saveAllowedHosts({ client }: Services, hosts: readonly string[]): Promise<HostsAnswer> {
  try {
    const answer = await client.call('inbox.setAllowedHosts', { hosts: [...hosts] })
    return answer.ok
      ? answer
      : { ok: false, problem: answer.problems.map(({ message }) => message).join(' ') }
  } catch (error) {
    return { ok: false, problem: wordsOf(error) }
  }
}

export type ReleaseAnswer = { ok: true; session: string } | { ok: false; problems: FieldProblem[] }

export async function releaseMessage({ client }: Services, request: ReleaseRequest): Promise<ReleaseAnswer> {
  try {
    return await client.call('inbox.release', request)
  } catch (error) {
    return { ok: false, problems: [{ field: 'request', value: '', message: wordsOf(error) }] }
  }
}

/** One sentence of how it ended. */
export async function releaseResult({ client }: Services, session: string): Promise<{ accepted: boolean; words: string }> {
  try {
    const { outcome, message } = await client.call('dialogue.result', { session })
    return { accepted: outcome === 'accepted', words: message }
  } catch (error) {
    return { accepted: false, words: wordsOf(error) }
  }
} // prettier-ignore
