/**
 * A busy Exim: on its port with implicit TLS it says in clear, before TLS, that it has too many connections. That is a limit,
 * and says nothing about what the port speaks or which TLS it has.
 */
import { connect, type Socket } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startExim, whyNoExim } from '../support/peers/exim.ts'
import type { Peer } from '../support/peers/peer.ts'
import { codesOf, probe } from '../support/probe.ts'
import { ourScan } from '../support/tls/scanners.ts'

const why = whyNoExim()
let exim: Peer | undefined
let holder: Socket | undefined

beforeAll(async () => {
  if (why !== null) return
  exim = await startExim({ most: 1 })
  holder = await greeted(exim.ports.starttls)
})
afterAll(async () => {
  holder?.destroy()
  await exim?.stop()
})

/** A connection that was let in. The one that only looked whether Exim is up may have to be forgotten first. */
async function greeted(port: number): Promise<Socket> {
  for (let tries = 0; tries < 100; tries++) {
    const socket = connect(port, '127.0.0.1')
    socket.on('error', () => {})
    const first = await new Promise<string>((done) => {
      socket.once('data', (said) => done(said.toString('latin1')))
      socket.once('close', () => done(''))
    })
    if (first.startsWith('220')) return socket
    socket.destroy()
  }
  throw new Error('Exim let nobody in')
}

test('the probe reports the limit', async ({ skip }) => {
  skip(why !== null, why ?? '')
  const { results } = await probe({ ports: [{ port: exim!.ports.implicit, mode: 'implicit' }], ca: exim!.ca })
  expect(codesOf(results[0])).toContain('banner-rejected')
  expect(codesOf(results[0])).not.toContain('port-speaks-plain')
  expect(JSON.stringify(results[0])).toContain('Too many concurrent SMTP connections')
})

test('the TLS scan says that it was turned away, not that nothing is accepted', async ({ skip }) => {
  skip(why !== null, why ?? '')
  const scan = await ourScan(exim!.ports.implicit, 'implicit')
  expect(scan.stopped).toMatchObject({ step: 'banner', why: 'rejected' })
  expect(scan.stopped?.reply).toMatch(/^421 Too many concurrent/)
  expect(scan.facts.versions.every(({ refusal }) => refusal === undefined)).toBe(true)
})
