/**
 * Every stop point at a real Postfix, which says in its log what it saw: which commands came, whether QUIT did, and how
 * many octets of a message. Nothing of what was stopped is delivered.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { DialogueRequest } from '#shared/rpc/contract/dialogue.ts'
import { messageSource } from '#engine/message/source.ts'
import { runCli } from '../support/cli.ts'
import { start } from '../support/dialogue/start.ts'
import { type Postfix, postfixUser, startPostfix, whyNoPostfix } from '../support/postfix.ts'

const why = whyNoPostfix()
let postfix: Postfix
beforeAll(async () => {
  if (why === null) postfix = await startPostfix()
})
afterAll(async () => {
  if (why === null) await postfix.stop()
})

const text = `From: s@box.test\r\nSubject: stopped\r\n\r\n${'0123456789abcdef'.repeat(4)}\r\n`.repeat(100)
const to = ['a@box.test', 'b@box.test', 'c@box.test']

type Change = Omit<Partial<DialogueRequest>, 'target'> & { target?: Partial<DialogueRequest['target']> }

const compose = async () => ({ ok: true, source: messageSource(new TextEncoder().encode(text)) }) as const

/** What came of it, and what Postfix logged of this one connection. */
async function stop(change: Change): Promise<{ message: string; log: string }> {
  const before = postfix.log().length
  const port = postfix.ports.starttls
  const run = await start(port, { message: { from: 's@box.test', to }, ...change }, { compose })
  const { outcome, message, timings } = await run.result
  expect([outcome, message.startsWith('Stopped')], message).toEqual(['stopped', true])
  expect(timings?.total).toBeGreaterThan(0)
  await expect.poll(() => postfix.log().slice(before), { timeout: 15_000 }).toContain('disconnect from')
  return { message, log: postfix.log().slice(before) }
}

const auth = { mechanism: 'plain', allowUnprotected: true, ...postfixUser } as const

describe.skipIf(why !== null)('Postfix sees', () => {
  const ways: [words: string, change: () => Change, seen: RegExp][] = [
    ['the greeting, then QUIT', () => ({ stopAfter: 'connect' }), /disconnect from \S+ quit=1 commands=1/],
    ['the greeting, then an end', () => ({ stopAfter: 'connect', stopHow: 'close' }), /lost connection after CONNECT/],
    ['EHLO, then QUIT', () => ({ stopAfter: 'ehlo' }), /disconnect from \S+ ehlo=1 quit=1 commands=2/],
    ['EHLO, then a reset', () => ({ stopAfter: 'ehlo', stopHow: 'reset' }), /lost connection after EHLO/],
    ['TLS and EHLO in it, then QUIT', () => ({ stopAfter: 'tls', target: { tls: 'starttls', ca: postfix.ca, serverName: 'localhost' } }), /ehlo=2 starttls=1 quit=1 commands=4/],
    ['AUTH, then an end', () => ({ stopAfter: 'auth', stopHow: 'close', auth, target: { port: postfix.ports.clearAuth } }), /lost connection after AUTH/],
    ['MAIL, then an end', () => ({ stopAfter: 'mail', stopHow: 'close' }), /lost connection after MAIL/],
    ['two recipients of three, then QUIT', () => ({ stopAfter: 'rcpt', stopAt: { recipient: 2 } }), /ehlo=1 mail=1 rcpt=2 quit=1 commands=5/],
    ['one recipient, then a reset', () => ({ stopAfter: 'rcpt', stopAt: { recipient: 1 }, stopHow: 'reset' }), /lost connection after RCPT/],
    ['every recipient and no DATA', () => ({ stopAfter: 'rcpt', stopHow: 'close' }), /lost connection after RCPT[^]*rcpt=3 commands/],
    ['DATA and no octet', () => ({ stopAfter: 'data' }), /lost connection after DATA \(0 bytes\)/],
    ['a thousand octets', () => ({ stopAfter: 'body', stopAt: { octets: 1000 } }), /lost connection after DATA \((?:9\d\d|1000) bytes\)/],
    ['a thousand octets, then a reset', () => ({ stopAfter: 'body', stopAt: { octets: 1000 }, stopHow: 'reset' }), /lost connection after DATA \((?:9\d\d|1000) bytes\)/],
    ['all but the dot', () => ({ stopAfter: 'body', stopAt: { beforeDot: true } }), new RegExp(`lost connection after DATA \\(${text.length} bytes\\)`)],
    ['a chunk, then QUIT', () => ({ stopAfter: 'body', stopAt: { octets: 1000 }, extensions: { chunking: 'on' } }), /mail=1 rcpt=3 bdat=1 quit=1/],
    ['a chunk, then an end', () => ({ stopAfter: 'body', stopAt: { octets: 1000 }, stopHow: 'close', extensions: { chunking: 'on' } }), /lost connection after BDAT/],
  ] // prettier-ignore
  test.each(ways)('%s', async (_, change, seen) => {
    const { log } = await stop(change())
    expect(log).toMatch(seen)
    expect(log).not.toContain('queued')
  })

  test('nothing of all that was kept', async () => {
    const args = ['send', '--host', '127.0.0.1', '--port', String(postfix.ports.starttls), '--tls', 'none', '--from', 's@box.test', '--to', 'a@box.test,b@box.test', '--subject', 'whole', '--stop-after'] // prettier-ignore
    const cut = await runCli([...args, 'dot', '--stop-how', 'reset'])
    expect([cut.status, cut.err]).toEqual([0, expect.stringContaining('before the final dot')])
    const quit = await runCli([...args, 'body:5', '--stop-how', 'quit'])
    expect([quit.status, quit.err]).toEqual([2, expect.stringContaining('--stop-how')])
    const nth = await runCli([...args, 'rcpt:3'])
    expect([nth.status, nth.err]).toEqual([2, expect.stringContaining('--stop-after')])
    expect((await runCli([...args, 'end', '--stop-how', 'close'])).status).toBe(0)
    await expect.poll(() => postfix.delivered().length, { timeout: 15_000 }).toBe(2)
    for (const message of postfix.delivered()) expect(message.toString()).toContain('Subject: whole')
  })
})
