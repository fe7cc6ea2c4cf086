import { describe, expect, test } from 'vitest'
import { emptyDraft } from '#renderer/model/compose.ts'
import {
  copyName,
  draftOf,
  freeName,
  isChanged,
  profilesFile,
  readProfilesFile,
  suggestedName,
  valuesOf,
} from '#renderer/model/profiles.ts'

const draft = { ...emptyDraft(), host: 'smtp.harbour.example', user: 'ann' }
const values = valuesOf(draft)

test('values are the form by allow-list, and no private key is among them', () => {
  const key = '-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----'
  const found = JSON.stringify(
    valuesOf(Object.assign({}, draft, { password: 'tr0ub4dor', clientCert: key, ca: key })),
  )
  expect(found).not.toContain('tr0ub4dor')
  expect(found).not.toContain('PRIVATE KEY')
})
test('the form is the profile again; stepping is no part of it', () => {
  expect(draftOf({ values })).toEqual(draft)
  expect(isChanged({ ...draft, step: true }, { values })).toBe(false)
  expect(isChanged({ ...draft, host: 'x' }, { values })).toBe(true)
})
test('names are free', () => {
  expect(freeName('A', ['a', 'A 2'])).toBe('A 3')
  expect(copyName('A', ['A'])).toBe('A copy')
  expect(freeName('  ', [])).toBe('Profile')
  expect(suggestedName(draft)).toBe('smtp.harbour.example, ann')
  expect(suggestedName({ host: '', user: '' })).toBe('New profile')
})

describe('files', () => {
  test('what is written is read', () => {
    const read = readProfilesFile('p.json', profilesFile([{ name: 'Harbour', values }]))
    expect(read).toEqual({ ok: true, profiles: [{ name: 'Harbour', draft }] })
  })
  test('a value that is unknown or wrong is left out, the rest is taken', () => {
    const text = JSON.stringify({
      format: 'relayscope-profiles',
      version: 1,
      profiles: [{ name: 'A', values: { host: 'h', tls: 'ssl3', password: 'x' } }],
    })
    const read = readProfilesFile('p.json', text)
    expect(read.ok && read.profiles[0]?.draft).toMatchObject({ host: 'h', tls: 'starttls' })
    expect(JSON.stringify(read)).not.toContain('password')
  })
  test.each([
    ['hello', /not JSON/],
    ['[]', /no file of profiles/],
    ['{"format":"relayscope-profiles","version":7}', /version 7/],
    ['{"format":"relayscope-profiles","version":1,"profiles":[]}', /cannot be read at profiles/],
    ['{"format":"relayscope-profiles","version":1,"profiles":[{"name":""}]}', /profiles\.0\.name/],
  ])('%s is answered in words', (text, words) => {
    const read = readProfilesFile('wrong.json', text)
    expect(!read.ok && read.problem).toMatch(words)
    expect(!read.ok && read.problem).toContain('wrong.json')
  })
})
