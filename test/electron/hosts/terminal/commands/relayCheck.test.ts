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

test('rules without fault: what they come to', async () => {
  expect(await run(articlesText.replace(/^smtp-server-tls-certificate.*$/m, ''))).toEqual({
    status: 0,
    out: expect.stringMatching(
      /^2 listeners: 0\/0:25 starttls, 10\.0\.1\.22:587 starttls\n1 user: foo \(password\)\n.*Open relay: no\.\nNo problem found\.\n$/s,
    ),
    said: [],
  })
})
test('a certificate that is not here is a warning with its place, and no fault', async () => {
  const { status, out, said } = await run(articlesText)
  expect([status, out.split('\n').slice(-3)]).toEqual([0, ['Open relay: no.', 'No error, 1 warning.', '']])
  expect(said).toEqual(["rules:18:29: warning: smtp-server-tls-certificate /path/to/cert.pem cannot be read: there is no such file; until it can, listeners show this program's own certificate"])
}) // prettier-ignore
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
  expect(out).toContain('Goes on by no virtual MTA: no rule names a virtual MTA.\n  192.168.0.10 as mail10.yourserver.com\n  TLS required (domain *)\n  tried again after 1 min, 5 min, 15 min, 30 min, 1 h, then every 1 h (default)\n  back to its sender after 5 d (default)') // prettier-ignore
})
test('postmaster without a domain goes nowhere', async () => {
  const { status, out } = await run(articlesText, { client: '203.0.113.77', to: 'postmaster' })
  expect(status).toBe(0)
  expect(out).toContain('→   0  postmaster of this server  [decided]')
  expect(out.split('\n').at(-2)).toBe('Kept in the Inbox: it is to the postmaster of this server.')
})
test('as JSON, with the trace', async () => {
  const { status, out } = await run(articlesText, { client: '10.0.5.20', to: 'a@b.example', json: true })
  expect(status).toBe(0)
  expect(JSON.parse(out)).toMatchObject({
    schema: 'relayscope.relay-check/1',
    text: [], policy: [{ field: 'certificate', line: 18, column: 29 }], unknown: [],
    summary: { users: 1, openRelay: false, errors: 0, warnings: 1 },
    tried: { decision: { relay: true, decidedBy: 1, because: 'Relayed, because clients in 10.0.5.20 may always relay.' }, virtualMta: {}, outbound: { requireStarttls: true } },
  })
}) // prettier-ignore
test('an open relay is a finding; what cannot be run is status 2, with line and column', async () => {
  const open = await run('<source 0/0>\nalways-allow-relaying yes\n</source>\nspool /x\n')
  expect(open.status).toBe(1)
  expect(open.said[0]).toBe('rules:4:1: warning: spool /x is not known here: it is kept and does nothing')
  expect(open.said[1]).toMatch(/^rules: warning: This is an open relay\. 203\.0\.113\.77 may send anywhere/)
  const broken = await run('<source 10/99>\n</source>\nsmtp-listener 1.2.3.4:25\nsmtp-listener 1.2.3.4:25')
  expect(broken.status).toBe(2)
  expect(broken.said[0]).toMatch(/^rules:1:9: error: <source> "10\/99" has a prefix length/)
  expect(broken.said[1]).toMatch(/^rules:4:15: error: port 25 is listened on already in line 3/)
})
test('a file that is not there is named', async () => {
  const io = keptIo()
  expect(await relayCheck(join(folder, 'none'), { tls: false, from: '', json: false }, io)).toBe(2)
  expect(io.said[0]).toMatch(/none cannot be read: there is no such file or folder/)
})
test('a user without a password in the file is told, one by a certificate is not', async () => {
  const text = '<smtp-user foo>\n</smtp-user>\n<smtp-user cert>\n  authentication-method certificate\n</smtp-user>\n<domain *>\n  smarthost hub.example\n  smarthost-user me\n</domain>\n'
  const { status, out, said } = await run(text)
  expect([status, said]).toEqual([0, ['rules:1: warning: user foo has no password in this file; write it in', 'rules: warning: smarthost me has no password in this file; write it in']])
  expect(out).toContain('No error, 2 warnings.')
}) // prettier-ignore
test('what broken rules would do is not told as what they do', async () => {
  const { status, out } = await run('relay-domain a..b\nrelay-domain gannet.example\n', { client: '203.0.113.77', to: 'lee@gannet.example' }) // prettier-ignore
  expect(status).toBe(2)
  expect(out).toMatch(
    /^1 error: these rules cannot be run\. What is right in them would do this:\n\nRelayed, /,
  )
})
