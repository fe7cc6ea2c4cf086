import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import type { TranscriptEvent } from '#shared/transcript/event.ts'
import { engineOf, fakeClient, keptIo } from '#test/support/terminal/fakes.ts'
import { replay, type ReplayOptions } from '../../../../../electron/hosts/terminal/commands/replay.ts'

const folder = mkdtempSync(join(tmpdir(), 'relayscope-replay-'))
afterAll(() => rmSync(folder, { recursive: true }))
const file = join(folder, 'case.json')
writeFileSync(file, '{}')

const options: ReplayOptions = { tls: 'starttls', insecure: false, auth: 'auto', allowCleartextAuth: false, pace: 'fast', pick: 1, json: false } // prettier-ignore
const to = { host: 'mx.test', port: 25 }
const end: TranscriptEvent = { session: 'new', seq: 1, at: 1, phase: 'other', direction: 'none', kind: 'end', outcome: 'completed', by: 'client', message: 'Done.' } // prettier-ignore
const result = { session: 'new', outcome: 'accepted', message: 'Taken.', recipients: [] } as const

const client = (sessions: string[] = ['old']) =>
  fakeClient(
    {
      'transcript.import': () => ({ sessions, problems: [], form: null }),
      'replay.client': () => ({ ok: true, session: 'new' }),
      'dialogue.result': () => ({ ...result, recipients: [] }),
    },
    { 'transcript.events': (feed) => (feed.event(end), feed.end()) },
  )

test('it goes to the server that is named and nowhere else, with the password given anew', async () => {
  const io = keptIo({ SECRET: 'pass' })
  const fake = client()
  expect(
    await replay(file, { ...options, to, user: 'me', passwordEnv: 'SECRET' }, io, engineOf(fake).withEngine),
  ).toBe(0)
  expect(fake.calls).toContainEqual(['replay.client', {
    session: 'old', pace: 'fast', target: { ...to, tls: 'starttls', certificate: 'check' },
    auth: { mechanism: 'auto', user: 'me', password: 'pass', allowUnprotected: false },
  }]) // prettier-ignore
  expect(io.said).toContain('Taken.')
  expect(io.written).toContain('Done.')
})

async function told(change: Partial<ReplayOptions>) {
  const fake = client()
  expect(await replay(file, { ...options, to, ...change }, keptIo(), engineOf(fake).withEngine)).toBe(0)
  return fake.calls.find(([name]) => name === 'replay.client')?.[1]
}

test('it signs in by a certificate, or by nobody', async () => {
  const pem = join(folder, 'client.pem')
  writeFileSync(pem, 'PEM')
  expect(await told({ auth: 'external', clientCert: pem })).toMatchObject({
    auth: { mechanism: 'external', user: '' },
    target: { clientCertificate: { cert: 'PEM', key: 'PEM' } },
  })
  expect(await told({})).not.toHaveProperty('auth')
})

test('without a place, or with two, nothing is read', async () => {
  await expect(replay(file, options, keptIo(), engineOf(client()).withEngine)).rejects.toThrow(
    '--to HOST:PORT',
  )
  const both = { ...options, to, listen: { address: '127.0.0.1', port: 0 } }
  await expect(replay(file, both, keptIo(), engineOf(client()).withEngine)).rejects.toThrow('--listen')
})

test('a file without the dialogue that is meant is said', async () => {
  const io = keptIo()
  expect(await replay(file, { ...options, to }, io, engineOf(client([])).withEngine)).toBe(2)
  expect(io.said.join()).toContain('holds no dialogue')
  expect(await replay(file, { ...options, to, pick: 3 }, io, engineOf(client()).withEngine)).toBe(2)
  expect(io.said.join()).toContain('--pick 3')
})

test('on a port it answers until Ctrl+C', async () => {
  const io = keptIo()
  const port = { id: 'r1', session: 'old', title: 'Replay of x', address: '127.0.0.1', port: 4000, tls: 'none', pace: 'fast', sessions: 0, total: 0, latest: [], notes: ['A note.'] } as const // prettier-ignore
  const fake = fakeClient(
    {
      'transcript.import': () => ({ sessions: ['old'], problems: [], form: null }),
      'replay.server': () => ({ ok: true, replay: { ...port, latest: [], notes: ['A note.'] } }),
      'replay.stop': () => ({ stopped: true }),
      'app.info': () =>
        ({ version: '1', host: 'test', dataFolder: '/d', caFile: '/d/ca.pem', platform: 'linux' }) as never,
    },
    { 'transcript.changes': () => io.interrupt() },
  )
  expect(
    await replay(
      file,
      { ...options, listen: { address: '127.0.0.1', port: 4000 } },
      io,
      engineOf(fake).withEngine,
    ),
  ).toBe(0)
  expect(io.said).toEqual([expect.stringContaining('Answering as recorded on 127.0.0.1:4000'), 'A note.'])
  expect(fake.calls.at(-1)).toEqual(['replay.stop', { id: 'r1' }])
})

test('answering with TLS, it names the authority that clients must trust', async () => {
  const io = keptIo()
  const port = { id: 'r1', session: 'old', title: 'Replay of x', address: '127.0.0.1', port: 4000, tls: 'starttls', pace: 'fast', sessions: 0, total: 0, latest: [], notes: ['A note.'] } as const // prettier-ignore
  const fake = fakeClient(
    {
      'transcript.import': () => ({ sessions: ['old'], problems: [], form: null }),
      'replay.server': () => ({ ok: true, replay: { ...port, latest: [], notes: ['A note.'] } }),
      'replay.stop': () => ({ stopped: true }),
      'app.info': () =>
        ({ version: '1', host: 'test', dataFolder: '/d', caFile: '/d/ca.pem', platform: 'linux' }) as never,
    },
    { 'transcript.changes': () => io.interrupt() },
  )
  expect(
    await replay(
      file,
      { ...options, listen: { address: '127.0.0.1', port: 4000 } },
      io,
      engineOf(fake).withEngine,
    ),
  ).toBe(0)
  expect(io.said.at(-1)).toMatch(/clients must trust.*\/d\/ca\.pem.*--ca FILE/)
})
