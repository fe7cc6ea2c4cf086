/** Owns: keeping profiles: choosing, saving, renaming, duplicating, deleting with undo, files of them, and their secrets. */
import type { KeptSecrets, Profile } from '#shared/rpc/contract/profile.ts'
import { emptyDraft } from '../model/compose.ts'
import { noSecrets, secretKindOf } from '../model/composeTarget.ts'
import {
  copyName,
  draftOf,
  freeName,
  mostFileText,
  profilesFile,
  readProfilesFile,
  suggestedName,
  valuesOf,
} from '../model/profiles.ts'
import { currentOf, type Naming } from '../stores/profiles.ts'
import { download } from './download.ts'
import { followShared } from './shared.ts'
import type { Services } from './services.ts'
import { wordsOf } from './transcripts.ts'
import { whenBack } from './whenBack.ts'

/** Reads the list while anybody shows it, and again when the engine is back. */
export const followProfiles = (services: Services): (() => void) =>
  followShared(services.client, 'profiles', () => {
    void loadProfiles(services)
    return whenBack(services, () => void loadProfiles(services))
  })

export async function loadProfiles({ client, stores }: Services): Promise<void> {
  try {
    const { profiles, keeps } = await client.call('profile.list', {})
    stores.profiles.getState().set({ state: 'ready', profiles, keeps })
  } catch {
    stores.profiles.getState().set({ state: 'failed' })
  }
}

/** Secrets that were typed for another form do not belong to this one. */
function forgetSecrets({ stores }: Services): void {
  const { setPassword, setSecrets, setProblems } = stores.compose.getState()
  setPassword('')
  setSecrets(noSecrets)
  setProblems({})
}

/** The form becomes the profile. Files that were added stay: they are no part of one. */
export function chooseProfile(services: Services, profile: Profile): void {
  const { compose, profiles, view } = services.stores
  const { draft, change } = compose.getState()
  forgetSecrets(services)
  change(draftOf(profile, draft.step))
  profiles.getState().choose(profile.id)
  profiles.getState().set({ notice: '' })
  view.getState().set({ announcement: `The form is ${profile.name} now.` })
}

/** An empty form that is no profile. */
export function emptyForm(services: Services): void {
  const { compose, profiles } = services.stores
  forgetSecrets(services)
  compose.getState().change(emptyDraft())
  compose.getState().set({ files: [], raw: null })
  profiles.getState().choose('')
}

/** What was typed is kept with the profile; what was not leaves what is kept alone. */
function typedSecrets({ stores }: Services): KeptSecrets {
  const { draft, password, secrets } = stores.compose.getState()
  const kind = secretKindOf(draft.mechanism)
  const signsIn = kind === 'password' || kind === 'token'
  return {
    ...(password !== '' && signsIn
      ? { password: { value: password, host: draft.host.trim(), user: draft.user } }
      : {}),
    ...(secrets.clientKey === '' ? {} : { clientKey: secrets.clientKey }),
    ...(secrets.passphrase === '' ? {} : { passphrase: secrets.passphrase }),
    ...(secrets.dkimKey === '' ? {} : { dkimKey: secrets.dkimKey }),
  }
}

interface Save {
  id: string
  name: string
  values: Profile['values']
  secrets?: KeptSecrets
  secretsOf?: string
}

/** Undefined when it is kept, else why not, in words. */
async function put(services: Services, save: Save): Promise<string | undefined> {
  try {
    const answer = await services.client.call('profile.save', save)
    if (!answer.ok) return answer.problems.map(({ message }) => message).join(' ')
    await loadProfiles(services)
    return undefined
  } catch (error) {
    return `It was not saved. ${wordsOf(error)}`
  }
}

/** Saves the form under the name that it has. */
export async function saveProfile(services: Services): Promise<void> {
  const { compose, profiles } = services.stores
  const current = currentOf(profiles.getState())
  if (!current) return askName(services, 'save')
  const values = valuesOf(compose.getState().draft)
  const { id, name } = current
  const problem = await put(services, { id, name, values, secrets: typedSecrets(services) })
  if (problem === undefined) compose.getState().setPassword('')
  profiles.getState().set({ notice: problem ?? `Saved as ${name}.` })
}

/** Opens the question for a name. */
export function askName({ stores }: Services, act: Naming['act']): void {
  const state = stores.profiles.getState()
  const current = currentOf(state)
  const names = state.profiles.map(({ name }) => name)
  const name =
    act === 'rename'
      ? (current?.name ?? '')
      : act === 'duplicate'
        ? copyName(current?.name ?? 'Profile', names)
        : freeName(suggestedName(stores.compose.getState().draft), names)
  state.set({ naming: { act, name, problem: '' } })
}

