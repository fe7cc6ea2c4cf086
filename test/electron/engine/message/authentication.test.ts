import { generateKeyPairSync } from 'node:crypto'
import { dkimSign } from 'mailauth/lib/dkim/sign'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { authenticateMessage } from '#engine/message/authentication.ts'
import { startDns, zone, type ScriptedDns } from '#test/support/dns/scriptedDns.ts'

const pair = generateKeyPairSync('rsa', { modulusLength: 2048 })
const publicKey = pair.publicKey.export({ type: 'spki', format: 'der' }).toString('base64')
const txt = (name: string, data: string) => ({ type: 'TXT' as const, name, data: [data.slice(0, 200), data.slice(200)].filter(Boolean) }) // prettier-ignore
const plain = 'From: Shop <orders@shop.test>\r\nTo: c@d.test\r\nSubject: x\r\nDate: Wed, 4 Mar 2026 10:42:00 +0000\r\nMessage-ID: <1@shop.test>\r\n\r\nhello\r\n' // prettier-ignore

let dns: ScriptedDns
let signed: Uint8Array
beforeAll(async () => {
  dns = await startDns(
    zone([
      txt('shop.test', 'v=spf1 ip4:198.51.100.7 -all'),
      txt('s1._domainkey.shop.test', `v=DKIM1; k=rsa; p=${publicKey}`),
      txt('_dmarc.shop.test', 'v=DMARC1; p=none'),
    ]),
  )
  const privateKey = pair.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
  const signer = { signingDomain: 'shop.test', selector: 's1', privateKey }
  const { signatures } = await dkimSign(plain, { ...signer, signatureData: [signer] })
  signed = new Uint8Array(Buffer.from(signatures + plain))
})
afterAll(() => dns.stop())

const judge = (bytes: Uint8Array, ip: string) =>
  authenticateMessage(bytes, { server: dns.server, ip, helo: 'app.shop.test', sender: 'bounce@shop.test' })
const told = (report: Awaited<ReturnType<typeof judge>>) =>
  report.checks.map(({ verdict, title }) => `${verdict}: ${title}`)

it('judges as a receiver would, by the resolver that was chosen, and tells what it asked', async () => {
  const report = await judge(signed, '198.51.100.7')
  expect(told(report)).toEqual(['good: SPF passes', 'good: DKIM passes for shop.test', 'warn: DMARC passes, policy is none']) // prettier-ignore
  expect(report.checks[1]?.detail).toContain('Selector s1, 2048-bit key')
  expect(report.resolver).toBe(dns.server)
  expect(report.asked).toEqual(expect.arrayContaining(['TXT shop.test', 'TXT s1._domainkey.shop.test', 'TXT _dmarc.shop.test'])) // prettier-ignore
})

it('another address fails SPF; a changed body fails DKIM, and with both DMARC', async () => {
  expect(told(await judge(signed, '203.0.113.9'))[0]).toBe('bad: SPF fails')
  const changed = new Uint8Array(Buffer.from(Buffer.from(signed).toString().replace('hello', 'hellо')))
  const report = told(await judge(changed, '203.0.113.9'))
  expect(report[1]).toBe('bad: DKIM fails for shop.test')
  expect(report[2]).toBe('bad: DMARC fails')
})

it('a message without anything says what is not there', async () => {
  const bare = new Uint8Array(Buffer.from(plain.replaceAll('shop.test', 'none.test')))
  const report = await authenticateMessage(bare, {
    server: dns.server,
    ip: '2001:db8::1',
    helo: '',
    sender: '',
  })
  expect(told(report).join('\n')).toMatch(/DKIM: no signature[\s\S]*No DMARC record/u)
})

it('an address or a name server that is none is refused by its value, and nobody is asked', async () => {
  await expect(judge(signed, '300.1.1.1')).rejects.toThrow(
    /ip "300\.1\.1\.1" is no IP address; write one as 198/,
  )
  const wrong = authenticateMessage(signed, { server: 'nowhere', ip: '198.51.100.7', helo: '', sender: '' })
  await expect(wrong).rejects.toThrow(/nowhere/)
})

const resigned = async (change: (line: string) => string) => {
  const [found] = (await judge(Buffer.from(change(Buffer.from(signed).toString())), '198.51.100.7')).checks.slice(1) // prettier-ignore
  return `${found!.verdict}: ${found!.title} / ${found!.detail}`
}

it('a signature that cannot count is told as bad with its reason: expired, without its key, or broken', async () => {
  expect(await resigned((text) => text.replace('hello', 'hullo'))).toMatch(/^bad: DKIM fails .*body hash did not verify/u) // prettier-ignore
  expect(await resigned((text) => text.replace('s=s1;', 's=s2;'))).toMatch(/^bad: DKIM signature does not count for shop\.test .*Selector s2/u) // prettier-ignore
  expect(await resigned((text) => text.replace('Subject: x', 'Subject: y'))).toMatch(/^bad: DKIM fails .*bad signature/u) // prettier-ignore
  expect(await resigned((text) => text.replace('d=shop.test;', ''))).toMatch(/^bad: DKIM signature does not count for no domain/u) // prettier-ignore
})
