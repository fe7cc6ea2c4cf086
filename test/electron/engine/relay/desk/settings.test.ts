import { expect, test } from 'vitest'
import { defaultSettings, type Kept } from '#engine/relay/desk/saved.ts'
import { withSettings, type SettingsChange } from '#engine/relay/desk/settings.ts'

const kept: Kept = { rules: null, settings: defaultSettings(), secrets: new Map() }
const host = (given: object = {}) =>
  ({ to: 'host', host: 'hub.example', port: 587, tls: 'starttls', user: 'me', ...given }) as const
const after = (before: Kept, change: SettingsChange): Kept => {
  const next = withSettings(before, change)
  if (!next.ok) throw new Error(JSON.stringify(next.problems))
  return next.kept
}
const problems = (change: SettingsChange) => {
  const next = withSettings(kept, change)
  return next.ok ? [] : next.problems.map(({ field, value, message }) => `${field} ${value}: ${message}`)
}

test('what is not named stays; null is the system’s name server', () => {
  const first = after(kept, { resolver: ' 127.0.0.1:5353 ', mxPort: 2526, paused: true })
  expect(first.settings).toEqual({ delivery: { to: 'allowed' }, paused: true, resolver: '127.0.0.1:5353', mxPort: 2526 }) // prettier-ignore
  expect(after(first, { resolver: null, delivery: { to: 'inbox' } }).settings).toEqual({ delivery: { to: 'inbox' }, paused: true, mxPort: 2526 }) // prettier-ignore
})
test('a password stays with its host and user, and does not go along to another', () => {
  const first = after(kept, { delivery: host(), password: 'pw' })
  expect(JSON.stringify(first.settings)).not.toContain('pw')
  expect(first.secrets.get('host')).toBe('pw')
  expect(after(first, { delivery: host() }).secrets.get('host')).toBe('pw')
  expect(withSettings(first, { delivery: host({ host: 'evil.example' }) })).toMatchObject({ problems: [{ field: 'password' }] }) // prettier-ignore
  expect(withSettings(first, { delivery: host({ tls: 'plain' }) }).ok).toBe(false)
  expect(after(first, { delivery: { to: 'allowed' } }).secrets.size).toBe(0)
})
test('a mask is no password: it keeps the one that is saved, and is none where there is none', () => {
  const first = after(kept, { delivery: host(), password: 'pw' })
  expect(after(first, { delivery: host(), password: '********' }).secrets.get('host')).toBe('pw')
  expect(problems({ delivery: host(), password: '********' })[0]).toMatch(/^password : /)
})
test('what is wrong is told by field', () => {
  expect(problems({ resolver: 'ns.example' })).toEqual(['resolver ns.example: Give the name server as an address, as 192.0.2.53:53 or [2001:db8::53]:53.']) // prettier-ignore
  expect(problems({ delivery: host() })).toEqual(['password : me has no saved password for hub.example; give one']) // prettier-ignore
  expect(problems({ delivery: host({ host: 'a b', user: undefined }) })[0]).toMatch(/^delivery\.host a b: /)
  expect(problems({ delivery: host({ host: 'smtp://x.example', user: undefined }) })[0]).toMatch(/^delivery\.host .*: Write x\.example alone/) // prettier-ignore
})
