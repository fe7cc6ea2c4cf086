import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { keptIo } from '#test/support/terminal/fakes.ts'
import { articlesText } from '#test/support/relay/articles.ts'
import {
  relayCheck,
  type RelayCheckOptions,
} from '../../../../../electron/hosts/terminal/commands/relayCheck.ts'

const folder = mkdtempSync(join(tmpdir(), 'relayscope-relay-'))
afterAll(() => rmSync(folder, { recursive: true }))

async function run(text: string, given: Partial<RelayCheckOptions> = {}) {
  const io = keptIo()
  const file = join(folder, 'rules')
  writeFileSync(file, text)
  const status = await relayCheck(file, { tls: false, from: 'a@shop.example', json: false, ...given }, io)
  return { status, out: io.written, said: io.said.map((words) => words.replace(file, 'rules')) }
}

test('rules without fault', async () => {
  expect(await run(articlesText)).toEqual({
    status: 0,
    out: 'Nothing is wrong with these rules.\n',
    said: [],
  })
})
test('a stranger is refused: status 1, every rule, and what would let it through', async () => {
  const { status, out } = await run(articlesText, { client: '203.0.113.77', to: 'lee@gannet.example' })
  expect(status).toBe(1)
  expect(out).toContain('Refused, because nobody had signed in and everybody must.\n  530 5.7.0 Authentication required')
  expect(out).toContain('Offered to this client: STARTTLS offered; AUTH after TLS only.')
  expect(out).toContain('→   7  source 0/0 require-auth true  [decided]')
  expect(out).toContain('-   8  everybody else  [not reached]')
  expect(out).toContain('What would let it through:\n  ✓ Sign in as foo, over TLS')
  expect(out).not.toContain('barbaz')
}) // prettier-ignore
test('foo over TLS may relay: status 0, and how it goes on', async () => {
  const { status, out } = await run(articlesText, { client: '203.0.113.77', to: 'lee@gannet.example', user: 'foo', tls: true }) // prettier-ignore
  expect(status).toBe(0)
  expect(out).toContain('Relayed, because foo has signed in.')
  expect(out).toContain('Goes on by no virtual MTA: no rule names a virtual MTA.\n  TLS required (domain *); tried again after 1 min, 5 min, 15 min, 30 min, 60 min (default)') // prettier-ignore
})
test('as JSON, with the trace', async () => {
  const { status, out } = await run(articlesText, { client: '10.0.5.20', to: 'a@b.example', json: true })
  expect(status).toBe(0)
  expect(JSON.parse(out)).toMatchObject({
    schema: 'relayscope.relay-check/1',
    text: [], policy: [], unknown: [],
    tried: { decision: { relay: true, decidedBy: 1, because: 'Relayed, because clients in 10.0.5.20 may always relay.' }, virtualMta: {}, outbound: { requireStarttls: true } },
  })
}) // prettier-ignore
test('an open relay is a finding; what cannot be run is status 2, with line and column', async () => {
  const open = await run('<source 0/0>\nalways-allow-relaying yes\n</source>\nspool /x\n')
  expect(open.status).toBe(1)
  expect(open.said[0]).toMatch(/^rules: warning: This is an open relay\. 203\.0\.113\.77 may send anywhere/)
  expect(open.said.at(-1)).toBe('rules:4: kept and not used here: spool /x')
  const broken = await run('<source 10/99>\n</source>\nsmtp-listener 1.2.3.4:25\nsmtp-listener 1.2.3.4:25')
  expect(broken.status).toBe(2)
  expect(broken.said[0]).toMatch(/^rules:1:9: <source> "10\/99" has a prefix length/)
  expect(broken.said[1]).toMatch(/^rules:4: error: port 25 is listened on already in line 3/)
})
test('a file that is not there is named', async () => {
  const io = keptIo()
  expect(await relayCheck(join(folder, 'none'), { tls: false, from: '', json: false }, io)).toBe(2)
  expect(io.said[0]).toMatch(/none cannot be read: there is no such file or folder/)
})
