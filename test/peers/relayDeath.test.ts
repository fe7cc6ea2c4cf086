/**
 * Real ends in the middle: a Postfix that is killed when it has the final dot, a wire that is cut before its 250 comes back,
 * a network that is not there, a disk that is full. Nothing is lost, a second copy comes only where it was said to be possible.
 */
import { connect, createServer, type Socket } from 'node:net'
import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test, vi } from 'vitest'
import { startPostfix, whyNoPostfix } from '../support/postfix.ts'
import { mailServer } from '../support/relay/deliveryServer.ts'
import { inState, live, triedAgain } from '../support/relay/live.ts'
import { startPolicyService } from '../support/relay/policyService.ts'
import { emptyFolder, portOf } from '../support/server/place.ts'
import { smallDisk, whyNot } from '../support/terminal/namespace.ts'

const kim = 'kim@box.test'
const smarthost = (port: number): string =>
  `<domain *>\nsmarthost 127.0.0.1:${port} plain\nretry-after 20m\n</domain>\n`
const duplicate =
  /after the final dot: the server may have taken the message, so a second copy is possible\.$/
const noPostfix = whyNoPostfix()
const because = noPostfix === null ? '' : ` (skipped: ${noPostfix})`

test.skipIf(noPostfix !== null)(
  `Postfix killed by SIGKILL when it has the dot: one copy in the end, and the words warn of two${because}`,
  async () => {
    const policy = await startPolicyService()
    onTestFinished(() => policy.stop())
    const main = `smtpd_end_of_data_restrictions = check_policy_service inet:127.0.0.1:${policy.port}\nservice_throttle_time = 1s\n`
    const postfix = await startPostfix({ main })
    onTestFinished(() => postfix.stop())
    const relay = await live({ rules: smarthost(postfix.ports.starttls), allowed: ['127.0.0.1'] })
    await relay.give({ to: kim })
    const { asked } = await policy.next()
    expect(asked.get('protocol_state')).toBe('END-OF-MESSAGE')
    const [, pid] = /smtpd\[(\d+)\]: connect from/.exec(postfix.log())!
    process.kill(Number(pid), 'SIGKILL')
    const tried = await relay.when(kim, triedAgain())
    expect(tried.words).toMatch(duplicate)
    policy.letGo()
    await relay.client.call('relay.act', { act: 'retry', target: { ids: [tried.id] } })
    const done = await relay.when(kim, inState('delivered'))
    expect(done.history.map(({ outcome }) => outcome)).toEqual(['again', 'delivered'])
    await vi.waitFor(() => expect(postfix.delivered()).toHaveLength(1), 20_000)
    expect(postfix.log()).toMatch(/killed by signal 9/)
  },
)

/** Hands everything on until the server's answer to the content, which is withheld once, and the wire with it. */
async function cutBeforeTheAnswer(to: number): Promise<number> {
  let cut = false
  const open = new Set<Socket>()
  const server = createServer((near) => {
    const far = connect({ port: to, host: '127.0.0.1' })
    for (const one of [near, far]) open.add(one.on('error', () => {}).on('close', () => open.delete(one)))
    near.pipe(far)
    near.on('close', () => far.destroy())
    far.on('close', () => near.destroy())
    far.on('data', (bytes: Buffer) => {
      const answer = !cut && bytes.includes('queued as')
      cut ||= answer
      if (answer) near.resetAndDestroy()
      else near.write(bytes)
    })
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  onTestFinished(() => {
    server.close()
    for (const socket of open) socket.destroy()
  })
  return portOf(server)
}

test.skipIf(noPostfix !== null)(
  `a wire cut before Postfix’s 250 comes back: two copies, as was said${because}`,
  async () => {
    const postfix = await startPostfix()
    onTestFinished(() => postfix.stop())
    const relay = await live({
      rules: smarthost(await cutBeforeTheAnswer(postfix.ports.starttls)),
      allowed: ['127.0.0.1'],
    })
    await relay.give({ to: kim })
    const tried = await relay.when(kim, triedAgain())
    expect(tried.words).toMatch(duplicate)
    await relay.client.call('relay.act', { act: 'retry', target: { ids: [tried.id] } })
    await relay.when(kim, inState('delivered'))
    await vi.waitFor(() => expect(postfix.delivered()).toHaveLength(2), 20_000)
  },
)

const noDisk = whyNot('mount')

test.skipIf(noDisk !== '')(
  `a full disk: 452 and no word of what it had, then on as soon as there is room${noDisk && ` (skipped: ${noDisk})`}`,
  async () => {
    const disk = smallDisk(await emptyFolder(), 12)
    let calm = false
    const server = await mailServer({ rcpt: () => (calm ? undefined : '451 4.3.0 later') })
    const filler = join(disk.path, 'filler')
    const relay = await live({
      rules: smarthost(server.port),
      allowed: ['127.0.0.1'],
      data: join(disk.path, 'data'),
    })
    onTestFinished(async () => {
      await server.close()
      await relay.stop()
      disk.away()
    })
    expect(await relay.give({ to: kim })).toMatch(/^250/)
    const { id } = await relay.when(kim, triedAgain())
    expect(() => writeFileSync(filler, Buffer.alloc(32 << 20))).toThrow(/ENOSPC/)
    const big = `Subject: big\r\n\r\n${`${'x'.repeat(76)}\r\n`.repeat(20_000)}`
    expect(await relay.give({ to: 'lee@box.test', text: big })).toMatch(/^452 4\.3\.1 /)
    // What the next hop took cannot be written down: it is over for the relay only when it is.
    calm = true
    await relay.client.call('relay.act', { act: 'retry', target: { ids: [id] } })
    await server.whenKept(1)
    await vi.waitFor(async () => {
      const found = await relay.client.call('relay.queueItem', { id })
      expect(found.words).toMatch(/^250 2\.0\.0 kept(?: \(not final: Waits until the disk has room: .*\))?$/)
    })
    // A small one may find room within the store's own files: then it is kept as any other.
    const small = await relay.give({ to: 'ann@box.test' })
    expect(small).toMatch(/^(?:250 2\.0\.0|452 4\.3\.1) /)
    rmSync(filler)
    await relay.when(kim, inState('delivered'))
    expect(
      await vi.waitFor(async () => {
        const reply = await relay.give({ to: 'lee@box.test', text: big })
        expect(reply).toMatch(/^250/)
        return reply
      }, 20_000),
    ).toMatch(/^250/)
    await relay.when('lee@box.test', inState('delivered'))
    if (small.startsWith('250')) await relay.when('ann@box.test', inState('delivered'))
    const got = server.kept.map(({ to }) => to.join()).filter((to) => !to.includes('ann@'))
    expect(got).toEqual([`RCPT TO:<${kim}>`, 'RCPT TO:<lee@box.test>'])
  },
)
