import { expect, test } from 'vitest'
import { defaultSettings } from '#engine/relay/desk/saved.ts'
import { relayStatus } from '#engine/relay/status.ts'
import { articlesPolicy } from '#test/support/relay/articles.ts'

const counts = { waiting: 1, delivering: 2, held: 3, delivered: 4, bounced: 5, dropped: 6 }
const version = { attempts: 1, queue: 2, reports: 3, rules: 4 }

test('settings, counts and virtual MTAs with what is queued for each', () => {
  const rules = { policy: articlesPolicy(), secrets: new Map([['user foo', 'barbaz']]), settings: defaultSettings(), allowed: ['a.example'], name: 'mx.example' } // prettier-ignore
  const desk = { rules: () => rules, openRelay: ['why'], testedAt: new Date(0) }
  const status = relayStatus(desk, { counts: () => counts, queuedBy: (name) => name.length }, version)
  expect(status).toEqual({
    settings: defaultSettings(),
    name: 'mx.example',
    counts,
    virtualMtas: [
      { name: 'mta1', sourceHosts: [{ address: '1.2.3.4', name: 'mta1.yourserver.com' }], tls: 'required', retryAfter: 600_000, queued: 4 },
      { name: 'mta2', sourceHosts: [{ address: '2.3.4.5', name: 'mta2.yourserver.com' }], tls: 'off', retryAfter: 2_700_000, queued: 4 },
    ],
    openRelay: ['why'],
    testedAt: '1970-01-01T00:00:00.000Z',
    allowedHosts: ['a.example'],
    version,
  })
  expect(JSON.stringify(status)).not.toContain('barbaz')
  expect(relayStatus(desk, { counts: () => counts, queuedBy: () => 0 }, version, true).asleep).toBe(true)
}) // prettier-ignore
