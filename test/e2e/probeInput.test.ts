/** What people paste where a host is asked for, given to `probe` as typed: understood, or answered in words. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { mail } from '#test/support/dialogue/scriptedServer.ts'
import { a, mx, type ScriptedDns, startDns, zone } from '#test/support/dns/scriptedDns.ts'
import { servers } from '#test/support/probe.ts'
import { keptIo } from '#test/support/terminal/fakes.ts'
import { probe, type ProbeOptions } from '../../electron/hosts/terminal/commands/probe.ts'
import { type Bench, openBench } from '../electron/engine/handlers/support.ts'

const scripted = servers()
let bench: Bench
let dns: ScriptedDns
let port: number
beforeAll(async () => {
  const many = Array.from({ length: 20 }, (_, at) => a('many.test', `127.0.0.${at + 1}`))
  const known = [a('mail.test', '127.0.0.1'), a('xn--bcher-kva.test', '127.0.0.1'), mx('empty.test', 0, '.')]
  dns = await startDns(zone([...many, ...known]))
  port = (await scripted.serve(mail())).port
  bench = await openBench()
})
afterAll(async () => {
  await bench.stop()
  await dns.stop()
  await scripted.close()
})

async function asked(host: string, more: Partial<ProbeOptions> = {}) {
  const io = keptIo()
  const usual = { family: 0, timeout: 2000, json: false, markdown: false, tlsScan: false, validating: false, control: [], mx: false, ptr: false } as const // prettier-ignore
  const ports = [{ port, mode: 'plain' as const }]
  const options = { ...usual, control: [], ports, resolver: dns.server, ...more }
  const status = await probe(host, options, io, (_, use) => use(bench.client))
  return { status, out: io.written, said: io.said.join('\n') }
}

test.each([
  ['a URL', 'https://mail.test/inbox?x=1', 'https://mail.test/inbox?x=1 was understood as mail.test'],
  ['an address', '127.0.0.1', '127.0.0.1 answers on port'],
  ['an address in brackets', '[127.0.0.1]', '127.0.0.1 answers on port'],
  ['letters beyond ASCII', 'bücher.test', 'bücher.test is looked up as xn--bcher-kva.test'],
  ['a trailing dot and spaces', '  mail.test.  ', 'mail.test answers on port'],
])('%s is understood', async (_, host, words) => {
  const { status, out } = await asked(host)
  expect(out).toContain(words)
  expect(status).toBe(0)
})

test('a port typed with the host is the one that is probed', async () => {
  const { status, out } = await asked(`mail.test:${port}`, { ports: [] })
  expect(out).toContain(`mail.test:${port} was understood as mail.test, port ${port}`)
  expect(status).toBe(0)
})

test.each([
  ['a mailbox', 'anna@mail.test', 'is a mailbox, not a host'],
  ['nothing', ' ', 'The host is empty'],
  ['an IPv6 address with an empty zone', 'fe80::1%', 'fe80::1%'],
])('%s is refused in words, and nobody is contacted', async (_, host, words) => {
  const { status, said, out } = await asked(host)
  expect(said).toContain(words)
  expect({ status, out }).toEqual({ status: 2, out: '' })
})

test.each([993, 995, 143, 110])('port %i is said to read mail', async (reading) => {
  const typed = await asked(`mail.test:${reading}`, { ports: [] })
  const listed = await asked('mail.test', { ports: [{ port: reading }] })
  for (const { status, said } of [typed, listed]) {
    expect(said).toMatch(/reads mail and does not send any\. To send use 587, 465 or 2525/)
    expect(status).toBe(2)
  }
})

test('an empty zone and the null MX are named, as host and as domain', async () => {
  expect((await asked('nothing.test')).out).toContain(
    'The name nothing.test was looked up and has no address',
  )
  expect((await asked('nothing.test', { mx: true })).out).toContain('There is no domain nothing.test')
  expect((await asked('empty.test', { mx: true })).out).toContain('takes no mail at all')
})

test('of twenty addresses some are probed, and the others are named', async () => {
  const { out } = await asked('many.test')
  expect(out).toContain('many.test has 20 addresses; 8 are tried')
  expect(out).toContain('127.0.0.20')
})
