/** Owns: the relay's rules: reading them, checking a text while it is typed, saving them, and giving them away as a file. */
import type { RulesInput } from '#shared/rpc/contract/relay.ts'
import type { RelayStore } from '../stores/relay.ts'
import { hasErrors } from '../model/relayStatus.ts'
import { download } from './download.ts'
import { refreshNow } from './relayAttempts.ts'
import type { Services } from './services.ts'
import { wordsOf } from './transcripts.ts'

export type RulesOf = NonNullable<RelayStore['rules']>

export async function loadRules(services: Services): Promise<void> {
  const { client, stores } = services
  try {
    stores.relay.getState().set({ rules: await client.call('relay.rules', {}), problem: '' })
  } catch (error) {
    stores.relay.getState().set({ problem: wordsOf(error) })
    throw error
  }
  await refreshNow(services)
}

export type ReadAnswer = { ok: true; rules: RulesOf } | { ok: false; problem: string }

/** What rules would be; nothing is saved. */
export async function readRules({ client }: Services, rules: RulesInput): Promise<ReadAnswer> {
  try {
    return { ok: true, rules: await client.call('relay.read', rules) }
  } catch (error) {
    return { ok: false, problem: wordsOf(error) }
  }
}

export type SaveAnswer =
  | { saved: true }
  /** `problems`: what is wrong with the rules, in the engine's words. */
  | { saved: false; problems: RulesOf['problems'] }

export interface Listening {
  /** The relay's listeners become those of the rules. */
  listeners: boolean
  /** A person consents to those that other machines can reach. */
  allowOutside: boolean
}

const asTheyAre: Listening = { listeners: false, allowOutside: false }

/** Saves rules that have no errors, and lets the server work by them. */
export async function saveRules(services: Services, rules: RulesInput, listening: Listening = asTheyAre): Promise<SaveAnswer> {
  const { client, stores } = services
  const { set } = stores.relay.getState()
  set({ busy: true })
  try {
    const answer = await client.call('relay.setRules', { rules, ...listening })
    if (!answer.saved) return { saved: false, problems: answer.rules.problems.length > 0 ? answer.rules.problems : unsaid } // prettier-ignore
    set({ rules: answer.rules })
    stores.view.getState().set({ announcement: 'The rules are in force.' })
    void refreshNow(services)
    return { saved: true }
  } catch (error) {
    return { saved: false, problems: [{ severity: 'error', message: wordsOf(error) }] }
  } finally {
    set({ busy: false })
  }
} // prettier-ignore

const unsaid: RulesOf['problems'] = [
  { severity: 'error', message: 'The rules were not saved, and the engine did not say why.' },
]

/** True when changed rules would let strangers in who are kept out now: worth a question before they are saved. */
export const opensRelay = (before: RulesOf | null, after: RulesOf): boolean =>
  !hasErrors(after.problems) && after.openRelay.length > 0 && (before?.openRelay.length ?? 0) === 0

/** Passwords in it are masked by the engine. */
export const downloadRules = (text: string): void => download('relay.conf', text, 'text/plain')
