import { beforeEach, expect, test, vi } from 'vitest'
import {
  askName,
  chooseProfile,
  emptyForm,
  exportProfiles,
  followProfiles,
  forgetPassword,
  giveName,
  importProfiles,
  loadProfiles,
  removeProfile,
  restoreProfile,
  saveProfile,
} from '#renderer/flows/profiles.ts'
import { emptyDraft } from '#renderer/model/compose.ts'
import { profilesFile, valuesOf } from '#renderer/model/profiles.ts'
import type { CallResult } from '#shared/rpc/contract.ts'
import type { Profile } from '#shared/rpc/contract/profile.ts'
import { arrive, fakeServices } from '#test/support/services.ts'

let services: ReturnType<typeof fakeServices>
let kept: Profile[]
let removed: Profile[]
const one = (id: string, name: string): Profile => ({ id, name, values: valuesOf({ ...emptyDraft(), host: `${id}.example` }), kept: ['password'] }) // prettier-ignore
beforeEach(() => {
  services = fakeServices()
  kept = [one('p1', 'One'), one('p2', 'Two')]
  removed = []
  services.client
    .on('profile.list', () => ({ profiles: kept, keeps: 'memory' as const }))
    .on('profile.save', ({ id, name, values }): CallResult<'profile.save'> => {
      if (name.trim() === '')
        return { ok: false as const, problems: [{ field: 'name', value: '', message: 'The name is empty.' }] }
      const profile: Profile = { id, name: name.trim(), values, kept: [] }
      kept = [...kept.filter((known) => known.id !== id), profile]
      return { ok: true as const, profile }
    })
    .on('profile.remove', ({ id }) => {
      removed = kept.filter((known) => known.id === id)
      kept = kept.filter((known) => known.id !== id)
      return { removed: true }
    })
    .on('profile.restore', () => {
      kept = [...removed, ...kept]
      return { restored: true }
    })
})
const state = () => services.stores.profiles.getState()
const compose = () => services.stores.compose.getState()
const choose = async (place = 0) => {
  await loadProfiles(services)
  chooseProfile(services, kept[place]!)
}

test('the list is read while it is shown', async () => {
  const stop = followProfiles(services)
  await arrive()
  expect(state()).toMatchObject({ state: 'ready', profiles: [{ name: 'One' }, { name: 'Two' }] })
  stop()
})
test('choosing one fills the form and forgets what was typed for another', async () => {
  compose().setPassword('tr0ub4dor')
  compose().setSecrets({ clientKey: 'K', apiKey: 'A' })
  await choose(1)
  expect(compose()).toMatchObject({
    draft: { host: 'p2.example' },
    password: '',
    secrets: { clientKey: '', apiKey: '' },
  })
  expect(state().current).toBe('p2')
})
test('a new one keeps what was typed, for its host and user only; the page then forgets it', async () => {
  compose().change({ ...emptyDraft(), host: 'h.example', user: 'ann' })
  compose().setPassword('tr0ub4dor')
  askName(services, 'save')
  expect(state().naming?.name).toBe('h.example, ann')
  await giveName(services)
  const [saved] = services.client.asked('profile.save')
  expect(saved?.secrets.password).toEqual({ value: 'tr0ub4dor', host: 'h.example', user: 'ann' })
  expect(JSON.stringify(saved?.values)).not.toContain('tr0ub4dor')
  expect(compose().password).toBe('')
  expect(state()).toMatchObject({ naming: null, current: saved?.id })
})
test('a wrong name is told and the question stays', async () => {
  askName(services, 'save')
  state().set({ naming: { act: 'save', name: '', problem: '' } })
  await giveName(services)
  expect(state().naming?.problem).toBe('The name is empty.')
})
test('saving changes, renaming, duplicating', async () => {
  await choose()
  compose().change({ ...compose().draft, host: 'new.example' })
  await saveProfile(services)
  expect(services.client.asked('profile.save').at(-1)).toMatchObject({
    id: 'p1',
    name: 'One',
    values: { host: 'new.example' },
  })
  askName(services, 'duplicate')
  await giveName(services)
  expect(services.client.asked('profile.save').at(-1)).toMatchObject({ name: 'One copy', secretsOf: 'p1' })
  askName(services, 'rename')
  state().set({ naming: { act: 'rename', name: 'Other', problem: '' } })
  await giveName(services)
  expect(kept.some(({ name }) => name === 'Other')).toBe(true)
})
test('deleted and undone', async () => {
  await choose()
  await removeProfile(services)
  expect(state()).toMatchObject({ removed: { name: 'One' }, current: '' })
  await restoreProfile(services)
  expect(state()).toMatchObject({ removed: null, current: 'p1' })
})
test('a kept password can be forgotten', async () => {
  await choose()
  await forgetPassword(services)
  expect(services.client.asked('profile.save')[0]?.secrets).toEqual({ password: null })
})
test('an empty form is no profile and has no files', async () => {
  await choose()
  emptyForm(services)
  expect(compose().draft.host).toBe('')
  expect(state().current).toBe('')
})
test('files: out without secrets, in with free names, a wrong one in words', async () => {
  await choose()
  const blobs: Blob[] = []
  URL.createObjectURL = (blob: Blob) => `blob:${blobs.push(blob)}`
  URL.revokeObjectURL = () => {}
  const click = vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(() => {})
  exportProfiles(services, 'all')
  click.mockRestore()
  expect(await blobs[0]?.text()).toContain('relayscope-profiles')
  const file = new File([profilesFile([kept[0]!])], 'p.json')
  await importProfiles(services, file)
  expect(kept.map(({ name }) => name)).toContain('One 2')
  await importProfiles(services, new File(['nope'], 'x.json'))
  expect(state().notice).toMatch(/x\.json.*not JSON/)
})
test('when the engine does not answer that is said', async () => {
  await choose()
  services.client.on('profile.save', () => { throw new Error('Gone.') }) // prettier-ignore
  await saveProfile(services)
  expect(state().notice).toMatch(/not saved/)
  services.client.on('profile.list', () => { throw new Error('Gone.') }) // prettier-ignore
  await loadProfiles(services)
  expect(state()).toMatchObject({ state: 'failed', profiles: [{}, {}] })
})