function saveFor(services: Services, { act, name }: Naming): Save {
  const { compose, profiles } = services.stores
  const current = currentOf(profiles.getState())
  if (act === 'rename' && current) return { id: current.id, name, values: current.values }
  const id = crypto.randomUUID()
  if (act === 'duplicate' && current) return { id, name, values: current.values, secretsOf: current.id }
  return { id, name, values: valuesOf(compose.getState().draft), secrets: typedSecrets(services) }
}

/** Answers the question for a name; a wrong one is told and the question stays. */
export async function giveName(services: Services): Promise<void> {
  const { compose, profiles } = services.stores
  const { naming, set, choose } = profiles.getState()
  if (!naming) return
  const save = saveFor(services, naming)
  const problem = await put(services, save)
  if (problem !== undefined) return set({ naming: { ...naming, problem } })
  choose(save.id)
  // Kept by the engine now: the page needs it no longer.
  if (naming.act === 'save') compose.getState().setPassword('')
  set({
    naming: null,
    notice: naming.act === 'rename' ? `It is ${save.name.trim()} now.` : `Saved as ${save.name.trim()}.`,
  })
}

export async function removeProfile(services: Services): Promise<void> {
  const { profiles } = services.stores
  const current = currentOf(profiles.getState())
  if (!current) return
  const { id, name } = current
  try {
    await services.client.call('profile.remove', { id })
    profiles.getState().choose('')
    profiles.getState().set({ removed: { id, name }, notice: '' })
    await loadProfiles(services)
  } catch (error) {
    profiles.getState().set({ notice: `${name} was not deleted. ${wordsOf(error)}` })
  }
}

export async function restoreProfile(services: Services): Promise<void> {
  const { profiles } = services.stores
  const { removed, set } = profiles.getState()
  if (!removed) return
  try {
    const { restored } = await services.client.call('profile.restore', { id: removed.id })
    if (restored) profiles.getState().choose(removed.id)
    set({
      removed: null,
      notice: restored ? `${removed.name} is back.` : `${removed.name} cannot be restored any more.`,
    })
    await loadProfiles(services)
  } catch (error) {
    set({ notice: `${removed.name} was not restored. ${wordsOf(error)}` })
  }
}

/** Forgets the password or token that is kept for the profile. */
export async function forgetPassword(services: Services): Promise<void> {
  const { profiles } = services.stores
  const current = currentOf(profiles.getState())
  if (!current) return
  const { id, name, values } = current
  const problem = await put(services, { id, name, values, secrets: { password: null } })
  profiles.getState().set({ notice: problem ?? 'The password is forgotten.' })
}

/** All of them, or the one that the form is, as a file without secrets. */
export function exportProfiles({ stores }: Services, which: 'all' | 'current'): void {
  const state = stores.profiles.getState()
  const current = currentOf(state)
  const chosen = which === 'all' ? state.profiles : current ? [current] : []
  if (chosen.length === 0) return
  const name =
    which === 'current' && current ? current.name.replace(/[^\p{L}\p{N}._-]+/gu, '-') : 'relayscope'
  download(`${name.slice(0, 60)}.profiles.json`, profilesFile(chosen))
  state.set({ notice: 'Saved as a file, without passwords, tokens and keys.' })
}

/** Adds the profiles of a file; names that are taken get a number. What is wrong is said in words. */
export async function importProfiles(services: Services, file: File): Promise<void> {
  const { profiles } = services.stores
  const tell = (notice: string) => profiles.getState().set({ notice })
  if (file.size > mostFileText)
    return tell(`“${file.name.slice(0, 80)}” is too large for a file of profiles.`)
  const text = await file.text().catch(() => null)
  if (text === null) return tell(`“${file.name.slice(0, 80)}” cannot be read.`)
  const read = readProfilesFile(file.name, text)
  if (!read.ok) return tell(read.problem)
  const names = profiles.getState().profiles.map(({ name }) => name)
  let added = 0
  for (const { name, draft } of read.profiles) {
    const free = freeName(name, names)
    const problem = await put(services, { id: crypto.randomUUID(), name: free, values: valuesOf(draft) })
    if (problem !== undefined)
      return tell(`${added} of ${read.profiles.length} profiles were added. ${problem}`)
    names.push(free)
    added++
  }
  tell(added === 1 ? `${names.at(-1)} was added. It has no password: type it once.` : `${added} profiles were added, without passwords.`) // prettier-ignore
}
